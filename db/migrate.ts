import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { connectionOptions } from "./address";
import { ensureRoles } from "./roles";

/** The server is older than PostgreSQL 15; the message is a sentence for the operator. */
export class OldServerError extends Error {}

const MIGRATE_LOCK = 7_261_846;
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/**
 * Brings the schema up to date: makes the roles, then runs the migrations not yet run, one
 * process at a time.
 * @throws OldServerError before PostgreSQL 15
 * @param address of the schema's owner
 * @param users login names of the staff and reading addresses, where they differ from the owner's
 */
export async function migrateDatabase(address: string, users: { staff?: string; reader?: string } = {}): Promise<void> {
  const sql = postgres({ ...connectionOptions(address), max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as version`;
    if (server?.version < 150_000)
      throw new OldServerError(`The database server is PostgreSQL ${Math.floor(server?.version / 10_000)}. Muhlat needs 15 or newer.`);
    await sql`select pg_advisory_lock(${MIGRATE_LOCK})`;
    await ensureRoles(sql, users);
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
