import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { submissions } from "@/db/schema";
import { type By, noteAct } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import type { SnapshotInput } from "../snapshots/input";
import { RANKS, type Rank } from "../snapshots/rules";
import { checkSnapshot } from "../snapshots/write/checks";
import { checkConfirmed } from "../snapshots/write/confirmed";
import {
  type Confirmed,
  type Published,
  publishCorrection,
  publishOneNew,
  publishRank,
  publishWithdrawal,
} from "../snapshots/write/publish";
import { type Actor, may } from "../staff/rules";
import { requiredText } from "../texts";
import { mayDecide } from "./rules";

type Row = typeof submissions.$inferSelect;

/** Which submission is meant, at the version that its reader saw. */
export type Seen = { submissionId: string; version: number };

/** The submission as it stands, locked until the act ends; a newer version than the one seen is a conflict. */
async function seen(tx: Database, of: Seen): Promise<Outcome<Row>> {
  const [row] = await tx.select().from(submissions).where(eq(submissions.submissionId, of.submissionId)).for("update");
  if (!row) return refused({ code: "not_found" });
  return row.version === of.version ? done(row) : refused({ code: "conflict", current: row.version });
}

type Decided = Partial<Pick<Row, "state" | "content" | "reason" | "returnedBecause" | "countries">>;

async function change(tx: Database, actor: Actor, row: Row, verb: string, changed: Decided): Promise<void> {
  await tx
    .update(submissions)
    .set({ ...changed, version: row.version + 1, updatedAt: sql`now()`, decidedBy: actor.personId, decidedAt: sql`now()` })
    .where(eq(submissions.submissionId, row.submissionId));
  await noteAct(tx, actor, {
    verb,
    feature: "submissions",
    objectId: row.submissionId,
    countries: changed.countries ?? row.countries,
    reason: changed.returnedBecause ?? changed.reason ?? row.reason,
    before: { state: row.state, content: row.content },
    after: { state: changed.state ?? row.state, content: changed.content ?? row.content },
  });
}

/**
 * Publishes what somebody submitted: it becomes a revision, entered by its author and published by the actor.
 * A statement that was changed meanwhile makes it a conflict, and what cannot stand any more is refused by field.
 */
export async function publishSubmission(tx: Database, actor: Actor, of: Seen, now: Date): Promise<Outcome<Published>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayDecide(actor, row)) return refused({ code: "forbidden" });
  const by = { recorder: { personId: row.submittedBy, tokenId: row.tokenId ?? undefined }, publisher: actor };
  const target = { statementId: row.statementId, replacesRevision: row.replacesRevision, reason: row.reason ?? "" };
  const published = await publishContent(tx, by, row, target, now);
  if (published.ok) await change(tx, actor, row, "publish", { state: "published" });
  return published;
}

async function publishContent(
  tx: Database,
  by: By,
  row: Row,
  of: { statementId: string; replacesRevision: number; reason: string },
  now: Date,
): Promise<Outcome<Published>> {
  if (row.verb === "withdraw") return publishWithdrawal(tx, by, of);
  if (row.verb === "rank") {
    const rank = RANKS.find((r) => r === row.content.rank);
    return rank ? publishRank(tx, by, of, rank as Rank) : invalid({ rank: "unknown_choice" });
  }
  const { confirmed, ...content } = row.content as SnapshotInput & { confirmed: Confirmed };
  const checked = await checkSnapshot(tx, content, row.statementId, now);
  if (!checked.ok) return checked;
  return row.verb === "record"
    ? publishOneNew(tx, { by, statementId: row.statementId, input: checked.value, confirmed })
    : publishCorrection(tx, by, of, checked.value, confirmed);
}

/** Sends a submission back to its author, who is told why and can mend it. */
export async function returnSubmission(tx: Database, actor: Actor, of: Seen, because: unknown): Promise<Outcome<null>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayDecide(actor, row)) return refused({ code: "forbidden" });
  const reason = requiredText(1000).safeParse(because);
  if (!reason.success) return invalid({ because: reason.error.issues[0]?.message ?? "required" });
  await change(tx, actor, row, "return", { state: "returned", returnedBecause: reason.data });
  return done(null);
}

/** Who answers for it: for what a program sent, the person who made its token, and never the token. */
const isAuthor = (actor: Actor, row: Row) =>
  row.submittedBy === actor.personId && actor.tokenId === undefined && (row.state === "waiting" || row.state === "returned");

/** Takes back one's own submission before it is published. */
export async function takeBackSubmission(tx: Database, actor: Actor, of: Seen): Promise<Outcome<null>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  if (!isAuthor(actor, found.value)) return refused({ code: "forbidden" });
  await change(tx, actor, found.value, "discard", { state: "discarded" });
  return done(null);
}

/**
 * Sends one's own new statement or correction again, mended; it waits for review once more.
 * @param sent unchecked, in the shape of `snapshotInput`, with `confirm` as when recording
 * @param because the reason of a correction, unchecked; of no account for a new statement
 */
export async function mendSubmission(
  tx: Database,
  actor: Actor,
  of: Seen,
  sent: unknown,
  because: unknown,
  now: Date,
): Promise<Outcome<null>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!isAuthor(actor, row) || (row.verb !== "record" && row.verb !== "correct")) return refused({ code: "forbidden" });
  const reason = row.verb === "record" ? undefined : requiredText(1000).safeParse(because);
  const reasonField: Record<string, string> = reason && !reason.success ? { reason: reason.error.issues[0]?.message ?? "required" } : {};
  const checked = await checkSnapshot(tx, sent, row.statementId, now);
  if (!checked.ok && checked.failure.code === "invalid") return invalid({ ...checked.failure.fields, ...reasonField });
  if (!checked.ok) return checked;
  if (reason && !reason.success) return invalid(reasonField);
  const input = checked.value;
  if (may(actor, "record", [input.country]) === "no") return refused({ code: "forbidden" });
  const confirmed = await checkConfirmed(tx, actor, input, sent, now, row.statementId);
  if (!confirmed.ok) return confirmed;
  const countries = row.verb === "record" ? [input.country] : [...new Set([...row.countries, input.country])];
  await change(tx, actor, row, "submit", {
    state: "waiting",
    content: { ...input, confirmed: confirmed.value },
    reason: reason?.data ?? row.reason,
    countries,
  });
  return done(null);
}
