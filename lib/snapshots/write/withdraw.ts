import type { Database } from "@/db/client";
import { alone } from "../../ledger/write";
import { invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { type Change, checkChange } from "./checks";
import { publishWithdrawal } from "./publish";
import type { Recorded } from "./record";
import { submit } from "./submit";

/** Withdraws a statement: it answers nothing any more but history and corrections. */
export async function withdrawSnapshot(tx: Database, actor: Actor, change: Change): Promise<Outcome<Recorded>> {
  const allowed = await checkChange(tx, actor, "withdraw", change);
  if (!allowed.ok) return allowed;
  const { current, extent, reason, fields } = allowed.value;
  if (current.state === "withdrawn") return invalid({ ...fields, statement: "already_withdrawn" });
  if (reason === undefined) return invalid(fields);
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason };
  return extent === "submits" ? submit(tx, actor, "withdraw", of, [current.country], {}) : publishWithdrawal(tx, alone(actor), of);
}
