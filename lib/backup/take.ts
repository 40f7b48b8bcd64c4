import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { newestHead } from "../ledger/read";
import { BackupError, type Rows, writeBackup } from "./form";
import { asText, sequencesOf, settle, type Table, tablesOf } from "./tables";

/** Rows asked for at once: of plain ones, of those that may have long texts, of those that may be megabytes. */
const ROWS = { plain: 1000, long: 100, large: 1 };

/** How often it is told how far a large table is. */
const EVERY = 250_000;

const noRecord = () => new BackupError("There is no record in this database yet. Start Muhlat once first.");

/** PostgreSQL puts what is longer than a page aside: where nothing is, a thousand rows are a few megabytes. */
async function atOnce(tx: Database, table: Table): Promise<number> {
  const [row] = await tx.execute<{ aside: boolean }>(
    sql`select reltoastrelid <> 0 and pg_relation_size(reltoastrelid) > 0 as aside from pg_class where oid = ${table.name}::regclass`,
  );
  if (!row?.aside) return ROWS.plain;
  return table.columns.some((column) => column.endsWith(" bytea")) ? ROWS.large : ROWS.long;
}

async function* rowsOf(tx: Database, tables: readonly Table[], say: (line: string) => void): AsyncGenerator<Rows> {
  for (const table of tables) {
    const most = await atOnce(tx, table);
    await tx.execute(sql`declare backup no scroll cursor for select ${asText(table)} as line from ${sql.raw(table.name)} r`);
    let rows = 0;
    for (;;) {
      const found = await tx.execute<{ line: string }>(sql.raw(`fetch ${most} from backup`));
      if (found.length === 0) break;
      yield { table: table.name, lines: found.map(({ line }) => line) };
      if (Math.floor(rows / EVERY) < Math.floor((rows + found.length) / EVERY))
        say(`${table.name}: ${(rows + found.length).toLocaleString("en")} rows so far`);
      rows += found.length;
    }
    await tx.execute(sql`close backup`);
    if (rows > 0) say(`${table.name}: ${rows.toLocaleString("en")} rows`);
  }
}

/** The tables, locked against being changed in their form while they are read; writers go on. */
async function locked(db: Database, tx: Database): Promise<Table[]> {
  const before = await tablesOf(db);
  if (before.length === 0) throw noRecord();
  await tx.execute(sql.raw(`lock table ${before.map(({ name }) => name).join(", ")} in access share mode`));
  const tables = await tablesOf(tx);
  if (JSON.stringify(tables) !== JSON.stringify(before))
    throw new BackupError("The tables were changed at this moment, as an update of Muhlat does. Start the backup again.");
  return tables;
}

/**
 * Writes everything as it stands at one instant to a file; readers and writers go on meanwhile.
 * @param db of the schema's owner, with two connections or more
 * @param say told how far it is
 * @returns the instant, and the ledger's end at it
 * @throws BackupError
 */
export async function takeBackup(db: Database, file: string, say: (line: string) => void, signal?: AbortSignal) {
  return db.transaction(
    async (transaction) => {
      const tx = transaction as unknown as Database;
      const tables = await locked(db, tx);
      // Everything that was committed before this instant is in it.
      const [now] = await tx.execute<{ at: string; server: string }>(sql`
        select to_char(statement_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, current_setting('server_version') as server`);
      await settle(tx);
      const run = await tx.execute<{ hash: string }>(sql`select hash from drizzle.__drizzle_migrations order by created_at`);
      const head = {
        made_at: now?.at ?? "",
        server: now?.server ?? "",
        migrations: run.map(({ hash }) => hash),
        tables: tables.map(({ name, columns }) => ({ name, columns })),
        sequences: await sequencesOf(tx),
      };
      let rows = 0;
      const counted = async function* () {
        for await (const lot of rowsOf(tx, tables, say)) {
          rows += lot.lines.length;
          yield lot;
        }
      };
      await writeBackup(file, head, counted(), signal);
      const hasLedger = tables.some(({ name }) => name === "ledger.heads");
      return { madeAt: head.made_at, rows, tables: tables.length, ledger: hasLedger ? await newestHead(tx) : undefined };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
