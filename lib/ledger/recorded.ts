import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Recorded } from "../open-data/release";

/** How many statements and corrections of every kind the public record has up to an instant. */
export async function recordedBy(db: Database, until: Date): Promise<Recorded> {
  const tables = ["snapshots", "sources", "countries", "deadlines", "events"].map(
    (name) => sql`select revision from record.${sql.identifier(name)} where recorded_at <= ${until.toISOString()}::timestamptz`,
  );
  const [row] = await db.execute<{ statements: string; corrections: string }>(sql`
    select count(*) filter (where revision = 1) as statements, count(*) filter (where revision > 1) as corrections
    from (${sql.join(tables, sql` union all `)}) revisions`);
  return { statements: Number(row?.statements ?? 0), corrections: Number(row?.corrections ?? 0) };
}
