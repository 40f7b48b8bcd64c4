import { sql } from "drizzle-orm";
import type { Database } from "./client";
import journal from "./migrations/meta/_journal.json";

/**
 * Why the database cannot serve yet; undefined when it can.
 * @param db a handle of the reading or the staff role
 */
export async function notReadyBecause(db: Database): Promise<"unreachable" | "migrations_missing" | undefined> {
  try {
    const [row] = await db.execute<{ done: number }>(sql`select count(*)::int as done from drizzle.__drizzle_migrations`);
    return (row?.done ?? 0) < journal.entries.length ? "migrations_missing" : undefined;
  } catch {
    return "unreachable";
  }
}

/** Tables of the record and of the ledger that the role behind this handle may change, although nobody may: empty when all is well. */
export async function changeableRecordTables(db: Database): Promise<string[]> {
  const rows = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('record', 'ledger') and c.relkind in ('r', 'p')
      and (has_table_privilege(c.oid, 'UPDATE') or has_table_privilege(c.oid, 'DELETE') or has_table_privilege(c.oid, 'TRUNCATE'))`);
  return rows.map((row) => row.name);
}
