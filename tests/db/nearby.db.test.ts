import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countryRecord } from "@/app/_server/country-record";
import { standingsOf } from "@/app/_server/desk-series";
import { knownEvents } from "@/lib/events/read";
import { measureCodes } from "@/lib/measures/rules";
import { dayIn, MOSCOW, startOfDay } from "@/lib/moments/rules";
import { standings } from "@/lib/snapshots/due";
import { historyAround, lastSaid, statementsAround } from "@/lib/snapshots/nearby";
import { statementsOf } from "@/lib/snapshots/read";
import { overlap, type Snapshot } from "@/lib/snapshots/rules";
import { backTest, lastOutcome } from "@/lib/trends/rules/back-test";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { COUNTRIES, DAYS, dayAt, type LivelyRecord, livelyRecord, MEASURE, TODAY } from "../setup/lively-record";

// Series too long to be read whole: what is read of them says the same.

let record: LivelyRecord;
let all: Snapshot[];
beforeAll(async () => {
  record = await livelyRecord();
  all = record.whole(TODAY);
}, 120_000);
afterAll(() => record.database.close());

const ofCountry = (country: string) => all.filter((s) => s.country === country);
const ids = (statements: readonly Snapshot[]) => statements.map(({ statementId }) => statementId).sort();

test("the record has series long enough for this", () => {
  expect(Math.max(...COUNTRIES.map((country) => ofCountry(country).length))).toBeGreaterThan(450);
});

test("a country's page tells newest figure, pace and projection as from all of it, and how many there are", async () => {
  const { reader } = record.database;
  const events = await knownEvents(reader, TODAY);
  let thinned = 0;
  for (const country of COUNTRIES) {
    const { snapshots, of } = await countryRecord(reader, country, TODAY);
    const breaks = breaksOf(events, country, MEASURE);
    const [read, whole] = [snapshots, ofCountry(country)].map((series) =>
      trendOf(
        series.filter((s) => s.measure === MEASURE),
        breaks,
      ),
    ) as [ReturnType<typeof trendOf>, ReturnType<typeof trendOf>];
    expect(latestNeighbours(read)).toEqual(latestNeighbours(whole));
    const last = whole.pieces.at(-1)?.at(-1)?.asOf.to ?? new Date();
    const endsAt = new Date(last.getTime() + 40 * 86_400_000);
    expect(project(read, endsAt, last)).toEqual(project(whole, endsAt, last));
    const many = ofCountry(country).filter((s) => s.measure === MEASURE).length;
    if (of.has(MEASURE)) thinned += 1;
    expect(of.get(MEASURE) ?? snapshots.filter((s) => s.measure === MEASURE).length).toBe(many);
  }
  expect(thinned).toBeGreaterThan(0);
});

test("the desk tells how every series stands as from all of it", async () => {
  const countries = [...COUNTRIES, "AM"];
  const now = startOfDay(TODAY.knownOn, MOSCOW);
  const told = (those: ReturnType<typeof standings>) =>
    those.map(({ country, measure, newest, asked, due }) => [country, measure, newest?.statementId, asked?.asOf.to, due]);
  expect(told(await standingsOf(record.database.staff, countries, now))).toEqual(
    told(standings(countries, measureCodes, record.whole({ knownOn: dayIn(MOSCOW, now) }), now)),
  );
  expect(await lastSaid(record.database.reader, ["AM"], measureCodes, TODAY)).toEqual([]);
});

test("what a statement is measured by has the nearest on both sides, what overlaps it, and itself", async () => {
  let left = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...COUNTRIES),
      fc.integer({ min: -20, max: DAYS + 20 }),
      fc.constantFrom(0, 1, 9),
      fc.nat(),
      async (country, day, long, pick) => {
        const [from, to] = [startOfDay(dayAt(day), MOSCOW), startOfDay(dayAt(day + long), MOSCOW)];
        const whole = ofCountry(country);
        const own = whole[pick % whole.length] as Snapshot;
        const near = await historyAround(record.database.reader, country, { from, to }, TODAY, [own.statementId]);
        const has = new Set(ids(near));
        expect(has.size).toBe(near.length);
        expect(has).toContain(own.statementId);
        for (const one of near) expect(whole).toContainEqual(one);
        for (const measure of measureCodes) {
          const series = whole.filter((s) => s.measure === measure).sort((a, b) => b.asOf.to.getTime() - a.asOf.to.getTime());
          // 200 rows of which some may not count: restated ones.
          const before = series.filter((s) => s.asOf.to <= from).slice(0, 150);
          const after = series.filter((s) => s.asOf.from >= to && s.asOf.to > to).slice(-150);
          const beside = series.filter((s) => overlap(s.asOf, { ...own.asOf, from, to }));
          for (const one of [...before, ...after, ...beside]) expect(has, `${one.statementId} ${one.asOf.text}`).toContain(one.statementId);
        }
        left += whole.length - near.length;
      },
    ),
    { numRuns: 25 },
  );
  expect(left).toBeGreaterThan(0);
}, 90_000);

test("a past deadline is tried as with all of it", async () => {
  const { reader } = record.database;
  const events = await knownEvents(reader, TODAY);
  let [left, trials] = [0, 0];
  const whole = new Map(
    await Promise.all(COUNTRIES.map(async (country) => [country, await statementsOf(reader, country, MEASURE, TODAY)] as const)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...COUNTRIES),
      fc.integer({ min: 5, max: DAYS }),
      fc.integer({ min: 1, max: 90 }),
      async (country, day, days) => {
        const [knownFrom, endsAt] = [startOfDay(dayAt(day), MOSCOW), startOfDay(dayAt(day + days), MOSCOW)];
        const breaks = breaksOf(events, country, MEASURE);
        const tried = (series: readonly Snapshot[]) => backTest(series, { knownFrom, endsAt }, (known) => trendOf(known, breaks));
        const series = whole.get(country) ?? [];
        const around = await statementsAround(reader, country, MEASURE, { knownFrom, to: lastOutcome(endsAt) }, TODAY);
        expect(tried(around)).toEqual(tried(series));
        left += series.length - around.length;
        trials += tried(around).trials.length;
      },
    ),
    { numRuns: 25 },
  );
  expect(left).toBeGreaterThan(0);
  expect(trials).toBeGreaterThan(0);
}, 90_000);
