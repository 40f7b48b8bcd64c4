import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "@/db/client";
import { submissions } from "@/db/schema";
import type { Actor } from "../staff/rules";
import { mayDecide } from "./rules";

/** What was entered and is not part of the record: as its author sent it, at the version it stands at. */
export type Submission = Pick<
  typeof submissions.$inferSelect,
  | "submissionId"
  | "statementId"
  | "replacesRevision"
  | "verb"
  | "content"
  | "countries"
  | "reason"
  | "state"
  | "submittedBy"
  | "submittedAt"
  | "tokenId"
  | "updatedAt"
  | "briefingId"
  | "version"
  | "decidedBy"
  | "returnedBecause"
>;

/** One submission, whatever became of it. */
export async function submissionOf(db: Database, submissionId: string): Promise<Submission | undefined> {
  const [row] = await db.select().from(submissions).where(eq(submissions.submissionId, submissionId));
  return row;
}

/** What waits for this person to publish or send back, oldest first. */
export async function waitingFor(db: Database, actor: Actor): Promise<Submission[]> {
  const rows = await db
    .select()
    .from(submissions)
    .where(eq(submissions.state, "waiting"))
    .orderBy(asc(submissions.submittedAt), asc(submissions.submissionId));
  return rows.filter((row) => mayDecide(actor, row));
}

/** What this person submitted and is not decided: sent back ones first, then those that wait. */
export async function ownOpen(db: Database, personId: string): Promise<Submission[]> {
  return db
    .select()
    .from(submissions)
    .where(and(eq(submissions.submittedBy, personId), inArray(submissions.state, ["returned", "waiting"])))
    .orderBy(asc(submissions.state), desc(submissions.updatedAt));
}

/** What stands in the way of a change: somebody's submission about the statement that is not decided. */
export async function openAbout(db: Database, statementId: string): Promise<Submission | undefined> {
  const [row] = await db
    .select()
    .from(submissions)
    .where(and(eq(submissions.statementId, statementId), inArray(submissions.state, ["waiting", "returned"])))
    .limit(1);
  return row;
}
