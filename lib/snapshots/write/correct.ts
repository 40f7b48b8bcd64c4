import type { Database } from "@/db/client";
import { alone } from "../../ledger/write";
import { invalid, type Outcome, refused } from "../../outcome";
import { type Actor, may } from "../../staff/rules";
import { type Change, checkChange, checkSnapshot } from "./checks";
import { checkConfirmed } from "./confirmed";
import { publishCorrection, saysAlready } from "./publish";
import type { Recorded } from "./record";
import { submit } from "./submit";

/**
 * Corrects a statement: a new revision with its reason. The earlier one stays.
 * @param change `replacesRevision` is the revision the person saw; a newer one makes it a conflict
 */
export async function correctSnapshot(tx: Database, actor: Actor, change: Change, sent: unknown, now: Date): Promise<Outcome<Recorded>> {
  const allowed = await checkChange(tx, actor, "correct", change);
  if (!allowed.ok) return allowed;
  const { current, extent, reason, fields } = allowed.value;
  const checked = await checkSnapshot(tx, sent, change.statementId, now);
  if (!checked.ok && checked.failure.code === "invalid") return invalid({ ...checked.failure.fields, ...fields });
  if (!checked.ok) return checked;
  if (reason === undefined) return invalid(fields);
  const input = checked.value;
  if (may(actor, "correct", [input.country]) === "no") return refused({ code: "forbidden" });
  if (await saysAlready(tx, current, input)) return invalid({ statement: "nothing_changed" });
  const confirmed = await checkConfirmed(tx, actor, input, sent, now, change.statementId);
  if (!confirmed.ok) return confirmed;
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason };
  if (extent !== "submits") return publishCorrection(tx, alone(actor), of, input, confirmed.value);
  return submit(tx, actor, "correct", of, [current.country, input.country], { ...input, confirmed: confirmed.value });
}
