import { getTableColumns, is, type Table } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { tablesOf } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const tables = Object.values(schema).filter((value) => is(value, PgTable)) as PgTable[];
const nameOf = (table: PgTable) => `${getTableConfig(table).schema}.${getTableConfig(table).name}`;

/** Columns as `name type` with what may be null marked by a question mark, in order of their names. */
function declared(table: Table): string[] {
  return Object.values(getTableColumns(table))
    .map((column) => `${column.name}${column.notNull ? "" : "?"} ${column.getSQLType().replace(/, /g, ",")}`)
    .sort();
}

async function existing(name: string): Promise<string[]> {
  const rows = await database.owner<{ column: string }[]>`
    select format('%s%s %s', c.column_name, case c.is_nullable when 'YES' then '?' end, format_type(a.atttypid, a.atttypmod)) as column
    from information_schema.columns c
    join pg_attribute a on a.attrelid = ${name}::regclass and a.attname = c.column_name
    where format('%s.%s', c.table_schema, c.table_name) = ${name}`;
  return rows.map((row) => row.column).sort();
}

test("the schema in TypeScript has every table of the database, and no other", async () => {
  const found = await tablesOf(database.staff);
  expect(tables.map(nameOf).sort()).toEqual(found.map((table) => `${table.schema}.${table.name}`).sort());
});

test.each(tables.map((table) => [nameOf(table), table] as const))("%s has the columns the database has", async (name, table) => {
  const columns = await existing(name);
  expect(columns.length).toBeGreaterThan(1);
  expect(declared(table)).toEqual(columns);
});

test("a column that changed in the database alone is found", async () => {
  await database.owner`alter table staff.sessions add column planted text`;
  await database.owner`alter table staff.sessions alter column person_id drop not null`;
  const columns = await existing("staff.sessions");
  expect(columns).toContain("planted? text");
  expect(columns).toContain("person_id? text");
  expect(declared(schema.sessions)).not.toEqual(columns);
});
