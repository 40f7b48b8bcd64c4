import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { rowsAsRecorded, type Vintage } from "../vintage";
import { knownWhere, snapshotsWhere } from "./read";
import type { Snapshot } from "./rules";

// What the record has beside one statement: others about its time, and what takes its place.

/**
 * What decides which figure about a time stands in front: those of the same count that count in the vintage
 * and are about an overlapping time, with those that overlap one of these, and so on, newest as-of first. The
 * statement itself is among them where it has a figure that counts.
 */
export async function contenders(db: Database, of: Pick<Snapshot, "country" | "measure" | "asOf">, vintage: Vintage): Promise<Snapshot[]> {
  const within = (from: Date, to: Date) => sql`row.country = ${of.country} and row.measure = ${of.measure}
    and row.qualifier is not null and row.as_of_from < ${to.toISOString()}::timestamptz and row.as_of_to > ${from.toISOString()}::timestamptz`;
  for (let { from, to } = of.asOf; ; ) {
    const found = await snapshotsWhere(db, vintage, within(from, to));
    const first = Math.min(from.getTime(), ...found.map(({ asOf }) => asOf.from.getTime()));
    const last = Math.max(to.getTime(), ...found.map(({ asOf }) => asOf.to.getTime()));
    if (first === from.getTime() && last === to.getTime()) return found;
    [from, to] = [new Date(first), new Date(last)];
  }
}

/** Why statements have another rank than the ordinary one, by statement, as the vintage's instant of recording has it. */
export async function rankReasons(db: Database, statements: readonly Snapshot[], vintage: Vintage): Promise<Map<string, string>> {
  const ranked = statements.filter(({ rank }) => rank !== "normal").map(({ statementId }) => statementId);
  if (ranked.length === 0) return new Map();
  const rows = await db.execute<{ statement_id: string; rank_reason: string }>(sql`
    select row.statement_id, row.rank_reason from ${rowsAsRecorded("snapshots", vintage)} as row
    where row.statement_id in ${ranked} and row.rank_reason is not null`);
  return new Map(rows.map((row) => [row.statement_id, row.rank_reason]));
}

/** What a statement restates, and the statements that restate it, newest as-of first; both as the vintage knows them. */
export async function restatements(
  db: Database,
  of: Pick<Snapshot, "statementId" | "restates">,
  vintage: Vintage,
): Promise<{ restated: Snapshot | undefined; restating: Snapshot[] }> {
  const found = await knownWhere(db, vintage, sql`(row.restates = ${of.statementId} or row.statement_id = ${of.restates})`);
  return {
    restated: found.find((s) => s.statementId === of.restates),
    restating: found.filter((s) => s.restates === of.statementId),
  };
}
