import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayIn, MOSCOW, momentOf } from "@/lib/moments/rules";
import type { Figure, Snapshot } from "@/lib/snapshots/rules";
import { type BackTest, backTest, faredOf, knownBy, type Trial, verdictOf } from "@/lib/trends/rules/back-test";
import { trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { figureOf, knownOn } from "../snapshots/statements";

const toTrend = (known: readonly Snapshot[]) => trendOf(known, []);
const endOf = (day: string) => momentOf(day).to;
const deadline = { endsAt: endOf("2025-09-10"), knownFrom: endOf("2025-05-16") };
const first = figureOf("2025-07-01", 113_000, knownOn("2025-07-24"));
const second = figureOf("2025-07-22", 103_000, knownOn("2025-07-25"));
const outcome = figureOf("2025-09-11", 73_278, knownOn("2025-09-11"));
const days = ({ trials }: BackTest) => trials.map(({ firstDay, lastDay }) => [firstDay, lastDay]);

describe("the days on which a projection could be made", () => {
  test("last until the figure is 30 days old", () => {
    expect(days(backTest([first, second, outcome], deadline, toTrend))).toEqual([["2025-07-25", "2025-08-21"]]);
  });

  test("last until the next figure became known, and one that stands behind changes nothing", () => {
    const third = figureOf("2025-08-12", 91_000, knownOn("2025-08-14"));
    const behind = figureOf("2025-08-12", 80_000, { ...knownOn("2025-08-20"), rank: "deprecated" });
    const tried = backTest([first, second, third, behind, outcome], deadline, toTrend);
    expect(days(tried)).toEqual([
      ["2025-07-25", "2025-08-13"],
      ["2025-08-14", "2025-09-09"],
    ]);
  });

  test("end before the last day of the deadline, and a figure known on that day makes none", () => {
    const late = [figureOf("2025-08-20", 90_000, knownOn("2025-08-21")), figureOf("2025-09-08", 80_000, knownOn("2025-09-09"))];
    const last = figureOf("2025-09-09", 78_000, knownOn("2025-09-10"));
    expect(days(backTest([...late, last, outcome], deadline, toTrend))).toEqual([["2025-09-09", "2025-09-09"]]);
  });

  test("end before the day on which the deadline was replaced", () => {
    const replaced = { ...deadline, replacedFrom: endOf("2025-08-01"), movedFrom: momentOf("2025-08-01").from };
    expect(days(backTest([first, second, outcome], replaced, toTrend))).toEqual([["2025-07-25", "2025-07-31"]]);
    expect(days(backTest([first, second, outcome], { ...replaced, replacedFrom: second.knownFrom }, toTrend))).toEqual([]);
  });

  test("are exactly those on which the page of that day projects the same", () => {
    const day = (n: number) => dayIn(MOSCOW, new Date(endOf("2025-05-01").getTime() + n * 86_400_000));
    const said = fc.record({
      about: fc.nat(150),
      length: fc.oneof(fc.constant(0), fc.nat(20)),
      later: fc.nat(40),
      value: fc.integer({ min: 1, max: 200 }),
      rank: fc.constantFrom("normal", "normal", "preferred", "deprecated"),
    });
    let met = 0;
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), (told) => {
        const series = told.map(({ about, length, later, value, rank }) =>
          figureOf(length === 0 ? day(about) : `${day(about)}/${day(about + length)}`, value * 1000, {
            ...knownOn(day(about + length + later)),
            rank,
          }),
        );
        const { trials } = backTest(series, deadline, toTrend);
        for (let n = 15; n < 132; n += 1) {
          const at = endOf(day(n));
          const projected =
            at >= deadline.knownFrom && at < deadline.endsAt ? project(toTrend(knownBy(series, at)), deadline.endsAt, at) : undefined;
          const tried = trials.filter(({ firstDay, lastDay }) => firstDay <= day(n) && day(n) <= lastDay);
          expect(tried.map(({ projection }) => projection)).toEqual(projected && !("refused" in projected) ? [projected] : []);
          met += tried.length;
        }
      }),
      { numRuns: 60, seed: 20250910 },
    );
    expect(met).toBeGreaterThan(30);
  });
});

