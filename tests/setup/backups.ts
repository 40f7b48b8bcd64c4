import { createHash, randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import postgres from "postgres";
import { inject } from "vitest";
import { connectionOptions } from "@/db/address";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { takeBackup } from "@/lib/backup/take";
import { addressOf } from "./database";
import type { FreshDatabase } from "./fresh-database";

/** A database in which nothing has been made yet, on the server of the tests. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const server = postgres({ ...connectionOptions(inject("server")), max: 1, onnotice: () => {} });
  await server`create database ${server(name)}`;
  const url = addressOf(inject("server"), name);
  const owner = postgres({ ...connectionOptions(url), max: 2, onnotice: () => {} });
  const [staff, reader, sealer] = [ROLE.staff, ROLE.reader, ROLE.sealer].map((role) => openPool(url, role, 2)) as [Pool, Pool, Pool];
  const release = () => Promise.all([owner.end({ timeout: 5 }), staff.close(), reader.close(), sealer.close()]);
  const close = async () => {
    await release();
    await server`drop database ${server(name)} with (force)`;
    await server.end();
  };
  return { url, owner, staff: staff.db, reader: reader.db, sealer: sealer.db, release, close };
}
type Pool = ReturnType<typeof openPool>;

/** Works as the owner of a database, as the commands do. */
export async function asOwner<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const pool = openPool(url, undefined, 2);
  try {
    return await work(pool.db);
  } finally {
    await pool.close();
  }
}

export const backedUp = (url: string, file: string) => asOwner(url, (db) => takeBackup(db, file, () => {}));

/** Which of our schemas are in a database. */
export async function schemasIn(owner: postgres.Sql): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select nspname as name from pg_namespace where nspname in ('record', 'derived', 'ledger', 'staff', 'drizzle') order by 1`;
  return rows.map(({ name }) => name);
}

const BEGINNING = "Muhlat backup 1\n".length;
const ENDING = "\nsha256 \n".length + 64;

/** The lines in a backup. */
export const linesIn = (file: string): string[] => gunzipSync(readFileSync(file).subarray(BEGINNING, -ENDING)).toString("utf8").split("\n");

/** Writes a backup of these lines whose digest is right, as somebody would who knows how. */
export function writeLines(file: string, lines: readonly string[], beginning = "Muhlat backup 1\n"): string {
  const body = Buffer.concat([Buffer.from(beginning), gzipSync(lines.join("\n"))]);
  writeFileSync(file, Buffer.concat([body, Buffer.from(`\nsha256 ${createHash("sha256").update(body).digest("hex")}\n`)]));
  return file;
}

/** The same backup with one table's rows changed, and its sums made to fit. */
export function withRows(from: string, to: string, table: string, change: (rows: string[]) => string[]): string {
  const lines = linesIn(from);
  const end = lines.findIndex((line) => line.startsWith(`{"table":"${table}"`));
  let begin = end;
  while (lines[begin - 1]?.startsWith('"')) begin -= 1;
  const before = lines.slice(begin, end);
  const rows = change(before);
  if (rows.join() === before.join()) throw new Error(`nothing was changed in ${table}`);
  const sha256 = createHash("sha256")
    .update(rows.map((row) => `${row}\n`).join(""))
    .digest("hex");
  const last = lines.length - 2;
  const total = JSON.parse(lines[last] ?? "").rows + rows.length - before.length;
  lines[last] = JSON.stringify({ rows: total });
  lines.splice(begin, end - begin + 1, ...rows, JSON.stringify({ table, rows: rows.length, sha256 }));
  return writeLines(to, lines);
}
