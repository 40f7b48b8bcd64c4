import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { ensureRoles, ROLE } from "@/db/roles";
import { sealAll } from "@/lib/ledger/seal";
import { verifyDatabase } from "@/lib/ledger/verify/database";
import { addressOf } from "../setup/database";
import { KEY } from "../setup/ledger";

// A database from before there was a ledger, with 6,003 revisions and two acts in it.

const name = `test_${randomUUID().replaceAll("-", "")}`;
const LEDGER = "0014_the_ledger";
let sql: postgres.Sql;

beforeAll(async () => {
  const server = postgres({ ...connectionOptions(inject("server")), max: 1 });
  await server`create database ${server(name)}`;
  await server.end();
  sql = postgres({ ...connectionOptions(addressOf(inject("server"), name)), max: 1, onnotice: () => {} });
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-migrations-"));
  cpSync(path.resolve(import.meta.dirname, "../../db/migrations"), folder, { recursive: true });
  const journal = path.join(folder, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8")) as { entries: { tag: string }[] };
  writeFileSync(
    journal,
    JSON.stringify({
      ...rest,
      entries: entries.slice(
        0,
        entries.findIndex(({ tag }) => tag === LEDGER),
      ),
    }),
  );
  await ensureRoles(sql);
  await migrate(drizzle(sql), { migrationsFolder: folder });
  rmSync(folder, { recursive: true });
  await sql`insert into staff.people (person_id, email, name, role) values ('old', 'old@example.org', 'old', 'central_admin')`;
  await sql`
    insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title)
    select 'src-' || i, 1, 'published', 'old', 'old', now(), 'Briefing ' || i from generate_series(1, 6000) i`;
  await sql`
    insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, qualifier, source_id)
    select 's', i, 'published', 'mended', 'old', 'old', now(), 'KG', 'gray_list', '2025-07-01', '2025-06-30T21:00Z', '2025-07-01T21:00Z', i, 'exact', 'src-1' from generate_series(1, 3) i`;
  await sql`insert into staff.acts (person_id, verb, feature, object_id) values ('old', 'invite', 'people', 'a'), ('old', 'change', 'people', 'a')`;
});
afterAll(async () => {
  await sql.end();
  const server = postgres({ ...connectionOptions(inject("server")), max: 1 });
  await server`drop database ${server(name)} with (force)`;
  await server.end();
});

test("everything that was recorded before the ledger is sealed by the first sealings after the migration", {
  timeout: 60_000,
}, async () => {
  const address = addressOf(inject("server"), name);
  await migrateDatabase(address);
  const [sealer, owner] = [openPool(address, ROLE.sealer, 1), openPool(address, undefined, 1)];
  const before = await verifyDatabase(owner.db, []);
  expect(before).toMatchObject({ entries: 0, waiting: 6005, faults: [] });
  expect(await sealAll(sealer.db, { current: KEY })).toBe(6006);
  expect(await verifyDatabase(owner.db, [])).toMatchObject({ entries: 6006, rows: 6005, waiting: 0, faults: [] });
  const revisions = await sql`select revision from ledger.entries where kind = 'snapshots' order by n`;
  expect(revisions.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  await Promise.all([sealer.close(), owner.close()]);
});

// A text that is sealed leaves out what is null: a column that came later may be nothing else in what was sealed before.
test("a column that was added to a sealed table after the ledger is null in older rows", async () => {
  const columns = await sql<{ name: string; empty: boolean }[]>`
    select format('%s.%s', table_name, column_name) as name, is_nullable = 'YES' and column_default is null as empty from information_schema.columns
    where (table_schema = 'record' or (table_schema, table_name) = ('staff', 'acts'))`;
  const sealedAtFirst = new Set(WITH_THE_LEDGER);
  expect(columns.filter(({ name: column, empty }) => !empty && !sealedAtFirst.has(column)).map((column) => column.name)).toEqual([]);
  expect(columns.length).toBeGreaterThan(100);
});

const COMMON = ["statement_id", "revision", "state", "recorded_by", "published_by", "recorded_at"];
/** The columns that may not be null, as the ledger's migration found them. */
const WITH_THE_LEDGER = Object.entries({
  countries: [...COMMON, "zone"],
  sources: [...COMMON, "title", "copy_public"],
  snapshots: [
    ...COMMON,
    "country",
    "measure",
    "as_of",
    "as_of_from",
    "as_of_to",
    "unchanged",
    "rank",
    "source_id",
    "first_revision",
    "warnings",
  ],
  deadlines: [
    ...COMMON,
    ...["chain", "cancelled", "countries", "except_countries", "scope_as_reported", "measure", "falls_on", "zone", "day_counts", "ends_at"],
    ...["basis", "consequence", "afterwards", "source_id", "first_revision"],
  ],
  events: [
    ...COMMON,
    "happened_on",
    "happened_from",
    "happened_to",
    "kind",
    "countries",
    "measures",
    "what",
    "source_id",
    "first_revision",
  ],
  contacts: [...COMMON, "country", "kind", "name", "address", "hours", "languages", "note", "confirmed_on", "hide_after_days"],
  acts: ["act_id", "at", "person_id", "verb", "feature", "object_id", "countries"],
}).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`));
