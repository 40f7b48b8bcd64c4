import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ExploreRecord, exploreRecord } from "@/app/_server/explore-record";
import { rowsOf } from "@/lib/explore/rules/plotted";
import { READINGS, type View, viewFrom } from "@/lib/explore/rules/view";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure } from "../setup/record";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const NOW = new Date();

beforeAll(async () => {
  database = await freshDatabase();
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

const viewOf = (query: string): View => viewFrom(Object.fromEntries(new URLSearchParams(query)), new Date()).view;
const explored = (query: string) => exploreRecord(database.reader, viewOf(query), new Date());
/** Everything that a page shows of figures, as plain data. */
const shown = ({ plots, latest, thinned }: ExploreRecord) =>
  JSON.stringify([
    plots.map(({ country, refused, ...plot }) => [country, refused, rowsOf({ country, refused, ...plot })]),
    [...latest],
    thinned,
  ]);

test("a link with both dates pinned gives the same figures after corrections, withdrawals and later statements", async () => {
  const pinned = `known=2025-12-31&recorded=${new Date().toISOString()}`;
  await new Promise((resolve) => setTimeout(resolve, 5));
  const queries = READINGS.flatMap((reading) => [`c=kg,tj,all&v=${reading}&${pinned}`, `m=regularised&v=${reading}&${pinned}`]);
  const before = await Promise.all(queries.map(async (query) => shown(await explored(query))));

  const change = (statementId: string) => ({ statementId, replacesRevision: 1, reason: "A slip of ours" });
  const sent = figure({ as_of: "2025-07-01/2025-07-05", value: 114_000, source: { title: "A briefing", published_on: "2025-07-24" } });
  accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change("kg-gray-list-2025-07-01"), sent, NOW)));
  accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change("kg-gray-list-2025-08-12"))));
  const late = figure({ as_of: "2025-06-01", value: 120_000, source: { title: "Found later", published_on: "2025-06-02" } });
  accepted(await act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, late, NOW)));

  expect(await Promise.all(queries.map(async (query) => shown(await explored(query))))).toEqual(before);
  // The same day as the record has it now says what was corrected, and what was entered late.
  const now = shown(await explored("c=kg&known=2025-12-31"));
  expect(now).toContain("114000");
  expect(now).toContain("120000");
  expect(now).not.toContain("kg-gray-list-2025-08-12");
});

test("says what has changed since a day that pins our record", async () => {
  const { since } = await explored(`c=kg&known=2025-12-31&recorded=${NOW.toISOString()}`);
  expect(since?.marks.size).toBe(0);
  const recorded = new Date(Date.now() - 1).toISOString();
  const view = await explored(`c=kg&known=2025-12-31&recorded=${recorded}`);
  accepted(
    await act(database.staff, (tx) =>
      withdrawSnapshot(tx, CENTRAL, { statementId: "kg-gray-list-2025-09-11", replacesRevision: 1, reason: "Said of something else" }),
    ),
  );
  const after = await explored(`c=kg&known=2025-12-31&recorded=${recorded}`);
  expect(shown(after)).toBe(shown(view));
  expect(after.since?.marks.get("kg-gray-list-2025-09-11")).toBe("gone");
});

test("names no country and shows those of which something is known; a country nobody recorded can be asked for", async () => {
  const { plots, countries } = await explored("");
  expect(plots.map(({ country }) => country)).toEqual(["KG", "TJ"]);
  expect(countries).toContain("UZ");
  const { plots: asked } = await explored("c=fr");
  expect(asked).toMatchObject([{ country: "FR", refused: "nothing_known" }]);
  expect((await explored("m=deported")).plots.map(({ country }) => country).length).toBeGreaterThan(0);
});
