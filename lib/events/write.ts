import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema";
import { alone, append, newStatementId } from "../ledger/write";
import { momentOf } from "../moments/rules";
import { done, invalid, type Outcome, refused } from "../outcome";
import { reasonInput } from "../snapshots/input";
import { recordSource, reviseSource, sourceAfterCorrection } from "../sources/write";
import { type Actor, may } from "../staff/rules";
import { fieldsOf } from "../texts";
import { type EventInput, eventInput } from "./input";

function contentOf(input: EventInput, sourceId: string) {
  const happened = momentOf(input.happened_on);
  const { kind, countries, measures, what } = input;
  return { happenedOn: happened.text, happenedFrom: happened.from, happenedTo: happened.to, kind, countries, measures, what, sourceId };
}

/** Whether a dated fact may be recorded by this person; nothing is written. */
export function checkEvent(actor: Actor, sent: unknown, now: Date): Outcome<EventInput> {
  const parsed = eventInput(now).safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  return may(actor, "announce", parsed.data.countries) === "yes" ? done(parsed.data) : refused({ code: "forbidden" });
}

/** Records a dated fact; the answer is its name. */
export async function recordEvent(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
): Promise<Outcome<string>> {
  const checked = checkEvent(actor, sent, now);
  if (!checked.ok) return checked;
  const source = await recordSource(tx, alone(actor), checked.value.source);
  const of = { statementId, replacesRevision: 0 };
  const appended = await append(tx, events, alone(actor), of, contentOf(checked.value, source));
  return appended.ok ? done(statementId) : appended;
}

/** What a change is made to: `replacesRevision` is the newest revision that its author saw. */
export type Change = { statementId: string; replacesRevision: number; reason: unknown };

/** What a change needs before it is looked at: the statement, the right, and the reason. */
async function checkChange(
  tx: Database,
  actor: Actor,
  change: Change,
): Promise<Outcome<{ current: typeof events.$inferSelect; reason: string | undefined; fields: Record<string, string> }>> {
  const [current] = await tx
    .select()
    .from(events)
    .where(eq(events.statementId, change.statementId))
    .orderBy(desc(events.revision))
    .limit(1);
  if (!current) return refused({ code: "not_found" });
  if (may(actor, "announce", current.countries) !== "yes") return refused({ code: "forbidden" });
  if (change.replacesRevision !== current.revision) return refused({ code: "conflict", current: current.revision });
  const reason = reasonInput.safeParse(change.reason);
  const fields: Record<string, string> = reason.success ? {} : { reason: reason.error.issues[0]?.message ?? "required" };
  return done({ current, reason: reason.data, fields });
}

/** Whether a correction may be made by this person; nothing is written. */
export async function checkEventCorrection(
  tx: Database,
  actor: Actor,
  change: Change,
  sent: unknown,
  now: Date,
): Promise<Outcome<{ input: EventInput; current: typeof events.$inferSelect; reason: string }>> {
  const allowed = await checkChange(tx, actor, change);
  if (!allowed.ok) return allowed;
  const { current, reason, fields } = allowed.value;
  const checked = checkEvent(actor, sent, now);
  if (!checked.ok && checked.failure.code === "invalid") return invalid({ ...checked.failure.fields, ...fields });
  if (!checked.ok) return checked;
  return reason === undefined ? invalid(fields) : done({ input: checked.value, current, reason });
}

/**
 * Corrects a dated fact: a new revision with its reason. The earlier one stays.
 * @returns the number of the revision
 */
export async function correctEvent(tx: Database, actor: Actor, change: Change, sent: unknown, now: Date): Promise<Outcome<number>> {
  const checked = await checkEventCorrection(tx, actor, change, sent, now);
  if (!checked.ok) return checked;
  const { input, current, reason } = checked.value;
  const by = alone(actor);
  const source = await sourceAfterCorrection(tx, by, current.sourceId, change.statementId, input.source, reason);
  if (!source.ok) return source;
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason };
  const appended = await append(tx, events, by, of, contentOf(input, source.value));
  if (!appended.ok) return appended;
  const revised = await reviseSource(tx, by, source.value, input.source, reason);
  return revised.ok ? appended : revised;
}

/**
 * Withdraws a dated fact: it answers nothing any more but history and corrections.
 * @returns the number of the revision
 */
export async function withdrawEvent(tx: Database, actor: Actor, change: Change): Promise<Outcome<number>> {
  const allowed = await checkChange(tx, actor, change);
  if (!allowed.ok) return allowed;
  const { current, reason, fields } = allowed.value;
  if (current.state === "withdrawn") return invalid({ statement: "already_withdrawn" });
  if (reason === undefined) return invalid(fields);
  const { statementId, revision, state, reason: _, recordedBy, publishedBy, recordedAt, firstRevision, ...content } = current;
  return append(tx, events, alone(actor), { statementId, replacesRevision: revision, reason, state: "withdrawn" }, content);
}
