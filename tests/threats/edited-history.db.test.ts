/**
 * Threat: an insider edits what is recorded, or a role of the application can.
 *
 * Seen to fail without its control: with the right to update granted to staff's role in migration 0004, 4 of 23.
 */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { changeableRecordTables } from "@/db/ready";
import { recordContact } from "@/lib/contacts/write";
import { recordCountry } from "@/lib/countries/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { sealAll } from "@/lib/ledger/seal";
import { act } from "@/lib/ledger/write";
import { correctSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { KEY } from "../setup/ledger";
import {
  accepted,
  addPeople,
  CENTRAL,
  contact,
  country,
  deadline,
  event,
  figure,
  NOW,
  recorded,
  refusalOf,
  rowCounts,
  source,
  tablesOf,
} from "../setup/record";

const INSUFFICIENT_PRIVILEGE = "42501";

let database: FreshDatabase;
let tables: { schema: string; name: string }[];

beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
  // One that turns out to be about another country.
  const of = { statementId: await recorded(database.staff, { country: "TJ" }), replacesRevision: 1, reason: "Misheard" };
  accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, of, figure(), NOW)));
  // Two that are exact and about the same day: rivals.
  for (const value of [1000, 2000]) await recorded(database.staff, { value, qualifier: "exact", source: source(`Said ${value}`) });
  accepted(await act(database.staff, (tx) => recordCountry(tx, CENTRAL, country())));
  accepted(await act(database.staff, (tx) => recordContact(tx, CENTRAL, contact(), NOW)));
  accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline(), NOW)));
  accepted(await act(database.staff, (tx) => recordEvent(tx, CENTRAL, event(), NOW)));
  await sealAll(database.sealer, { current: KEY });
  tables = await tablesOf(database.staff, ["record", "derived", "ledger"]);
});
afterAll(() => database.close());

type Statement = "insert" | "update" | "delete" | "truncate";

/** A statement that would add a row to a table, or change every row of it. */
function change(statement: Statement, schema: string, name: string) {
  const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
  const own = sql.identifier(schema === "ledger" ? "n" : name === "totals" ? "of" : "statement_id");
  if (statement === "insert") return sql`insert into ${table} default values`;
  if (statement === "update") return sql`update ${table} set ${own} = ${own}`;
  return statement === "delete" ? sql`delete from ${table}` : sql`truncate ${table} cascade`;
}

/** The tables on which a role's statement is let through, or refused with another code than for lack of rights. */
async function notRefused(db: Database, statements: Statement[], schemas: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { schema, name } of tables.filter((table) => schemas.includes(table.schema)))
    for (const statement of statements) {
      const code = await refusalOf(db.execute(change(statement, schema, name)));
      if (code !== INSUFFICIENT_PRIVILEGE) found.push(`${statement} ${schema}.${name}: ${code ?? "done"}`);
    }
  return found;
}

test("there is something to refuse: every table of the record, of the derived rows and of the ledger holds a row", async () => {
  const counts = await rowCounts(database.staff);
  expect(tables.length).toBeGreaterThanOrEqual(14);
  for (const { schema, name } of tables) expect(counts[`${schema}.${name}`], `${schema}.${name}`).toBeGreaterThan(0);
});

describe.each(["staff", "reader", "sealer"] as const)("the %s role", (role) => {
  test("cannot update, delete or truncate any table of the record, of the derived rows or of the ledger", async () => {
    const before = await rowCounts(database.staff);
    expect(await notRefused(database[role], ["update", "delete", "truncate"], ["record", "derived", "ledger"])).toEqual([]);
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("cannot insert into a derived table", async () => {
    expect(await notRefused(database[role], ["insert"], ["derived"])).toEqual([]);
  });

  test("cannot rebuild the derived rows, nor set up or drop anything", async () => {
    expect(await refusalOf(database[role].execute(sql`select derived.rebuild()`))).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusalOf(database[role].execute(sql`create table record.planted (id int)`))).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusalOf(database[role].execute(sql`alter table record.snapshots disable trigger all`))).toBe(INSUFFICIENT_PRIVILEGE);
    expect(await refusalOf(database[role].execute(sql`drop table record.snapshots cascade`))).toBe(INSUFFICIENT_PRIVILEGE);
  });
});

