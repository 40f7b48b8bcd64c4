import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { submissions } from "@/db/schema";
import { noteAct, type RevisionOf } from "../../ledger/write";
import { done, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";

/** A statement, or a change of one, that waits for a second person. */
export type Waiting = { statementId: string; state: "waiting" };

/** What a person may want to do with a snapshot that a second one then publishes. */
export type SubmittedVerb = "record" | "correct" | "withdraw" | "rank";

/** Keeps an entry until a second person has looked at it; the record shows nothing of it meanwhile. */
export async function submit(
  tx: Database,
  actor: Actor,
  verb: SubmittedVerb,
  of: RevisionOf,
  countries: readonly string[],
  content: Record<string, unknown>,
  briefingId?: string,
): Promise<Outcome<Waiting>> {
  const submissionId = randomUUID();
  await tx.insert(submissions).values({
    submissionId,
    feature: "snapshots",
    statementId: of.statementId,
    replacesRevision: of.replacesRevision,
    verb,
    content,
    countries: [...new Set(countries)],
    reason: of.reason ?? null,
    state: "waiting",
    submittedBy: actor.personId,
    tokenId: actor.tokenId ?? null,
    briefingId: briefingId ?? null,
  });
  await noteAct(tx, actor, {
    verb: "submit",
    feature: "submissions",
    objectId: submissionId,
    countries,
    reason: of.reason,
    after: { verb, statementId: of.statementId, replacesRevision: of.replacesRevision, content },
  });
  return done({ statementId: of.statementId, state: "waiting" });
}
