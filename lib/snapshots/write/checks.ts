import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { copies, snapshots, submissions } from "@/db/schema";
import { done, invalid, type Outcome, refused } from "../../outcome";
import { type Actor, type Extent, may } from "../../staff/rules";
import { fieldsOf } from "../../texts";
import { readSnapshot, reasonInput, type SnapshotInput } from "../input";

/** The newest revision of a statement, as the record has it. */
export async function newest(tx: Database, statementId: string) {
  const [row] = await tx.select().from(snapshots).where(eq(snapshots.statementId, statementId)).orderBy(desc(snapshots.revision)).limit(1);
  return row;
}

/** A restated statement must exist, be of the same series, and not restate this one in turn; a stored copy must be there. */
export async function checkNamed(tx: Database, input: SnapshotInput, statementId: string): Promise<Outcome<null>> {
  for (let id = input.restates; id !== undefined; ) {
    if (id === statementId) return invalid({ restates: "restates_in_a_circle" });
    const restated = await newest(tx, id);
    if (!restated) return invalid({ restates: "no_such_statement" });
    if (restated.country !== input.country || restated.measure !== input.measure) return invalid({ restates: "other_series" });
    id = restated.restates ?? undefined;
  }
  const copy = input.source.copy_id;
  if (copy !== undefined) {
    const [found] = await tx.select({ id: copies.copyId }).from(copies).where(eq(copies.copyId, copy));
    if (!found) return invalid({ "source.copy_id": "no_such_copy" });
  }
  return done(null);
}

/** Whether what was sent is a snapshot that can stand in the record under this name. */
export async function checkSnapshot(tx: Database, sent: unknown, statementId: string, now: Date): Promise<Outcome<SnapshotInput>> {
  const parsed = readSnapshot(sent, now);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const named = await checkNamed(tx, parsed.data, statementId);
  return named.ok ? done(parsed.data) : named;
}

/** What a change is made to: `replacesRevision` is the newest revision that its author saw. */
export type Change = { statementId: string; replacesRevision: number; reason: unknown };

/** What a change needs before it is looked at: the statement, the right, and the reason. */
export async function checkChange(
  tx: Database,
  actor: Actor,
  verb: "correct" | "withdraw" | "rank",
  change: Change,
): Promise<
  Outcome<{ current: typeof snapshots.$inferSelect; extent: Extent; reason: string | undefined; fields: Record<string, string> }>
> {
  const current = await newest(tx, change.statementId);
  if (!current) return refused({ code: "not_found" });
  const extent = may(actor, verb, [current.country]);
  if (extent === "no") return refused({ code: "forbidden" });
  if (change.replacesRevision !== current.revision) return refused({ code: "conflict", current: current.revision });
  const [waiting] = await tx
    .select({ by: submissions.submittedBy })
    .from(submissions)
    .where(and(eq(submissions.statementId, change.statementId), inArray(submissions.state, ["waiting", "returned"])))
    .limit(1);
  if (waiting && extent === "submits") return refused({ code: "already_waiting", by: waiting.by });
  const reason = reasonInput.safeParse(change.reason);
  const fields: Record<string, string> = reason.success ? {} : { reason: reason.error.issues[0]?.message ?? "required" };
  return done({ current, extent, reason: reason.data, fields });
}