describe("what there is none of, and why", () => {
  test.each([
    ["no figure was known", [outcome], ["no_figure"]],
    ["one figure was known", [first, outcome], ["no_figure", "too_few_neighbours"]],
    [
      "both were old when they became known",
      [figureOf("2025-05-20", 5, knownOn("2025-08-01")), figureOf("2025-06-01", 4, knownOn("2025-08-01")), outcome],
      ["no_figure", "figure_too_old"],
    ],
    [
      "one is open on a side",
      [first, figureOf("2025-07-22", { qualifier: "more_than", value: 9 }, knownOn("2025-07-25")), outcome],
      ["no_figure", "too_few_neighbours", "open_bound"],
    ],
  ] as const)("%s", (_what, series, refusals) => {
    const tried = backTest(series, deadline, toTrend);
    expect(tried).toEqual({ trials: [], refusals, outcome });
  });

  test("a deadline that nobody knew before its last day", () => {
    expect(backTest([first, second, outcome], { ...deadline, knownFrom: endOf("2025-09-10") }, toTrend)).toEqual({
      trials: [],
      refusals: [],
      outcome,
    });
  });

  test("no figure within 14 days, and one on the fourteenth", () => {
    const came = (day: string) => backTest([figureOf(day, 1, knownOn(day))], deadline, toTrend).outcome;
    expect(came("2025-09-25")).toEqual({ none: "none_in_time" });
    expect(came("2025-09-24")).toMatchObject({ answer: { figure: { value: 1 } } });
    expect(came("2025-09-10")).toMatchObject({ answer: { figure: { value: 1 } } });
    expect(came("2025-09-09")).toEqual({ none: "none_in_time" });
  });

  test("what came is the first in front of the whole series that ends in these days, however figures hang together", () => {
    const day = (n: number) => dayIn(MOSCOW, new Date(endOf("2025-08-15").getTime() + n * 86_400_000));
    const said = fc.record({
      about: fc.nat(60),
      length: fc.integer({ min: 1, max: 25 }),
      rank: fc.constantFrom("normal", "preferred", "deprecated"),
    });
    let met = 0;
    fc.assert(
      fc.property(fc.array(said, { maxLength: 8 }), (told) => {
        const series = told.map(({ about, length, rank }) =>
          figureOf(`${day(about)}/${day(about + length)}`, 1, { rank, ...knownOn(day(about)) }),
        );
        const [first] = toTrend(series)
          .pieces.flat()
          .filter(({ asOf: { to } }) => to >= deadline.endsAt && to <= endOf("2025-09-24"));
        expect(backTest(series, deadline, toTrend).outcome).toEqual(first ?? { none: "none_in_time" });
        if (first) met += 1;
      }),
      { numRuns: 100, seed: 20250911 },
    );
    expect(met).toBeGreaterThan(5);
  });

  test("a deadline moved before it came has no outcome of its own; one moved afterwards has", () => {
    const moved = (movedFrom: string) =>
      backTest([first, outcome], { ...deadline, replacedFrom: endOf("2025-10-01"), movedFrom: momentOf(movedFrom).from }, toTrend).outcome;
    expect(moved("2025-09-10")).toEqual({ none: "moved" });
    expect(moved("2025-09-11")).toBe(outcome);
  });
});

describe("a band held against what came", () => {
  const band = { low: 100, high: 200 };
  const cases: [Figure, string][] = [
    [{ qualifier: "exact", value: 100 }, "inside"],
    [{ qualifier: "exact", value: 200 }, "inside"],
    [{ qualifier: "exact", value: 99 }, "outside"],
    [{ qualifier: "exact", value: 201 }, "outside"],
    [{ qualifier: "about", value: 150 }, "inside"],
    [{ qualifier: "about", value: 200 }, "undecided"],
    [{ qualifier: "between", low: 50, high: 120 }, "undecided"],
    [{ qualifier: "between", low: 201, high: 220 }, "outside"],
    [{ qualifier: "more_than", value: 150 }, "undecided"],
    [{ qualifier: "more_than", value: 201 }, "outside"],
    [{ qualifier: "less_than", value: 150 }, "undecided"],
    [{ qualifier: "less_than", value: 99 }, "outside"],
  ];
  test.each(cases)("%j: %s", (figure, verdict) => {
    expect(verdictOf(band, figureOf("2025-09-11", figure))).toBe(verdict);
  });
});

describe("how they fared together", () => {
  const trial = (low: number, high: number) => ({ firstDay: "2025-07-25", lastDay: "2025-07-26", projection: { low, high } }) as Trial;
  const tried = (trials: Trial[], came: BackTest["outcome"]): BackTest => ({ trials, refusals: [], outcome: came });
  const exact = (value: number) => figureOf("2025-09-11", value);

  test("counts what was made, what could be told, what lay inside, and the figures that tell it", () => {
    const vague = figureOf("2025-09-11", { qualifier: "more_than", value: 5 });
    const tests = [
      tried([trial(0, 10), trial(0, 3), trial(4, 6)], exact(5)),
      tried([trial(0, 10)], vague),
      tried([trial(0, 10)], { none: "none_in_time" }),
      tried([], exact(5)),
    ];
    expect(faredOf(tests)).toEqual({ made: 5, told: 3, inside: 2, outcomes: 1, share: 2 / 3 });
  });

  test("gives no share where nothing could be told", () => {
    expect(faredOf([])).toEqual({ made: 0, told: 0, inside: 0, outcomes: 0 });
    expect(faredOf([tried([trial(0, 1)], { none: "moved" })])).toEqual({ made: 1, told: 0, inside: 0, outcomes: 0 });
  });

  test("is the same in any order, and never more inside than told, nor more told than made", () => {
    const bands = fc.array(
      fc.tuple(fc.nat(9), fc.nat(9)).map(([low, more]) => trial(low, low + more)),
      { maxLength: 4 },
    );
    const came = fc.oneof(fc.nat(20).map(exact), fc.constant({ none: "none_in_time" as const }));
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(bands, came).map(([trials, one]) => tried(trials, one)),
          { maxLength: 6 },
        ),
        (tests) => {
          const fared = faredOf(tests);
          expect(faredOf([...tests].reverse())).toEqual(fared);
          expect(fared.inside).toBeLessThanOrEqual(fared.told);
          expect(fared.told).toBeLessThanOrEqual(fared.made);
          expect(fared.share).toBe(fared.told > 0 ? fared.inside / fared.told : undefined);
        },
      ),
    );
  });
});
