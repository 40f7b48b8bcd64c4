import fc from "fast-check";
import { expect, test } from "vitest";
import { byRank, type FigureSnapshot, frontOf, overlap, RANKS } from "@/lib/snapshots/rules";
import { standingOf } from "@/lib/snapshots/standing";
import { figureOf, knownOn } from "./statements";

const early = figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26"));
const late = figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30"));

test("among equals the one known later stands in front, seen from either", () => {
  const why = { code: "known_later", front: late.knownFrom, other: early.knownFrom };
  expect(standingOf(early, [early, late])).toMatchObject({ rivals: [late], front: late, why });
  expect(standingOf(late, [early, late])).toMatchObject({ rivals: [early], front: late, why });
});

test("the better rank stands in front, whenever it became known", () => {
  const preferred = { ...early, rank: "preferred" as const };
  expect(standingOf(late, [preferred, late])).toMatchObject({ front: preferred, why: { code: "rank" } });
  expect(standingOf(preferred, [preferred, late])).toMatchObject({ front: preferred, why: { code: "rank" } });
});

test("what is set aside never stands in front, not even alone", () => {
  const aside = { ...late, rank: "deprecated" as const };
  expect(standingOf(aside, [aside])).toMatchObject({ rivals: [], front: undefined, why: undefined });
  expect(standingOf(early, [early, aside])).toMatchObject({ front: early, why: { code: "others_aside" } });
  expect(standingOf(aside, [early, aside])).toMatchObject({ front: early, why: { code: "rank" } });
});

test("of figures known at one time the order of names decides", () => {
  const twin = figureOf("2025-11", 5, knownOn("2025-12-26"));
  expect(standingOf(twin, [twin, early])).toMatchObject({ front: early, why: { code: "name" } });
});

test("one that stands behind a third makes way", () => {
  const month = figureOf("2025-11", 1, knownOn("2025-12-01"));
  const both = figureOf("2025-11-15/2025-12-15", 2, knownOn("2025-12-20"));
  const december = figureOf("2025-12", 3, knownOn("2026-01-01"));
  expect(standingOf(month, [month, both, december])).toMatchObject({ rivals: [both], front: month, why: { code: "other_yields" } });
});

test("with no other about its time there is nothing to say", () => {
  expect(standingOf(early, [early, figureOf("2025-12", 1)])).toMatchObject({ rivals: [], front: early, why: undefined });
});

test("says in front exactly what the series has in front", () => {
  const day = (n: number) => `2025-11-${String(n + 1).padStart(2, "0")}`;
  const told = fc.record({ from: fc.nat(20), length: fc.integer({ min: 1, max: 8 }), rank: fc.constantFrom(...RANKS), known: fc.nat(5) });
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 7 }), (all) => {
      const series = all.map(({ from, length, rank, known }) =>
        figureOf(`${day(from)}/${day(from + length)}`, 1, { rank, ...knownOn(day(known)) }),
      );
      const front = new Set(frontOf(series));
      for (const of of series) {
        const standing = standingOf(of, series);
        if (front.has(of)) expect(standing.front).toBe(of);
        else
          expect(standing.front === undefined ? of.rank : front.has(standing.front)).toBe(
            standing.front === undefined ? "deprecated" : true,
          );
        expect(standing.why === undefined).toBe(standing.rivals.length === 0 || standing.front === undefined);
      }
    }),
  );
});

/** The rule as it is written: each in its turn, unless one that is in front already is about its time. */
function frontByTheLetter(series: readonly FigureSnapshot[]): Set<FigureSnapshot> {
  const front: FigureSnapshot[] = [];
  for (const figure of series.filter(({ rank }) => rank !== "deprecated").sort(byRank))
    if (!front.some((one) => overlap(one.asOf, figure.asOf))) front.push(figure);
  return new Set(front);
}

test("stands in front what the rule says, oldest first, however spans lie", () => {
  const day = (n: number) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10);
  const told = fc.record({ from: fc.nat(60), length: fc.integer({ min: 0, max: 20 }), rank: fc.constantFrom(...RANKS), known: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(told, { maxLength: 40 }), (all) => {
      const series = all.map(({ from, length, rank, known }) =>
        figureOf(length ? `${day(from)}/${day(from + length)}` : day(from), 1, { rank, ...knownOn(day(90 + known)) }),
      );
      const front = frontOf(series);
      expect(new Set(front)).toEqual(frontByTheLetter(series));
      expect(front.every((one, index) => index === 0 || (front[index - 1] as FigureSnapshot).asOf.to <= one.asOf.from)).toBe(true);
    }),
  );
});

test("of 30,000 figures is found in a moment", () => {
  const begins = Date.UTC(1950, 0, 1);
  const series = Array.from({ length: 30_000 }, (_, n) => {
    const day = new Date(begins + n * 86_400_000).toISOString().slice(0, 10);
    return figureOf(day, n, knownOn(day));
  });
  const began = performance.now();
  expect(frontOf(series)).toHaveLength(30_000);
  // Each held against each would take half a minute.
  expect(performance.now() - began).toBeLessThan(5000);
});
