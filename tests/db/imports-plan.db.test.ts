import { afterAll, beforeAll, expect, test } from "vitest";
import { sendImport, takeImport, withdrawImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { sentFiles } from "../imports/sent-files";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, NOW, recorded, source } from "../setup/record";

const ROWS = 6_000;

const files = sentFiles();
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
});
afterAll(async () => {
  files.remove();
  await database.close();
});

/** Rows of the record that were read one after another, not looked up, since the database began to count. */
async function readInOrder(): Promise<number> {
  const [row] = await database.owner<{ rows: string }[]>`
    select sum(seq_tup_read) as rows from pg_stat_user_tables where schemaname in ('record', 'derived')`;
  return Number(row?.rows);
}

test("a long table is looked up row by row, although the record was small when the database last counted it", async () => {
  // Enough acts on every connection that plans made for a small record are kept, and a count that says how small it is.
  for (let index = 0; index < 60; index++) await recorded(database.staff, { value: index + 1, source: source(`Source ${index}`) });
  await database.owner`analyze`;
  for (let index = 0; index < 30; index++) await recorded(database.staff, { value: index + 100, source: source(`Source ${index}`) });

  const day = (i: number) => new Date(Date.UTC(1993, 0, 1 + i)).toISOString().slice(0, 10);
  const lines = Array.from({ length: ROWS }, (_, i) => `SY;gray_list;${day(i)};${i};List ${i % 40};2025-10-05`);
  const file = files.write(`Country;List;As of;Number;Source;Published on\n${lines.join("\n")}`);
  const importId = accepted(await takeImport(database.staff, CENTRAL, { path: file, fileName: "long.csv" }, NOW));

  const before = await readInOrder();
  expect(await act(database.staff, (tx) => sendImport(tx, CENTRAL, { importId, version: 1 }, {}, NOW))).toMatchObject({ ok: true });
  const of = { importId, version: 2 };
  expect(await act(database.staff, (tx) => withdrawImport(tx, CENTRAL, of, "A trial", NOW))).toMatchObject({
    ok: true,
    value: { withdrawn: ROWS },
  });
  await database.owner`select pg_stat_force_next_flush()`;
  await new Promise((resolve) => setTimeout(resolve, 1500));
  // Row by row against each other these would be eighteen million.
  expect((await readInOrder()) - before).toBeLessThan(ROWS * 30);
}, 120_000);
