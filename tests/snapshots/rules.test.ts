import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf } from "@/lib/moments/rules";
import { answerOf, byRank, frontOf, hasFigure, newestFigure, overlap, type Snapshot } from "@/lib/snapshots/rules";
import { figureOf, knownOn, noFigureOf, unchangedAt } from "./statements";

describe("two statements are rivals where their spans overlap", () => {
  test.each([
    ["2025-07-01/2025-07-05", "2025-07-05", true],
    ["2025-07-01/2025-07-05", "2025-07-06", false],
    ["2025-07-05", "2025-07-05", true],
    ["2025-07", "2025-08", false],
    ["2025-07", "2025-07-31", true],
    ["2025", "2025-07", true],
    ["2025-07-05T23:59+03:00", "2025-07-05", true],
    ["2025-07-06T00:00+03:00", "2025-07-05", false],
    // Midnight in Moscow is three o'clock in Bishkek.
    ["2025-07-06T02:59+06:00", "2025-07-05", true],
  ])("%s and %s: %s", (a, b, expected) => {
    expect(overlap(momentOf(a), momentOf(b))).toBe(expected);
    expect(overlap(momentOf(b), momentOf(a))).toBe(expected);
  });
});

describe("what stands in front", () => {
  /** The rule as it is written: each figure, the best ranked first, where none that stands already overlaps it. */
  function asWritten(series: readonly Snapshot[]): Snapshot[] {
    const front: Snapshot[] = [];
    for (const one of [...series]
      .filter(hasFigure)
      .filter(({ rank }) => rank !== "deprecated")
      .sort(byRank))
      if (!front.some((other) => overlap(other.asOf, one.asOf))) front.push(one);
    return front.sort((a, b) => Number(a.asOf.from) - Number(b.asOf.from));
  }
  const day = (number: number) => new Date(Date.UTC(2025, 0, 1 + number)).toISOString().slice(0, 10);
  const moment = fc.oneof(
    fc.nat(120).map(day),
    fc.tuple(fc.nat(110), fc.integer({ min: 1, max: 30 })).map(([from, days]) => `${day(from)}/${day(from + days)}`),
    fc.constantFrom("2025-01", "2025-02", "2025-03", "2025"),
  );
  const figures = fc.array(
    fc.record({ asOf: moment, rank: fc.constantFrom("preferred", "normal", "normal", "deprecated"), known: fc.nat(300).map(day) }),
    { maxLength: 60 },
  );

  test("is found as the rule is written, whatever overlaps what", () => {
    fc.assert(
      fc.property(figures, (said) => {
        const series = said.map(({ asOf, rank, known }) => figureOf(asOf, 1, { rank: rank as "normal", ...knownOn(known) }));
        expect(frontOf(series)).toEqual(asWritten(series));
      }),
      { numRuns: 500 },
    );
  });

  test("of a figure every six hours for years is found in the time of a blink", () => {
    const series = Array.from({ length: 10_000 }, (_, number) => {
      const instant = new Date(Date.UTC(2019, 0, 1, number * 6)).toISOString().replace(".000Z", "Z");
      return figureOf(instant, number, knownOn("2026-01-01"));
    });
    const began = performance.now();
    expect(frontOf(series)).toHaveLength(10_000);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe("the newest figure", () => {
  test("of a series without figures is none", () => {
    expect(newestFigure([])).toBeUndefined();
    expect(newestFigure([noFigureOf("2026-01"), unchangedAt("2026-02-01")])).toBeUndefined();
    expect(newestFigure([figureOf("2026-01", 1, { rank: "deprecated" })])).toBeUndefined();
  });

  test("is the one whose span ends last, whatever was known when", () => {
    const [old, newer] = [figureOf("2025-12-19", 35_000, knownOn("2026-02-01")), figureOf("2026-01-15", 34_786, knownOn("2026-01-16"))];
    expect(newestFigure([newer, old, noFigureOf("2026-02-01")])).toEqual({ figure: newer, rivals: [] });
  });

  test("of two that end together is about the shorter span, with the other beside it", () => {
    const [day, month] = [figureOf("2025-07-31", 2, knownOn("2025-08-05")), figureOf("2025-07", 1, knownOn("2025-08-01"))];
    expect(newestFigure([month, day])).toEqual({ figure: day, rivals: [month] });
  });

  test("gives way to a preferred one about an overlapping span, and stands beside it", () => {
    const preferred = figureOf("2025-11", 128_497, { rank: "preferred", ...knownOn("2025-12-01") });
    const later = figureOf("2025-11-30", 124_000, knownOn("2025-12-20"));
    expect(newestFigure([later, preferred])).toEqual({ figure: preferred, rivals: [later] });
  });

  test("does not give way to a preferred one about an earlier span", () => {
    const [preferred, later] = [figureOf("2025-10", 1, { rank: "preferred" }), figureOf("2025-11", 2)];
    expect(newestFigure([preferred, later])).toEqual({ figure: later, rivals: [] });
  });

  test("among equal ranks is the one known later", () => {
    const [first, second] = [figureOf("2025-11-20", 124_000, knownOn("2025-12-01")), figureOf("2025-11", 128_000, knownOn("2025-12-02"))];
    expect(newestFigure([first, second])).toEqual({ figure: second, rivals: [first] });
  });

  test("is never a deprecated one, which stands last among its rivals", () => {
    const deprecated = figureOf("2025-11-30", 3, { rank: "deprecated", ...knownOn("2026-01-10") });
    const rival = figureOf("2025-11-15", 2, knownOn("2025-12-01"));
    const figure = figureOf("2025-11", 1, { rank: "preferred" });
    expect(newestFigure([deprecated, figure, rival])).toEqual({ figure, rivals: [rival, deprecated] });
  });

  test("has no rival that only touches its span", () => {
    const [before, figure] = [figureOf("2025-07-01/2025-07-05", 1), figureOf("2025-07-06", 2)];
    expect(newestFigure([before, figure])).toEqual({ figure, rivals: [] });
  });

  const series = fc.array(
    fc
      .record({
        day: fc.integer({ min: 1, max: 28 }),
        length: fc.integer({ min: 0, max: 3 }),
        rank: fc.constantFrom("preferred" as const, "normal" as const, "deprecated" as const),
        known: fc.integer({ min: 1, max: 28 }),
        says: fc.constantFrom("figure", "figure", "figure", "missing", "unchanged"),
      })
      .map(({ day, length, rank, known, says }): Snapshot => {
        const [first, last] = [day, Math.min(28, day + length)].map((d) => `2025-02-${String(d).padStart(2, "0")}`);
        const asOf = first === last ? `${first}` : `${first}/${last}`;
        const told = { rank, ...knownOn(`2025-03-${String(known).padStart(2, "0")}`) };
        return says === "figure"
          ? figureOf(asOf, day, told)
          : says === "missing"
            ? noFigureOf(asOf, "declined", told)
            : unchangedAt(asOf, told);
      }),
    { maxLength: 12 },
  );

  test("is the same in whatever order the series comes, and its rivals are all that overlap it", () => {
    fc.assert(
      fc.property(series, fc.infiniteStream(fc.nat()), (statements, dice) => {
        const shuffled = statements
          .map((s) => ({ s, at: dice.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ s }) => s);
        const newest = newestFigure(statements);
        expect(newestFigure(shuffled)).toEqual(newest);
        const usable = statements.filter((s) => hasFigure(s) && s.rank !== "deprecated");
        expect(newest === undefined).toBe(usable.length === 0);
        if (!newest) return;
        expect(newest.figure.rank).not.toBe("deprecated");
        const beside = statements.filter((s) => hasFigure(s) && s !== newest.figure && overlap(s.asOf, newest.figure.asOf));
        expect(new Set(newest.rivals)).toEqual(new Set(beside));
        expect(newest.rivals).toEqual([...beside].sort(byRank));
        const last = Math.max(...usable.map((s) => s.asOf.to.getTime()));
        expect([newest.figure, ...newest.rivals].some((s) => s.asOf.to.getTime() === last && s.rank !== "deprecated")).toBe(true);
      }),
    );
  });
});

test("the better ranked stand first, among equals the one known later, then by name", () => {
  const late = figureOf("2025-07", 1, knownOn("2025-08-10"));
  const alsoLate = figureOf("2025-07", 2, knownOn("2025-08-10"));
  const early = figureOf("2025-07", 3, knownOn("2025-08-01"));
  const preferred = figureOf("2025-07", 4, { rank: "preferred", ...knownOn("2025-07-31") });
  const deprecated = figureOf("2025-07", 5, { rank: "deprecated", ...knownOn("2025-09-01") });
  expect([deprecated, early, alsoLate, late, preferred].sort(byRank)).toEqual([preferred, late, alsoLate, early, deprecated]);
});

describe("an answer is read from its columns", () => {
  const none = {
    value: null,
    low: null,
    high: null,
    qualifier: null,
    wording: null,
    missingReason: null,
    unchanged: false,
    childrenShare: null,
  };

  test.each([
    [
      "a figure",
      { ...none, value: 113_000, qualifier: "about", wording: "some 113,000", childrenShare: 0.3 },
      { kind: "figure", figure: { qualifier: "about", value: 113_000 }, wording: "some 113,000", childrenShare: 0.3 },
    ],
    [
      "zero",
      { ...none, value: 0, qualifier: "exact" },
      { kind: "figure", figure: { qualifier: "exact", value: 0 }, wording: null, childrenShare: null },
    ],
    [
      "between",
      { ...none, low: 1, high: 2, qualifier: "between" },
      { kind: "figure", figure: { qualifier: "between", low: 1, high: 2 }, wording: null, childrenShare: null },
    ],
    ["no figure", { ...none, missingReason: "declined" }, { kind: "missing", reason: "declined" }],
    ["no change", { ...none, unchanged: true }, { kind: "unchanged" }],
  ])("%s", (_what, row, answer) => {
    expect(answerOf(row)).toEqual(answer);
  });
});
