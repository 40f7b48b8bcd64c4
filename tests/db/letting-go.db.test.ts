import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";

setFlagsFromString("--expose-gc");
const cleanUp: () => void = runInNewContext("gc");

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const read = () => database.reader.transaction(async (tx) => ({ rows: await tx.execute(sql`select generate_series(1, 1000) as n`) }));

test("what a transaction read is not held by the connection it was read over", async () => {
  // The driver keeps where the first of a process was begun, and what it needed with it.
  await read();
  const held = await read().then((found) => new WeakRef(found));
  await expect
    .poll(() => {
      cleanUp();
      return held.deref() === undefined;
    })
    .toBe(true);
});

test("what goes wrong in a transaction reaches whoever began it, and the connection goes on", async () => {
  const broken = database.reader.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    throw new Error("on purpose");
  });
  await expect(broken).rejects.toThrow("on purpose");
  await expect(database.reader.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toThrow();
  expect((await read()).rows).toHaveLength(1000);
});
