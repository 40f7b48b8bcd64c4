import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/**
 * An instant that pins what figures and sources the record has now: the first whole millisecond after the newest revision.
 * It stays the same until something is recorded. Undefined where nothing is.
 */
export async function recordedUntil(db: Database): Promise<Date | undefined> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select date_trunc('milliseconds', greatest(
      (select max(recorded_at) from record.snapshots), (select max(recorded_at) from record.sources)
    )) + interval '1 millisecond' as at`);
  return row?.at ? new Date(row.at) : undefined;
}
