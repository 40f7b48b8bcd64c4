import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** Tables, views and columns of our schemas that nobody has explained. */
async function unexplained(): Promise<string[]> {
  const rows = await database.owner<{ name: string }[]>`
    select format('%s.%s%s', n.nspname, c.relname, '.' || a.attname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname in ('record', 'derived', 'ledger', 'staff') and c.relkind in ('r', 'p', 'v', 'm')
      and (obj_description(c.oid, 'pg_class') is null or col_description(c.oid, a.attnum) is null)
    order by n.nspname, c.relname, a.attnum`;
  return rows.map((row) => row.name);
}

test("every table and column says what it means", async () => {
  expect(await unexplained()).toEqual([]);
});

test("a column without a meaning is found", async () => {
  await database.owner`create table staff.planted (id int)`;
  expect(await unexplained()).toEqual(["staff.planted.id"]);
  await database.owner`drop table staff.planted`;
});
