import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/** Everything of the record that a page shows as of an instant. */
const RECORDED = ["snapshots", "sources", "countries", "deadlines", "events"];

/**
 * An instant that pins what the record has now: the first whole millisecond after the newest revision.
 * It stays the same until something is recorded. Undefined where nothing is.
 */
export async function recordedUntil(db: Database): Promise<Date | undefined> {
  const newest = RECORDED.map((name) => sql`(select max(recorded_at) from record.${sql.identifier(name)})`);
  const [row] = await db.execute<{ at: string | null }>(sql`
    select date_trunc('milliseconds', greatest(${sql.join(newest, sql`, `)})) + interval '1 millisecond' as at`);
  return row?.at ? new Date(row.at) : undefined;
}
