import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { knownEvents } from "@/lib/events/read";
import { latestOf, newsDays, outlinesOf, seriesBetween } from "@/lib/explore/read";
import { endOfTrend } from "@/lib/explore/rules/latest";
import { dayIn, endOfDay, MOSCOW, startOfDay } from "@/lib/moments/rules";
import { newestFigure, type Snapshot } from "@/lib/snapshots/rules";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { breaksOf, type Trend, trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { thinned } from "@/lib/trends/rules/thinned";
import type { Vintage } from "@/lib/vintage";
import { COUNTRIES, DAYS, dayAt, type LivelyRecord, livelyRecord, MEASURE, TODAY } from "../setup/lively-record";
import { differences } from "../setup/record";

let record: LivelyRecord;
beforeAll(async () => {
  record = await livelyRecord();
}, 120_000);
afterAll(() => record.database.close());

const ids = (statements: readonly Snapshot[]) => statements.map((s) => `${s.statementId} ${s.revision}`).sort();

const vintage = fc
  .record({ day: fc.integer({ min: -10, max: DAYS + 100 }), pick: fc.option(fc.nat(9), { nil: undefined }) })
  .map(({ day, pick }): Vintage => {
    const recordedAt = pick === undefined ? undefined : record.instants[pick];
    return { knownOn: dayAt(day), ...(recordedAt ? { recordedAt } : {}) };
  });

test("the plain figures that overlap another are noted as the record has them, after everything that was done", async () => {
  expect(await differences(record.database.owner)).toEqual([]);
  const [noted] = await record.database
    .owner`select count(*)::int as n, (select count(*)::int from derived.snapshots) as of from derived.rivals`;
  expect(noted?.n).toBeGreaterThan(30);
  expect(noted?.n).toBeLessThan(noted?.of / 2);
});

describe("what the database keeps of a series", () => {
  test("is what the rule keeps of all of it, in any vintage and any range", async () => {
    const met = { thinned: 0, whole: 0, pinned: 0, otherwise: 0 };
    const now = new Map(record.whole(TODAY).map((s) => [s.statementId, s.revision]));
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
          const all = record.whole(at);
          const events = await knownEvents(record.database.reader, at);
          const found = await seriesBetween(record.database.reader, { countries: asked, measure: MEASURE, from, to, most }, at);
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
    expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(0);
  }, 120_000);

  test("of nothing is nothing", async () => {
    expect((await seriesBetween(record.database.reader, { countries: [], measure: MEASURE, most: 10 }, TODAY)).size).toBe(0);
    expect(await seriesBetween(record.database.reader, { countries: ["AM"], measure: "present", most: 10 }, TODAY)).toEqual(
      new Map([["AM", { statements: [], of: 0 }]]),
    );
  });
});

test("the newest figure of each country, its neighbour and its rivals are those of the whole series, in any vintage", async () => {
  const met = { rivals: 0, parted: 0 };
  await fc.assert(
    fc.asyncProperty(vintage, async (at) => {
      const all = record.whole(at);
      const events = await knownEvents(record.database.reader, at);
      const found = await latestOf(record.database.reader, MEASURE, at);
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

test("the outline of a series, and the end of its trend, have the projection of the whole, and the outline the pieces' ends and the neighbours of the whole, in any vintage", async () => {
  const met = { projected: 0, refused: 0, fewer: 0 };
  await fc.assert(
    fc.asyncProperty(vintage, fc.integer({ min: 1, max: 200 }), async (at, ahead) => {
      const all = record.whole(at);
      const events = await knownEvents(record.database.reader, at);
      const read = await outlinesOf(record.database.reader, { countries: COUNTRIES, measure: MEASURE }, at);
      const latest = await latestOf(record.database.reader, MEASURE, at);
      for (const country of COUNTRIES) {
        const series = all.filter((s) => s.country === country);
        const few = read.get(country) ?? [];
        expect(few.length).toBeLessThanOrEqual(series.length);
        const [whole, thin] = [series, few].map((those) => trendOf(those, breaksOf(events, country, MEASURE))) as [Trend, Trend];
        const ends = ({ pieces }: Trend) => pieces.map((piece) => [...piece.slice(0, 2), ...piece.slice(-2)]);
        expect(ends(thin)).toEqual(ends(whole));
        // A day after the last figure, or nothing would be projected from it.
        const moment = new Date((latest.get(country)?.newest.asOf.to ?? endOfDay(at.knownOn, MOSCOW)).getTime() + 86_400_000);
        const endsAt = new Date(moment.getTime() + ahead * 86_400_000);
        const made = project(whole, endsAt, moment);
        const end = endOfTrend(latest.get(country), breaksOf(events, country, MEASURE));
        expect(project(end, endsAt, moment)).toEqual(made);
        expect(latestNeighbours(end)).toEqual(latestNeighbours(whole));
        expect(project(thin, endsAt, moment)).toEqual(made);
        met["refused" in made ? "refused" : "projected"] += 1;
        if (few.length < series.length) met.fewer += 1;
      }
    }),
    { numRuns: 40 },
  );
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(0);
}, 120_000);

test("the days of news are those on which something became known, up to the vintage's", async () => {
  await fc.assert(
    fc.asyncProperty(vintage, async (at) => {
      const found = await newsDays(record.database.reader, ["KG", "TJ"], MEASURE, at);
      const all = record.known(at).filter((s) => s.country === "KG" || s.country === "TJ");
      const days = new Set(all.map((s) => dayIn(MOSCOW, new Date(s.knownFrom.getTime() - 1))));
      expect(found).toEqual([...days].sort().slice(-400));
      expect(found.filter((day) => day > at.knownOn)).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);
