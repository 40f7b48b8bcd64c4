import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Recorded } from "../open-data/release";

/**
 * How many statements and corrections of every kind the public record has up to an instant. Figures, of which there may
 * be millions, are counted beforehand: only what was recorded later, and corrections, are counted here.
 */
export async function recordedBy(db: Database, until: Date): Promise<Recorded> {
  const at = sql`${until.toISOString()}::timestamptz`;
  const others = ["sources", "countries", "deadlines", "events"].map(
    (name) => sql`select revision from record.${sql.identifier(name)} where recorded_at <= ${at}`,
  );
  const [row] = await db.execute<{ statements: string; corrections: string; revisions: string; corrected: string }>(sql`
    select count(*) filter (where revision = 1) as statements, count(*) filter (where revision > 1) as corrections,
      (select rows from derived.totals where of = 'record.snapshots') - (select count(*) from record.snapshots where recorded_at > ${at}) as revisions,
      (select count(*) from record.snapshots where revision > 1 and recorded_at <= ${at}) as corrected
    from (${sql.join(others, sql` union all `)}) revisions`);
  const [statements, corrections, revisions, corrected] = [row?.statements, row?.corrections, row?.revisions, row?.corrected].map(
    Number,
  ) as [number, number, number, number];
  return { statements: statements + revisions - corrected, corrections: corrections + corrected };
}
