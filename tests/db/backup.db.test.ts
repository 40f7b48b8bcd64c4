import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { closePools, type Database } from "@/db/client";
import { knownMigrations, migrateInside, withSchemaToItself } from "@/db/migrate";
import { ensureRoles } from "@/db/roles";
import * as schema from "@/db/schema";
import { checkBackup } from "@/lib/backup/form";
import { restoreBackup } from "@/lib/backup/restore";
import { SCHEMAS, sequencesOf, sumsIn, tablesOf } from "@/lib/backup/tables";
import { storeCopy } from "@/lib/copies/write";
import { sealAll } from "@/lib/ledger/seal";
import { act } from "@/lib/ledger/write";
import { sessionOf } from "@/lib/sign-in/read";
import { beginSession, checkPassword } from "@/lib/sign-in/write";
import { makeToken } from "@/lib/tokens/write";
import { answered, ask } from "../api/asking";
import { database, LEDGER_KEY, names, questionOf, withStarterRecord, writeSome } from "../api/starter";
import { pngOf } from "../copies/documents";
import { asOwner, backedUp, emptyDatabase } from "../setup/backups";
import type { FreshDatabase } from "../setup/fresh-database";
import { headNow, tamper, verified } from "../setup/ledger";
import { accepted, CENTRAL, PASSWORD, recorded } from "../setup/record";

// The restore drill: backed up while others write, brought back into an empty database, and everything looked at.

vi.setConfig({ testTimeout: 120_000 });
withStarterRecord();

