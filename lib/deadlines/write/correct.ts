import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import { alone, append } from "../../ledger/write";
import type { Outcome } from "../../outcome";
import { reviseSource, sourceAfterCorrection } from "../../sources/write";
import type { Actor } from "../../staff/rules";
import { type Change, checkCorrection, contentOf } from "./checks";

/**
 * Corrects a deadline: a new revision with its reason. The earlier one stays. A deadline that moved is
 * extended instead; this is for what was written down wrongly.
 * @param change `replacesRevision` is the revision the person saw; a newer one makes it a conflict
 * @returns the number of the revision
 */
export async function correctDeadline(tx: Database, actor: Actor, change: Change, sent: unknown, now: Date): Promise<Outcome<number>> {
  const checked = await checkCorrection(tx, actor, change, sent, now);
  if (!checked.ok) return checked;
  const { input, current, reason } = checked.value;
  const by = alone(actor);
  const source = await sourceAfterCorrection(tx, by, current.sourceId, change.statementId, input.source, reason);
  if (!source.ok) return source;
  const of = { statementId: change.statementId, replacesRevision: change.replacesRevision, reason };
  const appended = await append(tx, deadlines, by, of, contentOf(checked.value, source.value));
  if (!appended.ok) return appended;
  const revised = await reviseSource(tx, by, source.value, input.source, reason);
  return revised.ok ? appended : revised;
}
