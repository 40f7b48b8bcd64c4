import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Database } from "@/db/client";
import { knownMigrations, migrateInside, type Users, withSchemaToItself } from "@/db/migrate";
import { ensureRoles } from "@/db/roles";
import * as schema from "@/db/schema";
import { newestHead } from "../ledger/read";
import type { Verdict } from "../ledger/verify/check";
import { verifyDatabase } from "../ledger/verify/database";
import { BackupError, checkBackup, type Header, readBackup } from "./form";
import { SCHEMAS, Sums, settle, sumsIn, type Table, tablesOf } from "./tables";

/** What was restored does not hold together; nothing of it was kept. */
export class NotWhole extends Error {
  /** @param derived statements whose derived rows do not match the record */
  constructor(
    readonly verdict: Verdict,
    readonly derived: readonly string[],
  ) {
    super("What is in the backup does not hold together.");
  }
}

/** How often it is told how far a large table is. */
const EVERY = 250_000;

/** @throws BackupError where the backup is of a newer Muhlat, or of another one */
function migrationsOf(file: string, { migrations }: Header): number {
  const known = knownMigrations();
  if (migrations.length > known.length && known.every((hash, index) => hash === migrations[index]))
    throw new BackupError(
      `${file} was made by a newer Muhlat (with ${migrations.length} migrations, where this program has ${known.length}). Restore it with that one or a later one.`,
    );
  if (migrations.some((hash, index) => hash !== known[index]))
    throw new BackupError(`${file} was made by a Muhlat with other migrations than this program's. Restore it with that one.`);
  return migrations.length;
}

/** @throws BackupError where anything of ours is in the database, or somebody works with it */
async function refuseUnlessEmpty(db: Database): Promise<void> {
  const found = await db.execute<{ name: string }>(
    sql`select nspname as name from pg_namespace where nspname = any(${sql.param([...SCHEMAS, "drizzle"])}::text[]) order by 1`,
  );
  if (found.length > 0)
    throw new BackupError(
      `There is data of Muhlat in this database already (${found.map(({ name }) => name).join(", ")}). Restoring is for an empty one: make a new database, or move the data folder's postgres-18 away.`,
    );
  const [running] = await db.execute<{ name: string }>(sql`
    select application_name as name from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name like 'muhlat%' limit 1`);
  if (running) throw new BackupError("Muhlat is running on this database. Stop every process of it first.");
}

/** Foreign keys, as statements that take them away and put them back: checked once for all rows instead of row by row. */
async function foreignKeys(tx: Database): Promise<{ drop: string; add: string }[]> {
  return tx.execute<{ drop: string; add: string }>(sql`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
    from pg_constraint where contype = 'f' and connamespace::regnamespace::text = any(${sql.param(SCHEMAS)}::text[]) order by conrelid, conname`);
}

async function load(tx: Database, file: string, tables: readonly Table[], say: (line: string) => void): Promise<Map<string, Sums>> {
  const inserts = new Map(
    tables.map(({ name, written }) => [
      name,
      {
        into: sql.raw(
          `insert into ${name} (${written.join(", ")}) overriding system value select ${written.map((column) => `(r).${column}`)}`,
        ),
        as: sql.raw(`::${name}`),
      },
    ]),
  );
  const sums = new Map(tables.map(({ name }) => [name, new Sums()]));
  let last = "";
  const done = () => {
    const rows = sums.get(last)?.rows;
    if (rows) say(`${last}: ${rows.toLocaleString("en")} rows`);
  };
  for await (const { table, lines } of readBackup(file, () => {})) {
    const [insert, sum] = [inserts.get(table), sums.get(table)];
    if (!insert || !sum) throw new BackupError(`${file} has a table ${table}, which this program does not know.`);
    if (table !== last) done();
    last = table;
    // Without "offset 0" a row would be read anew for each of its columns.
    await tx.execute(sql`${insert.into} from (select line${insert.as} as r from unnest(${sql.param(lines)}::text[]) line offset 0) rows`);
    const before = sum.rows;
    for (const line of lines) sum.add(line);
    if (Math.floor(before / EVERY) < Math.floor(sum.rows / EVERY)) say(`${table}: ${sum.rows.toLocaleString("en")} rows so far`);
  }
  done();
  return sums;
}