test("only the staff role can insert into the record, only the sealer into the ledger", async () => {
  for (const role of ["reader", "sealer"] as const) expect(await notRefused(database[role], ["insert"], ["record"])).toEqual([]);
  for (const role of ["reader", "staff"] as const) expect(await notRefused(database[role], ["insert"], ["ledger"])).toEqual([]);
  expect(await notRefused(database.staff, ["insert"], ["record"])).toHaveLength(tables.filter(({ schema }) => schema === "record").length);
  expect(await notRefused(database.sealer, ["insert"], ["ledger"])).toHaveLength(3);
});

test("the sealer sees of the desk its acts and what it works with, and changes its own notes alone", async () => {
  const [row] = await database.owner`
    select array_agg(c.relname || ' ' || p.privilege order by c.relname, p.privilege) as rights from pg_class c
    cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as p(privilege)
    where c.relnamespace = 'staff'::regnamespace and c.relkind in ('r', 'v') and has_table_privilege('muhlat_sealer', c.oid, p.privilege)`;
  expect(row?.rights).toEqual(["acts SELECT", "seal_secret SELECT", "unsealed DELETE", "unsealed INSERT", "unsealed SELECT"]);
});

test("a right granted by mistake is found by these tests", async () => {
  await database.owner`grant update on derived.countries to muhlat_reader`;
  expect(await notRefused(database.reader, ["update"], ["derived"])).toEqual(["update derived.countries: done"]);
  await database.owner`revoke update on derived.countries from muhlat_reader`;
});

test.each(["update", "delete", "truncate"] as const)("the owner cannot %s the record or the ledger either", async (statement) => {
  const before = await rowCounts(database.staff);
  for (const { schema, name } of [...tables.filter((table) => table.schema !== "derived"), { schema: "staff", name: "seal_secret" }]) {
    const table = `${schema}.${name}`;
    const column = { record: "reason = 'x'", ledger: "n = n", staff: "only_one = true" }[schema];
    const text = { update: `update ${table} set ${column}`, delete: `delete from ${table}`, truncate: `truncate ${table} cascade` }[
      statement
    ];
    const refused = database.owner.unsafe(text);
    await expect(refused, table).rejects.toMatchObject({
      code: INSUFFICIENT_PRIVILEGE,
      message: expect.stringContaining("the record is append-only"),
    });
  }
  expect(await rowCounts(database.staff)).toEqual(before);
});

describe("the reading role and the schema staff", () => {
  test("no table can be read", async () => {
    const desk = await tablesOf(database.staff, ["staff"]);
    expect(desk.length).toBeGreaterThanOrEqual(5);
    for (const { name } of desk) {
      const query = sql`select 1 from staff.${sql.identifier(name)}`;
      expect(await refusalOf(database.reader.execute(query)), name).toBe(INSUFFICIENT_PRIVILEGE);
      // What the ledger is salted with, and its notes, are the sealer's alone.
      const sealers = name === "seal_secret" || name === "unsealed";
      expect(await refusalOf(database.staff.execute(query)), name).toBe(sealers ? INSUFFICIENT_PRIVILEGE : undefined);
    }
  });

  test("the schema itself is closed, and its columns are not listed", async () => {
    const [row] = await database.reader.execute(sql`
      select has_schema_privilege('staff', 'USAGE') or has_schema_privilege('staff', 'CREATE') as open,
        (select count(*)::int from information_schema.columns where table_schema = 'staff') as columns`);
    expect(row).toEqual({ open: false, columns: 0 });
  });
});

describe("the check at start-up", () => {
  test.each(["staff", "reader"] as const)("finds nothing that the %s role could change", async (role) => {
    expect(await changeableRecordTables(database[role])).toEqual([]);
  });

  test.each(["update", "delete", "truncate"])("finds a planted right to %s", async (right) => {
    await database.owner.unsafe(`grant ${right} on record.events to muhlat_staff`);
    expect(await changeableRecordTables(database.staff)).toEqual(["events"]);
    await database.owner.unsafe(`revoke ${right} on record.events from muhlat_staff`);
    expect(await changeableRecordTables(database.staff)).toEqual([]);
  });
});
