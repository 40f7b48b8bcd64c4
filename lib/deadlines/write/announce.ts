import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import { alone, append, newStatementId } from "../../ledger/write";
import { done, type Outcome } from "../../outcome";
import { recordSource } from "../../sources/write";
import type { Actor } from "../../staff/rules";
import { checkAnnouncement, contentOf } from "./checks";

/**
 * Announces a deadline. One that extends or cancels another names it in `replaces` and stays in its chain;
 * for the countries it leaves out the earlier one stays in force.
 * @param statementId a name of its own, for the starter record; an opaque one otherwise
 * @returns the statement's name; refused as `already_replaced` where another came first for some of its countries
 */
export async function announceDeadline(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
): Promise<Outcome<string>> {
  const checked = await checkAnnouncement(tx, actor, sent, now, statementId);
  if (!checked.ok) return checked;
  const source = await recordSource(tx, alone(actor), checked.value.input.source);
  const of = { statementId, replacesRevision: 0 };
  const appended = await append(tx, deadlines, alone(actor), of, contentOf(checked.value, source));
  return appended.ok ? done(statementId) : appended;
}
