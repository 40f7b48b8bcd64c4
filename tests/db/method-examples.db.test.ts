import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { methodExamples } from "@/app/_server/method-examples";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure } from "../setup/record";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const NOW = new Date("2026-06-01T09:00:00Z");
const examples = () => methodExamples(database.reader, { knownOn: "2026-06-01" });

beforeAll(async () => {
  database = await freshDatabase();
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

test("a figure restated today changes nothing of what could be projected before: the trials stay", async () => {
  const before = await examples();
  expect(before.tested?.trials.map(({ firstDay }) => firstDay)).toEqual(["2025-07-25", "2025-08-12", "2025-09-05"]);
  const restated = figure({
    as_of: "2025-07-22/2025-07-25",
    value: 109_000,
    restates: "kg-gray-list-2025-07-22",
    source: { title: "Said again", published_on: "2026-03-01" },
  });
  accepted(await act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, restated, NOW)));
  expect((await examples()).tested).toEqual(before.tested);
});

test("the flow of the example carries what it was worked out from", async () => {
  const { flow } = await examples();
  expect(flow).toMatchObject({ count: { value: 3000, low: 2500, high: null }, days: 62 });
  expect(flow?.from.statementId).toBe("kg-regularised-2025-04-30");
});
