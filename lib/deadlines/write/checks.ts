import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import { parseMoment } from "../../moments/rules";
import { done, invalid, type Outcome, refused } from "../../outcome";
import { reasonInput } from "../../snapshots/input";
import { type Actor, may } from "../../staff/rules";
import { fieldsOf } from "../../texts";
import { type DeadlineInput, deadlineInput } from "../input";
import { recordedChain } from "../read";
import { bindsTwice, type Deadline, endsAt, share, withMember } from "../rules";

/** A deadline that may be published as it is, and its chain without and with it. */
export type Draft = { input: DeadlineInput; deadline: Deadline; before: Deadline[]; after: Deadline[] };

/** What a change is made to: `replacesRevision` is the newest revision that its author saw. */
export type Change = { statementId: string; replacesRevision: number; reason: unknown };

function deadlineOf(input: DeadlineInput, statementId: string, revision: number, now: Date): Deadline {
  const published = input.source.published_on === undefined ? undefined : parseMoment(input.source.published_on);
  return {
    statementId,
    revision,
    chain: input.chain,
    replaces: input.replaces ?? null,
    cancelled: input.cancelled,
    countries: input.countries,
    exceptCountries: input.except_countries,
    scopeAsReported: input.scope_as_reported,
    measure: input.measure,
    fallsOn: input.falls_on,
    zone: input.zone,
    dayCounts: input.day_counts,
    endsAt: endsAt(input.falls_on, input.zone, input.day_counts),
    basis: input.basis,
    basisUrl: input.basis_url ?? null,
    consequence: input.consequence,
    afterwards: input.afterwards,
    knownFrom: published?.to ?? now,
    source: { id: "", title: input.source.title, publishedOn: input.source.published_on ?? null, url: input.source.url ?? null },
  };
}

/** Whoever adds to a chain or changes it speaks for all whom it binds. */
const maySpeakFor = (actor: Actor, chain: readonly Deadline[], countries: readonly string[]) =>
  may(actor, "announce", [...countries, ...chain.flatMap((link) => link.countries)]) === "yes";

/** Whether a new deadline may be announced by this person; nothing is written. */
export async function checkAnnouncement(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId: string,
): Promise<Outcome<Draft>> {
  const parsed = deadlineInput(now).safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const input = parsed.data;
  const before = await recordedChain(tx, input.chain);
  if (!maySpeakFor(actor, before, input.countries)) return refused({ code: "forbidden" });
  const deadline = deadlineOf(input, statementId, 1, now);
  if (input.replaces !== undefined) {
    const replaced = before.find((link) => link.statementId === input.replaces);
    if (!replaced) return invalid({ replaces: "no_such_statement" });
    if (!share(replaced, deadline)) return invalid({ countries: "binds_none_of_them" });
    if (bindsTwice(before, deadline)) return invalid({ replaces: "already_replaced" });
  }
  return done({ input, deadline, before, after: withMember(before, deadline) });
}

/** What a change needs before it is looked at: the statement, its chain, the right, and the reason. */
export async function checkChange(
  tx: Database,
  actor: Actor,
  change: Change,
): Promise<
  Outcome<{ current: typeof deadlines.$inferSelect; chain: Deadline[]; reason: string | undefined; fields: Record<string, string> }>
> {
  const [current] = await tx
    .select()
    .from(deadlines)
    .where(eq(deadlines.statementId, change.statementId))
    .orderBy(desc(deadlines.revision))
    .limit(1);
  if (!current) return refused({ code: "not_found" });
  const chain = await recordedChain(tx, current.chain);
  if (!maySpeakFor(actor, chain, current.countries)) return refused({ code: "forbidden" });
  if (change.replacesRevision !== current.revision) return refused({ code: "conflict", current: current.revision });
  const reason = reasonInput.safeParse(change.reason);
  const fields: Record<string, string> = reason.success ? {} : { reason: reason.error.issues[0]?.message ?? "required" };
  return done({ current, chain, reason: reason.data, fields });
}

/**
 * Whether a correction may be made by this person; nothing is written. Where a deadline stands in its
 * chain, and whether it is a cancellation, is no matter of correction: those fields stay as they are.
 */
export async function checkCorrection(
  tx: Database,
  actor: Actor,
  change: Change,
  sent: unknown,
  now: Date,
): Promise<Outcome<Draft & { current: typeof deadlines.$inferSelect; reason: string }>> {
  const allowed = await checkChange(tx, actor, change);
  if (!allowed.ok) return allowed;
  const { current, chain: before, reason, fields } = allowed.value;
  const kept = { chain: current.chain, replaces: current.replaces, cancelled: current.cancelled };
  const parsed = deadlineInput(now).safeParse(typeof sent === "object" ? { ...sent, ...kept } : sent);
  if (!parsed.success) return invalid({ ...fieldsOf(parsed.error), ...fields });
  if (reason === undefined) return invalid(fields);
  const input = parsed.data;
  if (may(actor, "announce", input.countries) !== "yes") return refused({ code: "forbidden" });
  const deadline = deadlineOf(input, change.statementId, current.revision + 1, now);
  if (bindsTwice(before, deadline)) return invalid({ countries: "bound_already" });
  return done({ input, deadline, before, after: withMember(before, deadline), current, reason });
}

/** The columns of a deadline. */
export function contentOf({ input, deadline }: Draft, sourceId: string) {
  const { statementId, revision, knownFrom, source, ...content } = deadline;
  return { ...content, basis: input.basis, sourceId };
}