/** Values and rows that the server does not take: SQLSTATE classes 22 and 23. */
const refusedRows = (file: string) => (error: Error & { code?: string; cause?: { code?: string; message?: string } }) => {
  const { code, message } = (error.cause ?? error) as { code?: string; message: string };
  throw /^2[23]/.test(code ?? "") ? new BackupError(`${file} has rows that the database refuses: ${message}. Nothing was kept.`) : error;
};

/** Puts the rows in as they were: no trigger adds to them, stamps them or tells of them. */
async function fill(tx: Database, file: string, header: Header, say: (line: string) => void): Promise<void> {
  const tables = await tablesOf(tx);
  const form = (list: readonly Pick<Table, "name" | "columns">[]) => JSON.stringify(list.map(({ name, columns }) => [name, columns]));
  if (form(tables) !== form(header.tables))
    throw new BackupError(`${file} has other tables or columns than its migrations make. It is of a database that was changed by hand.`);
  const keys = await foreignKeys(tx);
  for (const { drop } of keys) await tx.execute(sql.raw(drop));
  const names = tables.map(({ name }) => name);
  for (const name of names) await tx.execute(sql.raw(`alter table ${name} disable trigger user`));
  // Migrations put rows in, such as the ledger's secret.
  await tx.execute(sql.raw(`truncate ${names.join(", ")}`));
  const sums = await load(tx, file, tables, say);
  for (const [name, last] of Object.entries(header.sequences)) await tx.execute(sql`select setval(${name}::regclass, ${last}::bigint)`);
  for (const { add } of keys) await tx.execute(sql.raw(add));
  for (const name of names) await tx.execute(sql.raw(`alter table ${name} enable trigger user`));
  for (const table of tables)
    if ((await sumsIn(tx, table)) !== sums.get(table.name)?.text)
      throw new BackupError(`The rows of ${table.name} are not in the database as they are in ${file}. Nothing was kept.`);
}

/** How to restore: heads' keys one knows from elsewhere, and whether to keep what does not hold together. */
export type How = { users?: Users; trusted?: string[] | undefined; despiteFaults?: boolean; say: (line: string) => void };

/**
 * Brings a backup back into an empty database, in one transaction: the migrations up to the backup's, its rows, the
 * later migrations; then compares the derived rows with the record, and the record with its ledger. Where anything
 * fails, nothing is left in the database.
 * @param database address of the owner of an empty database, or what brings one up; asked when the backup was found whole
 * @throws BackupError, OldServerError; NotWhole unless faults are to be kept
 */
export async function restoreBackup(
  database: string | (() => Promise<string>),
  file: string,
  { users = {}, trusted, despiteFaults = false, say }: How,
) {
  say("Reading the backup through before anything is written");
  const header = await checkBackup(file);
  const count = migrationsOf(file, header);
  const address = typeof database === "string" ? database : await database();
  return withSchemaToItself(address, async (connection) => {
    const db: Database = drizzle(connection, { schema });
    await refuseUnlessEmpty(db);
    await ensureRoles(connection, users);
    const told = await db.transaction(async (transaction) => {
      const tx = transaction as unknown as Database;
      await settle(tx);
      await migrateInside(tx, count);
      await fill(tx, file, header, say).catch(refusedRows(file));
      await migrateInside(tx);
      // One that was stolen may have been ended since: everybody signs in anew.
      await tx.execute(sql`update staff.sessions set ended_at = clock_timestamp() where ended_at is null`);
      say("Comparing the derived rows with the record, and the record with its ledger");
      for (const { name } of await tablesOf(tx)) await tx.execute(sql.raw(`analyze ${name}`));
      const derived = await tx.execute<{ what: string }>(
        sql`select feature || ' ' || statement_id as what from derived.differences() order by 1`,
      );
      const verdict = await verifyDatabase(tx, [], trusted, true);
      const differences = derived.map(({ what }) => what);
      if ((differences.length > 0 || verdict.faults.length > 0) && !despiteFaults) throw new NotWhole(verdict, differences);
      const [counted] = await tx.execute<{ tokens: number }>(sql`select count(*)::int as tokens from staff.tokens where ended_at is null`);
      return { madeAt: header.made_at, verdict, derived: differences, head: await newestHead(tx), tokens: counted?.tokens ?? 0 };
    });
    await tidy(connection);
    return told;
  });
}

/** Leaves the tables as a running server would after a while, so that the first pages are as quick as the later ones. */
async function tidy(connection: postgres.Sql): Promise<void> {
  for (const { name } of await tablesOf(drizzle(connection, { schema }))) await connection.unsafe(`vacuum ${name}`).catch(() => {});
}
