import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { snapshots, submissions } from "@/db/schema";
import { append, newStatementId, type RevisionOf } from "../ledger/write";
import { momentOf } from "../moments/rules";
import { done, invalid, type Outcome, refused } from "../outcome";
import { recordSource, reviseSource, sourceAfterCorrection } from "../sources/write";
import { type Actor, may } from "../staff/rules";
import { fieldsOf } from "../texts";
import { reasonInput, type SnapshotInput, snapshotInput } from "./input";

/** What became of an entry: part of the record, or a submission that waits for a second person. */
export type Recorded = { statementId: string; state: "published"; revision: number } | { statementId: string; state: "waiting" };

type Checked = { input: SnapshotInput; now: Date };

function check(sent: unknown, now: Date): Outcome<Checked> {
  const parsed = snapshotInput(now).safeParse(sent);
  return parsed.success ? done({ input: parsed.data, now }) : invalid(fieldsOf(parsed.error));
}

function contentOf(input: SnapshotInput, sourceId: string) {
  const asOf = momentOf(input.as_of);
  return {
    country: input.country,
    measure: input.measure,
    periodStart: input.period_start ?? null,
    asOf: asOf.text,
    asOfFrom: asOf.from,
    asOfTo: asOf.to,
    value: input.value ?? null,
    low: input.low ?? null,
    high: input.high ?? null,
    qualifier: input.qualifier ?? null,
    wording: input.wording ?? null,
    missingReason: input.missing_reason ?? null,
    unchanged: input.answer === "unchanged",
    childrenShare: input.children_share ?? null,
    note: input.note ?? null,
    restates: input.restates ?? null,
    sourceId,
  };
}

async function newest(tx: Database, statementId: string) {
  const [row] = await tx.select().from(snapshots).where(eq(snapshots.statementId, statementId)).orderBy(desc(snapshots.revision)).limit(1);
  return row;
}

/** A restated statement must exist, be of the same series, and not restate this one in turn. */
async function checkRestates(tx: Database, input: SnapshotInput, statementId: string): Promise<Outcome<null>> {
  for (let id = input.restates; id !== undefined; ) {
    if (id === statementId) return invalid({ restates: "restates_in_a_circle" });
    const restated = await newest(tx, id);
    if (!restated) return invalid({ restates: "no_such_statement" });
    if (restated.country !== input.country || restated.measure !== input.measure) return invalid({ restates: "other_series" });
    id = restated.restates ?? undefined;
  }
  return done(null);
}

async function submit(
  tx: Database,
  actor: Actor,
  of: RevisionOf & { verb: "record" | "correct" | "withdraw" },
  countries: string[],
  content: Record<string, unknown>,
): Promise<Outcome<Recorded>> {
  await tx.insert(submissions).values({
    submissionId: randomUUID(),
    feature: "snapshots",
    statementId: of.statementId,
    replacesRevision: of.replacesRevision,
    verb: of.verb,
    content,
    countries,
    reason: of.reason ?? null,
    state: "waiting",
    submittedBy: actor.personId,
  });
  return done({ statementId: of.statementId, state: "waiting" });
}

/**
 * Records a new statement: public at once where the actor may, else as a submission.
 * @param sent unchecked, in the shape of `snapshotInput`
 * @param statementId a name of its own, for the starter record; an opaque one otherwise
 */
