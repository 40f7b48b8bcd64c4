import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knownEvents } from "@/lib/events/read";
import { latestOf, newsDays, seriesBetween } from "@/lib/explore/read";
import { dayIn, endOfDay, MOSCOW, momentOf, startOfDay } from "@/lib/moments/rules";
import { type SnapshotRow, snapshotOf } from "@/lib/snapshots/rows";
import { newestFigure, type Snapshot } from "@/lib/snapshots/rules";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { thinned } from "@/lib/trends/rules/thinned";
import type { Vintage } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL, differences } from "../setup/record";

const COUNTRIES = ["KG", "TJ", "UZ"];
const MEASURE = "gray_list";
const DAYS = 900;
const BEGIN = Date.UTC(2023, 0, 10);
const TODAY = { knownOn: "2027-01-01" };

const dayAt = (day: number) => dayIn(MOSCOW, new Date(BEGIN + day * 86_400_000));
const instantAt = (quarter: number) => new Date(BEGIN + quarter * 21_600_000).toISOString().replace(/:00\.000Z$/, "Z");

/** One thing done to the record. */
const act = fc.record({
  country: fc.constantFrom(...COUNTRIES),
  quarter: fc.nat(DAYS * 4),
  value: fc.nat(400),
  lag: fc.nat(40),
  pick: fc.nat(),
  says: fc.constantFrom(
    ...Array.from({ length: 40 }, () => "plain" as const),
    "about",
    "between",
    "missing",
    "unchanged",
    "preferred",
    "deprecated",
    "days",
    "early",
    "day",
    "restates",
    "twin",
    "correct",
    "correct",
    "move",
    "withdraw",
    "source",
  ),
});

type Act = { country: string; quarter: number; value: number; lag: number; pick: number; says: string };

let database: FreshDatabase;
/** Instants between the parts of the record, so that each state of it can be asked for again. */
const instants: Date[] = [];

type Columns = Record<string, unknown>;

/** The columns of a statement as one thing done says it. */
function columnsOf({ country, quarter, value, lag, says }: Act): Columns {
  const day = dayAt(Math.floor(quarter / 4));
  const as_of =
    { days: `${day}/${dayAt(Math.floor(quarter / 4) + 5)}`, day, between: day, missing: day, unchanged: day }[says as string] ??
    instantAt(quarter);
  const { from, to } = momentOf(as_of);
  const figure = says !== "missing" && says !== "unchanged";
  return {
    country,
    as_of,
    as_of_from: from,
    as_of_to: to,
    value: figure && says !== "between" ? value : null,
    low: says === "between" ? value : null,
    high: says === "between" ? value + 9 : null,
    qualifier: figure ? (says === "about" || says === "between" ? says : "exact") : null,
    missing_reason: says === "missing" ? "declined" : null,
    unchanged: says === "unchanged",
    rank: says === "preferred" || says === "deprecated" ? says : "normal",
    rank_reason: says === "preferred" || says === "deprecated" ? "x" : null,
    source_id: `source-${says === "early" ? 0 : Math.ceil((quarter / 4 + lag) / 2)}`,
  };
}

async function write(revisions: Columns[]): Promise<void> {
  const common = { reason: "x", recorded_by: "central", published_by: "central", recorded_at: new Date(), measure: MEASURE, warnings: [] };
  await database.owner`
    insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from,
      as_of_to, value, low, high, qualifier, missing_reason, unchanged, rank, rank_reason, restates, source_id)
    select statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, low, high,
      qualifier, missing_reason, unchanged, rank, rank_reason, restates, source_id
    from jsonb_populate_recordset(null::record.snapshots, ${database.owner.json(revisions.map((one) => ({ ...common, ...one })) as never)})`;
}

