import type { Database } from "@/db/client";
import { alone, newStatementId } from "../../ledger/write";
import { type Outcome, refused } from "../../outcome";
import { type Actor, may } from "../../staff/rules";
import { checkSnapshot } from "./checks";
import { checkConfirmed } from "./confirmed";
import { type Published, publishOneNew } from "./publish";
import { submit, type Waiting } from "./submit";

/** What became of an entry: part of the record, or a submission that waits for a second person. */
export type Recorded = Published | Waiting;

/**
 * Records a new statement: public at once where the actor may, else as a submission.
 * @param sent unchecked, in the shape of `snapshotInput`, with the warnings confirmed beside it as `confirm`
 * @param statementId a name of its own, for the starter record; an opaque one otherwise
 */
export async function recordSnapshot(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
  briefingId?: string,
): Promise<Outcome<Recorded>> {
  const checked = await checkSnapshot(tx, sent, statementId, now);
  const country = (sent as { country?: unknown } | null)?.country;
  const extent = may(actor, "record", typeof country === "string" ? [country] : []);
  // A country that is not one is a slip of the form, not a question of rights.
  if (!checked.ok && (checked.failure.code !== "invalid" || "country" in checked.failure.fields)) return checked;
  if (extent === "no") return refused({ code: "forbidden" });
  if (!checked.ok) return checked;
  const input = checked.value;
  const confirmed = await checkConfirmed(tx, actor, input, sent, now, undefined, briefingId);
  if (!confirmed.ok) return confirmed;
  if (extent !== "submits") return publishOneNew(tx, { by: alone(actor), statementId, input, confirmed: confirmed.value });
  const content = { ...input, confirmed: confirmed.value };
  return submit(tx, actor, "record", { statementId, replacesRevision: 0 }, [input.country], content, briefingId);
}
