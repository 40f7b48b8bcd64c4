import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backTestRecord } from "@/app/_server/back-test-record";
import { countryCodes } from "@/lib/countries/rules";
import { announceDeadline } from "@/lib/deadlines/write";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { countriesWith } from "@/lib/snapshots/read";
import { withdrawSnapshot } from "@/lib/snapshots/write";
import { faredOf, verdictOf } from "@/lib/trends/rules/back-test";
import { today } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, deadline, recorded, source } from "../setup/record";

let database: FreshDatabase;
const NOW = new Date("2026-06-01T09:00:00Z");
const read = () => backTestRecord(database.reader, today(NOW), NOW);

beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

test("an empty record has no past deadline", async () => {
  expect(await read()).toEqual([]);
});

test("the starter record: what could have been projected on 26 July 2025 for 10 September, and the other days", async () => {
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
  const [september, april] = await read();
  expect([september?.deadline.statementId, april?.deadline.statementId]).toEqual([
    "ru-regularisation-2025-09-10",
    "ru-regularisation-2025-04-30",
  ]);
  const kyrgyz = september?.countries.find(({ country }) => country === "KG")?.test;
  if (!kyrgyz || "none" in kyrgyz.outcome) throw new Error("nothing came");
  const { outcome } = kyrgyz;
  expect(outcome.statementId).toBe("kg-gray-list-2025-09-11");
  const hundreds = (n: number) => Math.round(n / 100) * 100;
  expect(
    kyrgyz.trials.map(({ firstDay, lastDay, projection: p }) => [
      firstDay,
      lastDay,
      ...[p.value, p.low, p.high].map(hundreds),
      verdictOf(p, outcome),
    ]),
  ).toEqual([
    ["2025-07-25", "2025-08-11", 79_100, 67_400, 86_600, "inside"],
    ["2025-08-12", "2025-09-04", 72_800, 67_600, 77_000, "inside"],
    ["2025-09-05", "2025-09-09", 74_000, 63_500, 78_800, "inside"],
  ]);
  expect(faredOf((september?.countries ?? []).map((c) => c.test))).toEqual({ made: 3, told: 3, inside: 3, outcomes: 1, share: 1 });
});

test("every country bound has its word: none known, too few, open, nothing in time, moved", async () => {
  const [september, april] = await read();
  const told = Object.fromEntries((september?.countries ?? []).map(({ country, test }) => [country, test]));
  expect(Object.keys(told)).toEqual(["ALL", "AM", "AZ", "BY", "KG", "KZ", "MD", "TJ", "UZ"]);
  for (const country of ["AM", "AZ", "BY", "KZ", "MD", "UZ"])
    expect(told[country]).toEqual({ trials: [], refusals: ["no_figure"], outcome: { none: "none_in_time" } });
  expect(told.TJ).toEqual({ trials: [], refusals: ["too_few_neighbours"], outcome: { none: "none_in_time" } });
  expect(told.ALL?.refusals).toContain("open_bound");
  for (const { test } of april?.countries ?? []) expect(test).toMatchObject({ trials: [], outcome: { none: "moved" } });
  expect(april?.replacements.map((d) => d.statementId)).toEqual(["ru-regularisation-2025-09-10"]);
});

test("an extension for some leaves the deadline to the others, and a cancelling is no deadline of its own", async () => {
  const add = async (more: Record<string, unknown>) =>
    accepted(
      await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, deadline({ chain: "ban", measure: "black_list", ...more }), NOW)),
    );
  const first = await add({ countries: ["KG", "UZ"], falls_on: "2025-08-20", source: source("First", { published_on: "2025-06-01" }) });
  const later = await add({
    countries: ["UZ"],
    falls_on: "2026-12-01",
    replaces: first,
    source: source("Later", { published_on: "2025-08-01" }),
  });
  await add({
    countries: ["UZ"],
    falls_on: "2026-12-01",
    cancelled: true,
    replaces: later,
    source: source("None", { published_on: "2026-01-10" }),
  });
  const found = (await read()).filter(({ deadline: { chain } }) => chain === "ban");
  expect(found.map(({ deadline: { statementId } }) => statementId)).toEqual([later, first]);
  const tests = found[1]?.countries ?? [];
  expect(tests.map(({ country }) => country).sort()).toEqual(["KG", "UZ"]);
  expect(tests.find(({ country }) => country === "UZ")?.test.outcome).toEqual({ none: "moved" });
  expect(tests.find(({ country }) => country === "KG")?.test.outcome).toEqual({ none: "none_in_time" });
  expect(found[0]?.replacements[0]?.cancelled).toBe(true);

  const ahead = await add({
    chain: "ahead",
    countries: ["KG", "UZ"],
    falls_on: "2026-12-01",
    source: source("Ahead", { published_on: "2026-01-01" }),
  });
  await add({
    chain: "ahead",
    countries: ["UZ"],
    falls_on: "2026-12-31",
    replaces: ahead,
    source: source("Moved", { published_on: "2026-02-01" }),
  });
  const moved = (await read()).filter(({ deadline: { chain } }) => chain === "ahead");
  expect(moved.map((one) => [one.deadline.statementId, one.countries.map(({ country }) => country)])).toEqual([[ahead, ["UZ"]]]);
});

test("the countries of which something is known of a stock, by vintage", async () => {
  const known = (day: string, recordedAt?: Date) =>
    countriesWith(database.reader, "gray_list", countryCodes, { knownOn: day, ...(recordedAt ? { recordedAt } : {}) });
  expect(await known("2024-01-01")).toEqual([]);
  expect(await known("2025-01-01")).toEqual(["TJ"]);
  expect(await known("2026-06-01")).toEqual(["ALL", "KG", "TJ"]);
  const id = await recorded(database.staff, {
    country: "UZ",
    as_of: "2025-12-01",
    source: source("Uzbeks", { published_on: "2025-12-02" }),
  });
  const before = new Date();
  expect(await known("2026-06-01")).toEqual(["ALL", "KG", "TJ", "UZ"]);
  const change = { statementId: id, replacesRevision: 1, reason: "A slip of ours" };
  accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change)));
  expect(await known("2026-06-01")).toEqual(["ALL", "KG", "TJ"]);
  expect(await known("2026-06-01", before)).toEqual(["ALL", "KG", "TJ", "UZ"]);
});
