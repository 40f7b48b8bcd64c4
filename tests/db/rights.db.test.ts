import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { changeableRecordTables } from "@/db/ready";
import { recordContact } from "@/lib/contacts/write";
import { recordCountry } from "@/lib/countries/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { recordEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  contact,
  country,
  deadline,
  event,
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
  await recorded(database.staff);
  // Two that are exact and about the same day: rivals.
  for (const value of [1000, 2000]) await recorded(database.staff, { value, qualifier: "exact", source: source(`Said ${value}`) });
  accepted(await act(database.staff, (tx) => recordCountry(tx, CENTRAL, country())));
  accepted(await act(database.staff, (tx) => recordContact(tx, CENTRAL, contact(), NOW)));
  accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline(), NOW)));
  accepted(await act(database.staff, (tx) => recordEvent(tx, CENTRAL, event(), NOW)));
  tables = await tablesOf(database.staff, ["record", "derived"]);
});
afterAll(() => database.close());

type Statement = "insert" | "update" | "delete" | "truncate";

/** A statement that would add a row to a table, or change every row of it. */
function change(statement: Statement, schema: string, name: string) {
  const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
  const own = sql.identifier("statement_id");
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

test("there is something to refuse: every table of the record and of the derived rows holds a row", async () => {
  const counts = await rowCounts(database.staff);
  expect(tables.length).toBeGreaterThanOrEqual(11);
  for (const { schema, name } of tables) expect(counts[`${schema}.${name}`], `${schema}.${name}`).toBeGreaterThan(0);
});

describe.each(["staff", "reader"] as const)("the %s role", (role) => {
  test("cannot update, delete or truncate any table of the record or of the derived rows", async () => {
    const before = await rowCounts(database.staff);
    expect(await notRefused(database[role], ["update", "delete", "truncate"], ["record", "derived"])).toEqual([]);
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

test("the reading role cannot insert into the record", async () => {
  expect(await notRefused(database.reader, ["insert"], ["record"])).toEqual([]);
});

test("a right granted by mistake is found by these tests", async () => {
  await database.owner`grant update on derived.countries to muhlat_reader`;
  expect(await notRefused(database.reader, ["update"], ["derived"])).toEqual(["update derived.countries: done"]);
  await database.owner`revoke update on derived.countries from muhlat_reader`;
});

test.each(["update", "delete", "truncate"] as const)("the owner cannot %s the record either", async (statement) => {
  const before = await rowCounts(database.staff);
  for (const { schema, name } of tables.filter((table) => table.schema === "record")) {
    const table = `${schema}.${name}`;
    const text = { update: `update ${table} set reason = 'x'`, delete: `delete from ${table}`, truncate: `truncate ${table} cascade` }[
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
      expect(await refusalOf(database.staff.execute(query)), name).toBeUndefined();
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
