import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import { alone, append, newStatementId } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { recordSource } from "../sources/write";
import { type Actor, may } from "../staff/rules";
import { fieldsOf } from "../texts";
import { deadlineInput } from "./input";
import { endsAt } from "./rules";

/**
 * Announces a deadline. One that extends or cancels another names it in `replaces` and stays in its chain.
 * @param statementId a name of its own, for the starter record; an opaque one otherwise
 */
export async function announceDeadline(
  tx: Database,
  actor: Actor,
  sent: unknown,
  now: Date,
  statementId = newStatementId(),
): Promise<Outcome<string>> {
  const parsed = deadlineInput(now).safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const input = parsed.data;
  const chain = await tx
    .select({ id: deadlines.statementId, countries: deadlines.countries })
    .from(deadlines)
    .where(eq(deadlines.chain, input.chain));
  // A chain has one standing deadline: whoever adds to it speaks for all whom it binds.
  const concerned = [...input.countries, ...chain.flatMap((link) => link.countries)];
  if (may(actor, "announce", concerned) !== "yes") return refused({ code: "forbidden" });
  if (input.replaces) {
    if (!chain.some((link) => link.id === input.replaces)) return invalid({ replaces: "no_such_statement" });
    const [rival] = await tx
      .select({ id: deadlines.statementId })
      .from(deadlines)
      .where(and(eq(deadlines.replaces, input.replaces), eq(deadlines.state, "published")))
      .limit(1);
    if (rival) return invalid({ replaces: "already_replaced" });
  }
  const source = await recordSource(tx, alone(actor), input.source);
  if (!source.ok) return source;
  const appended = await append(
    tx,
    deadlines,
    alone(actor),
    { statementId, replacesRevision: 0 },
    {
      chain: input.chain,
      replaces: input.replaces ?? null,
      cancelled: input.cancelled,
      countries: input.countries,
      exceptCountries: input.except_countries,
      scopeAsReported: input.scope_as_reported,
      measure: input.measure,
      fallsOn: input.falls_on,
      zone: input.zone,
      dayCounts: input.day_counts,
      endsAt: endsAt(input.falls_on, input.zone, input.day_counts),
      basis: input.basis,
      basisUrl: input.basis_url ?? null,
      consequence: input.consequence,
      afterwards: input.afterwards,
      sourceId: source.value,
    },
  );
  return appended.ok ? done(statementId) : appended;
}
