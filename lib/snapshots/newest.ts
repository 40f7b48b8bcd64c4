import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knownBy, type Vintage } from "../vintage";

/** A statement by its name, with the country it is about and when its newest revision was recorded. */
export type NewlyRecorded = { statementId: string; country: string; recordedAt: Date };

/** The statements that stand and are known on the vintage's day, those first that were recorded or corrected last: so many at most. */
export async function newlyRecorded(db: Database, { knownOn }: Vintage, limit: number): Promise<NewlyRecorded[]> {
  const rows = await db.execute<{ statement_id: string; country: string; recorded_at: string }>(sql`
    select row.statement_id, row.country, row.recorded_at
    from record.snapshots row
    join derived.snapshots standing on standing.statement_id = row.statement_id and standing.revision = row.revision
    where standing.known_from <= ${knownBy({ knownOn }).toISOString()}::timestamptz
    order by row.recorded_at desc limit ${limit}`);
  return rows.map(({ statement_id, country, recorded_at }) => ({ statementId: statement_id, country, recordedAt: new Date(recorded_at) }));
}