beforeAll(async () => {
  database = await freshDatabase();
  const { owner } = database;
  await addPeople(database.staff, CENTRAL);
  const source = (name: number, revision: number, day: number) => ({
    statement_id: `source-${name}`,
    revision,
    state: "published",
    reason: "x",
    recorded_by: "central",
    published_by: "central",
    recorded_at: new Date(),
    title: `Source ${name}, ${revision}`,
    published_on: dayAt(day),
    published_from: momentOf(dayAt(day)).from,
    published_to: momentOf(dayAt(day)).to,
  });
  for (let name = 0; name < 480; name += 1) await owner`insert into record.sources ${owner(source(name, 1, name * 2))}`;
  for (const [day, countries] of [
    [300, ["ALL"]],
    [620, ["KG"]],
  ] as const)
    await owner`insert into record.events ${owner({
      statement_id: `break-${day}`,
      revision: 1,
      state: "published",
      recorded_by: "central",
      published_by: "central",
      recorded_at: new Date(),
      happened_on: dayAt(day),
      happened_from: momentOf(dayAt(day)).from,
      happened_to: momentOf(dayAt(day)).to,
      kind: "break",
      countries,
      measures: [MEASURE],
      what: owner.json({ en: "x" }),
      source_id: "source-1",
    } as never)}`;
  const acts = fc.sample(act, { numRuns: 2400, seed: 20260315 });
  const standing: { id: string; revision: number; said: Act; alone: boolean }[] = [];
  const sources = new Map<number, number>();
  let rows: Columns[] = [];
  for (const [index, one] of acts.entries()) {
    const old = standing[one.pick % Math.max(1, standing.length)];
    if (old && (one.says === "correct" || one.says === "move" || one.says === "withdraw")) {
      old.revision += 1;
      const said =
        one.says === "move" && old.alone ? { ...old.said, country: one.country } : { ...old.said, value: one.value, lag: one.lag };
      old.said = said;
      rows.push({
        ...columnsOf(said),
        statement_id: old.id,
        revision: old.revision,
        state: one.says === "withdraw" ? "withdrawn" : "published",
      });
    } else if (one.says === "source") {
      const name = one.pick % 480;
      sources.set(name, (sources.get(name) ?? 1) + 1);
      await write(rows);
      rows = [];
      await owner`insert into record.sources ${owner(source(name, sources.get(name) ?? 1, Math.max(0, name * 2 + one.lag - 15)))}`;
    } else {
      const id = `s-${String(index).padStart(5, "0")}`;
      const said =
        old && (one.says === "twin" || one.says === "restates")
          ? { ...old.said, value: one.value, lag: one.lag, says: "plain" as const }
          : one;
      rows.push({
        ...columnsOf(said),
        statement_id: id,
        revision: 1,
        state: "published",
        restates: old && one.says === "restates" ? old.id : null,
      });
      if (old && one.says === "restates") old.alone = false;
      standing.push({ id, revision: 1, said, alone: one.says !== "restates" });
    }
    if (index % 240 !== 239) continue;
    if (rows.length > 0) await write(rows);
    rows = [];
    await new Promise((resolve) => setTimeout(resolve, 3));
    instants.push(new Date());
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  revisions = [
    ...(await owner<Revision[]>`select *, period_start::text as period_start from record.snapshots order by statement_id, revision`),
  ];
  sourceRevisions = new Map();
  for (const one of await owner<SourceRevision[]>`select * from record.sources order by statement_id, revision`)
    sourceRevisions.set(one.statement_id, [...(sourceRevisions.get(one.statement_id) ?? []), one]);
}, 120_000);
afterAll(() => database.close());

type Revision = SnapshotRow & { state: string; recorded_at: Date };
type SourceRevision = { statement_id: string; recorded_at: Date; published_to: Date; title: string; published_on: string };
let revisions: Revision[];
let sourceRevisions: Map<string, SourceRevision[]>;

/** Every statement known in a vintage as the record itself says: nothing of what is derived has a part in it. */
function known({ knownOn, recordedAt = new Date("2999-01-01") }: Vintage): Snapshot[] {
  const newest = new Map(revisions.filter((row) => row.recorded_at <= recordedAt).map((row) => [row.statement_id, row]));
  return [...newest.values()]
    .filter((row) => row.state === "published")
    .map((row) => {
      const source = sourceRevisions.get(row.source_id)?.findLast((one) => one.recorded_at <= recordedAt);
      if (!source) throw new Error(`no source ${row.source_id}`);
      return {
        ...snapshotOf({ ...row, known_from: source.published_to.toISOString() }),
        source: {
          id: row.source_id,
          title: source.title,
          publisher: null,
          speaker: null,
          speakerRole: null,
          publishedOn: source.published_on,
          url: null,
        },
      };
    })
    .filter((s) => s.knownFrom <= endOfDay(knownOn, MOSCOW));
}

/** Those of them that count: restated by none of the others. */
function whole(vintage: Vintage): Snapshot[] {
  const all = known(vintage);
  const restated = new Set(all.map((s) => s.restates));
  return all.filter((s) => !restated.has(s.statementId));
}

const ids = (statements: readonly Snapshot[]) => statements.map((s) => `${s.statementId} ${s.revision}`).sort();

const vintage = fc
  .record({ day: fc.integer({ min: -10, max: DAYS + 100 }), pick: fc.option(fc.nat(9), { nil: undefined }) })
  .map(({ day, pick }): Vintage => {
    const recordedAt = pick === undefined ? undefined : instants[pick];
    return { knownOn: dayAt(day), ...(recordedAt ? { recordedAt } : {}) };
  });

test("the plain figures that overlap another are noted as the record has them, after everything that was done", async () => {
  expect(await differences(database.owner)).toEqual([]);
  const [noted] = await database.owner`select count(*)::int as n, (select count(*)::int from derived.snapshots) as of from derived.rivals`;
  expect(noted?.n).toBeGreaterThan(30);
  expect(noted?.n).toBeLessThan(noted?.of / 2);
});

describe("what the database keeps of a series", () => {
  test("is what the rule keeps of all of it, in any vintage and any range", async () => {
    const met = { thinned: 0, whole: 0, pinned: 0, otherwise: 0 };
    const now = new Map(whole(TODAY).map((s) => [s.statementId, s.revision]));
    await fc.assert(
      fc.asyncProperty(
        vintage,
        fc.option(fc.integer({ min: -5, max: DAYS }), { nil: undefined }),
        fc.option(fc.integer({ min: 1, max: DAYS }), { nil: undefined }),
        fc.integer({ min: 3, max: 200 }),
        async (at, first, length, most) => {
          const from = first === undefined ? undefined : startOfDay(dayAt(first), MOSCOW);
          const to = length === undefined ? undefined : startOfDay(dayAt((first ?? 100) + length), MOSCOW);
          const asked = ["TJ", "KG", "AM"];
          const all = whole(at);
          const events = await knownEvents(database.reader, at);
          const found = await seriesBetween(database.reader, { countries: asked, measure: MEASURE, from, to, most }, at);
          expect([...found.keys()]).toEqual(asked);
          for (const country of asked) {
            const series = all.filter((s) => s.country === country && (!from || s.asOf.to > from) && (!to || s.asOf.from < to));
            const kept = thinned(series, most, breaksOf(events, country, MEASURE));
            const { statements, of } = found.get(country) ?? { statements: [], of: -1 };
            expect(ids(statements)).toEqual(ids(kept));
            expect(of).toBe(series.length);
            const ends = statements.map((s) => s.asOf.to.getTime());
            expect(ends).toEqual([...ends].sort((a, b) => b - a));
            met[kept.length < series.length ? "thinned" : "whole"] += 1;
            if (at.recordedAt && kept.length < series.length) met.pinned += 1;
            if (kept.length < series.length && kept.some((s) => now.get(s.statementId) !== s.revision)) met.otherwise += 1;
          }
          const kg = found.get("KG")?.statements ?? [];
          const same = new Map(all.map((s) => [s.statementId, s]));
          expect(kg).toEqual(kg.map((s) => same.get(s.statementId)));
        },
      ),
      { numRuns: 80 },
    );
    expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(10);
  }, 120_000);

  test("of nothing is nothing", async () => {
    expect((await seriesBetween(database.reader, { countries: [], measure: MEASURE, most: 10 }, TODAY)).size).toBe(0);
    expect(await seriesBetween(database.reader, { countries: ["AM"], measure: "present", most: 10 }, TODAY)).toEqual(
      new Map([["AM", { statements: [], of: 0 }]]),
    );
  });
});

test("the newest figure of each country, its neighbour and its rivals are those of the whole series, in any vintage", async () => {
  const met = { rivals: 0, parted: 0 };
  await fc.assert(
    fc.asyncProperty(vintage, async (at) => {
      const all = whole(at);
      const events = await knownEvents(database.reader, at);
      const found = await latestOf(database.reader, MEASURE, at);
      for (const country of COUNTRIES) {
        const series = all.filter((s) => s.country === country);
        const newest = newestFigure(series);
        const neighbours = latestNeighbours(trendOf(series, breaksOf(events, country, MEASURE)));
        expect(found.get(country)).toEqual(newest && { newest: newest.figure, before: neighbours?.[0], rivals: newest.rivals });
        if (newest?.rivals.length) met.rivals += 1;
        if (newest && !neighbours) met.parted += 1;
      }
      expect([...found.keys()].every((country) => COUNTRIES.includes(country))).toBe(true);
    }),
    { numRuns: 80 },
  );
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(0);
}, 60_000);

test("the days of news are those on which something became known, up to the vintage's", async () => {
  await fc.assert(
    fc.asyncProperty(vintage, async (at) => {
      const found = await newsDays(database.reader, ["KG", "TJ"], MEASURE, at);
      const all = known(at).filter((s) => s.country === "KG" || s.country === "TJ");
      const days = new Set(all.map((s) => dayIn(MOSCOW, new Date(s.knownFrom.getTime() - 1))));
      expect(found).toEqual([...days].sort().slice(-400));
      expect(found.filter((day) => day > at.knownOn)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);
