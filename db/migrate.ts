import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql as part } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { connectionOptions } from "./address";
import type { Database } from "./client";
import { ensureRoles } from "./roles";
import * as schema from "./schema";

/** The server is older than PostgreSQL 15; the message is a sentence for the operator. */
export class OldServerError extends Error {}

const MIGRATE_LOCK = 7_261_846;
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

/** Login names of the staff and reading addresses, where they differ from the owner's. */
export type Users = { staff?: string | undefined; reader?: string | undefined };

/** What a migration is known by, oldest first: the SHA-256 of its text. */
export const knownMigrations = (): string[] => readMigrationFiles({ migrationsFolder: folder }).map(({ hash }) => hash);

/**
 * Brings the schema up to date: makes the roles, then runs the migrations not yet run, one
 * process at a time.
 * @throws OldServerError before PostgreSQL 15
 * @param address of the schema's owner
 */
export async function migrateDatabase(address: string, users: Users = {}): Promise<void> {
  await withSchemaToItself(address, async (sql) => {
    await ensureRoles(sql, users);
    await drizzle(sql, { schema }).transaction((tx) => migrateInside(tx as unknown as Database));
  });
}

/**
 * Works over one connection of the schema's owner while nobody else sets up this database; whoever wants to waits.
 * @throws OldServerError before PostgreSQL 15
 */
export async function withSchemaToItself<T>(address: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres({ ...connectionOptions(address), max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int as version`;
    if (server?.version < 150_000)
      throw new OldServerError(`The database server is PostgreSQL ${Math.floor(server?.version / 10_000)}. Muhlat needs 15 or newer.`);
    await sql`select pg_advisory_lock(${MIGRATE_LOCK})`;
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * Runs the migrations not yet run, inside a transaction, and notes them where Drizzle's own migrator does: that one
 * wants a transaction to itself.
 * @param most of how many of them, from the first, it takes notice
 */
export async function migrateInside(tx: Database, most = Number.POSITIVE_INFINITY): Promise<void> {
  await tx.execute(part`create schema if not exists drizzle`);
  await tx.execute(
    part`create table if not exists drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`,
  );
  const [last] = await tx.execute<{ at: string | null }>(part`select max(created_at) as at from drizzle.__drizzle_migrations`);
  for (const { sql, hash, folderMillis } of readMigrationFiles({ migrationsFolder: folder }).slice(0, most)) {
    if (last?.at && folderMillis <= Number(last.at)) continue;
    for (const statement of sql) await tx.execute(part.raw(statement));
    await tx.execute(part`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${folderMillis})`);
  }
}