export async function recordSnapshot(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
): Promise<Outcome<Recorded>> {
  const checked = check(sent, now);
  const country = (sent as { country?: unknown } | null)?.country;
  const extent = may(actor, "record", typeof country === "string" ? [country] : []);
  // A country that is not one is a slip of the form, not a question of rights.
  if (!checked.ok && (checked.failure.code !== "invalid" || "country" in checked.failure.fields)) return checked;
  if (extent === "no") return refused({ code: "forbidden" });
  if (!checked.ok) return checked;
  const { input } = checked.value;
  const restates = await checkRestates(tx, input, statementId);
  if (!restates.ok) return restates;
  if (extent === "submits") return submit(tx, actor, { statementId, replacesRevision: 0, verb: "record" }, [input.country], input);
  const source = await recordSource(tx, actor, input.source);
  if (!source.ok) return source;
  const appended = await append(
    tx,
    snapshots,
    actor,
    { statementId, replacesRevision: 0 },
    { ...contentOf(input, source.value), rank: "normal", rankReason: null },
  );
  return appended.ok ? done({ statementId, state: "published", revision: appended.value }) : appended;
}

type Change = { statementId: string; replacesRevision: number; reason: unknown };

async function checkChange(tx: Database, actor: Actor, verb: "record" | "withdraw", change: Change) {
  const current = await newest(tx, change.statementId);
  if (!current) return refused({ code: "not_found" });
  const extent = may(actor, verb, [current.country]);
  if (extent === "no") return refused({ code: "forbidden" });
  if (!Number.isInteger(change.replacesRevision)) return refused({ code: "conflict", current: current.revision });
  const reason = reasonInput.safeParse(change.reason);
  return done({ current, extent, reason });
}

/**
 * Corrects a statement: a new revision with its reason. The earlier one stays.
 * @param change `replacesRevision` is the revision the person saw; a newer one makes it a conflict
 */
export async function correctSnapshot(tx: Database, actor: Actor, change: Change, sent: unknown, now: Date): Promise<Outcome<Recorded>> {
  const allowed = await checkChange(tx, actor, "record", change);
  if (!allowed.ok) return allowed;
  const { current, extent, reason } = allowed.value;
  const checked = check(sent, now);
  const fields = {
    ...(checked.ok ? {} : checked.failure.code === "invalid" ? checked.failure.fields : {}),
    ...(reason.success ? {} : { reason: reason.error.issues[0]?.message ?? "required" }),
  };
  if (!checked.ok || !reason.success) return invalid(fields);
  const { input } = checked.value;
  if (may(actor, "record", [input.country]) === "no") return refused({ code: "forbidden" });
  const restates = await checkRestates(tx, input, change.statementId);
  if (!restates.ok) return restates;
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason: reason.data };
  if (extent === "submits") return submit(tx, actor, { ...of, verb: "correct" }, [...new Set([current.country, input.country])], input);
  const source = await sourceAfterCorrection(tx, actor, current.sourceId, change.statementId, input.source, reason.data);
  if (!source.ok) return source;
  const appended = await append(tx, snapshots, actor, of, {
    ...contentOf(input, source.value),
    rank: current.rank,
    rankReason: current.rankReason,
  });
  if (!appended.ok) return appended;
  const revised = await reviseSource(tx, actor, source.value, input.source, reason.data);
  return revised.ok ? done({ statementId: change.statementId, state: "published", revision: appended.value }) : revised;
}

/** Withdraws a statement: it answers nothing any more but history and corrections. */
export async function withdrawSnapshot(tx: Database, actor: Actor, change: Change): Promise<Outcome<Recorded>> {
  const allowed = await checkChange(tx, actor, "withdraw", change);
  if (!allowed.ok) return allowed;
  const { current, extent, reason } = allowed.value;
  if (!reason.success) return invalid({ reason: reason.error.issues[0]?.message ?? "required" });
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason: reason.data };
  if (extent === "submits") return submit(tx, actor, { ...of, verb: "withdraw" }, [current.country], {});
  const {
    statementId: _id,
    revision: _revision,
    state: _state,
    reason: _reason,
    recordedBy: _by,
    publishedBy: _publisher,
    recordedAt: _at,
    firstRevision: _first,
    ...content
  } = current;
  const appended = await append(tx, snapshots, actor, { ...of, state: "withdrawn" }, content);
  return appended.ok ? done({ statementId: change.statementId, state: "published", revision: appended.value }) : appended;
}