let folder: string;
let session: string;
const restored: FreshDatabase[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "muhlat-backups-"));
  await writeSome();
  accepted(await act(database.staff, (tx) => storeCopy(tx, CENTRAL, pngOf(3_000_000))));
  accepted(await act(database.staff, (tx) => makeToken(tx, CENTRAL, TOKEN)));
  session = await beginSession(database.staff, "central", { method: "password", secondFactor: "code" });
  await recorded(database.staff, { as_of: "2025-02-01", wording: 'a "quoted", (bracketed) \\ line\nand {another}, \u2028 𝄞', note: "," });
});
afterAll(async () => {
  for (const each of restored) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = { name: "a program", countries: ["KG"], publishes: "yes", days: "30" };
const signIn = (of: FreshDatabase) => checkPassword(of.staff, { email: "central@example.org", password: PASSWORD, address: "192.0.2.1" });
const file = (name: string) => path.join(folder, name);

/** A new database with what is in a backup. */
async function restoredFrom(backup: string, more: Partial<Parameters<typeof restoreBackup>[2]> = {}) {
  const into = await emptyDatabase();
  restored.push(into);
  return { into, told: await restoreBackup(into.url, backup, { say: () => {}, ...more }) };
}

/** Sums over the rows of every table that is backed up. */
async function sumsOf({ url }: FreshDatabase): Promise<Record<string, string>> {
  return asOwner(url, async (db) => {
    const tables = await tablesOf(db);
    return Object.fromEntries(await Promise.all(tables.map(async (table) => [table.name, await sumsIn(db, table)])));
  });
}

/** What the catalogue says of our schemas: columns, keys, indexes, triggers, rights, owners. */
async function catalogueOf({ owner }: FreshDatabase) {
  return owner`
    with ours as (select format('%I.%I', n.nspname, c.relname) as name, c.* from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = any(${[...SCHEMAS, "drizzle"]}))
    select 'relation ' || name as what, concat_ws(' ', relkind, relpersistence, relacl, relowner::regrole, obj_description(oid)) as is from ours
    union all select 'index ' || name, pg_get_indexdef(oid) from ours where relkind = 'i'
    union all select format('column %s.%s', name, attname), concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attacl,
      col_description(oid, attnum)) from ours join pg_attribute on attrelid = ours.oid where attnum > 0
    union all select format('constraint %s.%s', name, conname), pg_get_constraintdef(k.oid) || k.convalidated from ours join pg_constraint k on conrelid = ours.oid
    union all select format('trigger %s.%s', name, tgname), tgenabled::text from ours join pg_trigger on tgrelid = ours.oid where not tgisinternal
    union all select 'function ' || p.oid::regprocedure, concat_ws(' ', proacl, proowner::regrole, prosecdef, md5(prosrc)) from pg_proc p
      where pronamespace::regnamespace::text = any(${SCHEMAS})
    union all select 'schema ' || nspname, nspacl::text from pg_namespace where nspname = any(${SCHEMAS})
    union all select 'migration ' || id, hash from drizzle.__drizzle_migrations
    order by 1, 2`;
}

describe("a backup of a database at rest", () => {
  let into: FreshDatabase;
  let before: Record<string, string>;
  beforeAll(async () => {
    before = await sumsOf(database);
    await backedUp(database.url, file("quiet.backup"));
    ({ into } = await restoredFrom(file("quiet.backup")));
  });

  test("is one file, which nobody else may read", () => {
    expect(statSync(file("quiet.backup")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["quiet.backup"]);
  });

  test("brings every row of every table back as it was, but that all sessions have ended", async () => {
    expect(await sumsOf(into)).toEqual({ ...before, "staff.sessions": expect.not.stringMatching(before["staff.sessions"] ?? "") });
    expect(await sessionOf(database.staff, session)).toMatchObject({ person: { personId: "central" } });
    expect(await sessionOf(into.staff, session)).toBeUndefined();
    for (const table of ["record.snapshots", "ledger.entries", "staff.copies", "staff.tokens", "staff.unsealed", "staff.acts"])
      expect(before[table], table).not.toMatch(/^0 /);
  });

  test("leaves out no table but those that are made again", async () => {
    const all = await database.owner<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`;
    const kept = (await tablesOf(database.staff)).map(({ name }) => name);
    expect(all.map(({ name }) => name).filter((name) => !kept.includes(name))).toEqual([
      "drizzle.__drizzle_migrations",
      "staff.import_rows",
      "staff.import_sources",
    ]);
  });

  test("leaves the database as its migrations make it: keys, triggers, rights, numbers", async () => {
    const catalogue = await catalogueOf(into);
    expect(catalogue).toEqual(await catalogueOf(database));
    expect(catalogue.length).toBeGreaterThan(500);
    expect(await sequencesOf(into.staff)).toEqual(await sequencesOf(database.staff));
  });

  test("is answered from with the same bytes, by every question of the API", async () => {
    const questions = await Promise.all(
      names.map(async (name) => {
        const question = await questionOf(name);
        const { as_known_on, as_recorded_at } = await answered(name, question);
        return `${question}${question.includes("?") ? "&" : "?"}as_known_on=${as_known_on}&as_recorded_at=${as_recorded_at}`;
      }),
    );
    const answers = async (url: string) => {
      await closePools();
      process.env.DATABASE_URL = url;
      return Promise.all(questions.map((question) => ask(question).then((answer) => answer.text())));
    };
    const [restoredSays, sourceSays] = [await answers(into.url), await answers(database.url)];
    expect(restoredSays).toEqual(sourceSays);
    expect(restoredSays.join().length).toBeGreaterThan(10_000);
  });

  test("goes on: one signs in with the password from before, records, and the chain takes it up", async () => {
    expect(await signIn(into)).toEqual({ personId: "central" });
    const head = await headNow(into.reader);
    const id = await recorded(into.staff, { as_of: "2025-03-01" });
    expect(await sealAll(into.sealer, { current: LEDGER_KEY })).toBeGreaterThan(0);
    expect(await verified(into, [head])).toMatchObject({ faults: [], waiting: 0 });
    expect((await headNow(into.reader)).n).toBeGreaterThan(head.n);
    expect(await into.owner`select revision from record.snapshots where statement_id = ${id}`).toEqual([{ revision: 1 }]);
  });

  test("a head that was published after the backup is told to be cut off", async () => {
    await recorded(database.staff, { as_of: "2025-03-02" });
    await sealAll(database.sealer, { current: LEDGER_KEY });
    const later = await headNow(database.reader);
    const { into: again } = await restoredFrom(file("quiet.backup"));
    expect((await verified(again, [later])).faults).toEqual([{ code: "cut_off", n: later.n, end: (await headNow(again.reader)).n }]);
  });
});

test("while others write and seal, a backup is of one instant: what was acknowledged before is in it, and nothing half", async () => {
  const acknowledged: { id: string; at: number }[] = [];
  let going = true;
  const writer = async (year: number) => {
    for (let day = 0; going; day += 1) {
      const as_of = new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
      const id = await recorded(database.staff, {
        as_of,
        value: day + 1,
        source: { title: `Said in ${as_of}`, published_on: "2025-10-01" },
      });
      acknowledged.push({ id, at: performance.now() });
    }
  };
  const sealer = async () => {
    while (going) await sealAll(database.sealer, { current: LEDGER_KEY });
  };
  const working = Promise.all([writer(2000), writer(2010), writer(2018), sealer()]);
  const enough = async (count: number) => {
    while (acknowledged.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await enough(30);
  const began = performance.now();
  await backedUp(database.url, file("busy.backup"));
  const ended = performance.now();
  await enough(acknowledged.length + 30);
  going = false;
  await working;
  const { into, told } = await restoredFrom(file("busy.backup"));
  expect(told).toMatchObject({ derived: [], verdict: { faults: [] } });
  const rows = await into.owner<{ id: string }[]>`select statement_id as id from record.snapshots`;
  const there = new Set(rows.map(({ id }) => id));
  expect(acknowledged.filter(({ id, at }) => at < began && !there.has(id))).toEqual([]);
  const meanwhile = acknowledged.filter(({ at }) => at >= began && at <= ended);
  const later = acknowledged.slice(acknowledged.length - 20);
  expect(meanwhile.length).toBeGreaterThan(0);
  expect(later.filter(({ id }) => there.has(id))).toEqual([]);
  // The restored ledger is the beginning of the other's.
  const head = await headNow(into.reader);
  expect(await verified(database, [head])).toMatchObject({ faults: [] });
});

test("a backup from before later migrations is brought up to date", async () => {
  const old = await emptyDatabase();
  restored.push(old);
  const before = 13;
  await withSchemaToItself(old.url, async (connection) => {
    await ensureRoles(connection);
    await drizzle(connection, { schema }).transaction((tx) => migrateInside(tx as unknown as Database, before));
  });
  await old.owner`insert into staff.people (person_id, email, name, role, password_hash) values ('old', 'old@example.org', 'old', 'central_admin', 'x')`;
  await old.owner`
    insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title)
    values ('s', 1, 'published', 'old', 'old', now(), 'A source of then')`;
  // What waits to be sealed has waited since then: longer than in a server that runs.
  await tamper(old, "update record.sources set recorded_at = recorded_at - interval '1 day'");
  await backedUp(old.url, file("old.backup"));
  expect((await checkBackup(file("old.backup"))).migrations).toEqual(knownMigrations().slice(0, before));
  const { into } = await restoredFrom(file("old.backup"));
  const run = await into.owner`select hash from drizzle.__drizzle_migrations order by id`;
  expect(run.map(({ hash }) => hash)).toEqual(knownMigrations());
  expect(await sealAll(into.sealer, { current: LEDGER_KEY })).toBe(2);
  expect(await verified(into)).toMatchObject({ rows: 1, faults: [] });
  expect(await into.staff.execute(sql`select title, recorded_at from record.sources`)).toEqual(
    await old.staff.execute(sql`select title, recorded_at from record.sources`),
  );
});
