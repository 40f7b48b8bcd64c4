import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closePools, readerDb, renewReader } from "@/db/client";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";

let database: FreshDatabase;
const before = process.env.DATABASE_URL;
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
});
afterAll(async () => {
  await closePools();
  if (before === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = before;
  await database.close();
});

test("a page that is being made reads on to its end when reads go over new connections", async () => {
  const old = readerDb();
  const one = async (db: typeof old) => (await db.execute<{ one: number }>(sql`select 1 as one`))[0]?.one;
  expect(await one(old)).toBe(1);
  renewReader();
  expect(readerDb()).not.toBe(old);
  expect(await one(old)).toBe(1);
  expect(await one(readerDb())).toBe(1);
});
