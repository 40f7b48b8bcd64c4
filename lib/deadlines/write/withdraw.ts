import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import { alone, append } from "../../ledger/write";
import { invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { type Change, checkChange } from "./checks";

/**
 * Withdraws a deadline that never was: it answers nothing any more but history and corrections, and what
 * it replaced stands again. One that another has replaced holds its chain together and stays.
 * @returns the number of the revision
 */
export async function withdrawDeadline(tx: Database, actor: Actor, change: Change): Promise<Outcome<number>> {
  const allowed = await checkChange(tx, actor, change);
  if (!allowed.ok) return allowed;
  const { current, chain, reason, fields } = allowed.value;
  if (current.state === "withdrawn") return invalid({ statement: "already_withdrawn" });
  if (chain.some((link) => link.replaces === change.statementId)) return invalid({ statement: "already_replaced" });
  if (reason === undefined) return invalid(fields);
  const { statementId, revision, state, reason: _, recordedBy, publishedBy, recordedAt, firstRevision, ...content } = current;
  return append(tx, deadlines, alone(actor), { statementId, replacesRevision: revision, reason, state: "withdrawn" }, content);
}
