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

/**
 * What whoever opened this connection could do beside reading as muhlat_reader, whatever role it has stepped down to:
 * attributes and other roles of the login, schemas it could write in. Empty when all is well.
 */
export async function whatReaderMay(db: Database): Promise<string[]> {
  const rows = await db.execute<{ may: string }>(sql`
    select unnest(array_remove(array[
      case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end, case when rolcreatedb then 'createdb' end,
      case when rolreplication then 'replication' end, case when rolbypassrls then 'bypassrls' end], null)) as may
    from pg_roles where rolname = session_user
    union all
    select 'role ' || rolname from pg_roles
    where rolname not in (session_user, 'muhlat_reader') and pg_has_role(session_user, oid, 'MEMBER')
    union all
    select 'create in ' || nspname from pg_namespace
    where nspname in ('record', 'derived', 'staff', 'ledger', 'public') and has_schema_privilege(session_user, oid, 'CREATE')
    union all
    select 'write ' || oid::regclass from pg_class
    where relnamespace in (select oid from pg_namespace where nspname in ('record', 'derived', 'staff', 'ledger')) and relkind in ('r', 'p', 'v')
      and has_table_privilege(session_user, oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    union all
    select 'read ' || oid::regclass from pg_class
    where relnamespace = (select oid from pg_namespace where nspname = 'staff') and relkind in ('r', 'p', 'v')
      and has_table_privilege(session_user, oid, 'SELECT')`);
  return rows.map(({ may }) => may);
}
