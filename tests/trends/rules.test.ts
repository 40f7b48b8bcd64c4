import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import { byRank, type Figure, hasFigure, overlap, type Snapshot } from "@/lib/snapshots/rules";
import { boundsOf, centreOf, drawnAt } from "@/lib/trends/rules/bounds";
import { breaksOf, gapBetween, trendOf } from "@/lib/trends/rules/pieces";
import { figureOf, knownOn, noFigureOf, unchangedAt } from "../snapshots/statements";

const about = (value: number): Figure => ({ qualifier: "about", value });

const breakOn = (day: string, told: Partial<Event> = {}): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(day),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: { en: "Another thing is counted" },
  source: { id: "source", title: "Somewhere", url: null },
  ...told,
});

describe("the bounds of a figure", () => {
  test.each<[string, Figure, number | null, number | null]>([
    ["about 113,000", about(113_000), 112_500, 113_500],
    ["about 80,000", about(80_000), 75_000, 85_000],
    ["about 670,000", about(670_000), 665_000, 675_000],
    ["about 103,000", about(103_000), 102_500, 103_500],
    ["about 100,000", about(100_000), 50_000, 150_000],
    ["about 7", about(7), 6.5, 7.5],
    ["about 0", about(0), 0, 0],
    ["exactly 34,786", { qualifier: "exact", value: 34_786 }, 34_786, 34_786],
    ["exactly 0", { qualifier: "exact", value: 0 }, 0, 0],
    ["more than 800,000", { qualifier: "more_than", value: 800_000 }, 800_000, null],
    ["less than 772,000", { qualifier: "less_than", value: 772_000 }, null, 772_000],
    ["between 110,000 and 115,000", { qualifier: "between", low: 110_000, high: 115_000 }, 110_000, 115_000],
  ])("%s", (_what, figure, low, high) => {
    expect(boundsOf(figure)).toEqual({ low, high });
  });

  test("of “about” reach half the place of its last digit that is not zero to either side", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 4 }), (digits, zeros) => {
        fc.pre(digits % 10 !== 0);
        const value = Number(`${digits}${"0".repeat(zeros)}`);
        const half = Number(`5${"0".repeat(zeros)}`) / 10;
        expect(boundsOf(about(value))).toEqual({ low: value - half, high: value + half });
      }),
    );
  });
});

test.each<[string, Figure, number]>([
  ["as said", about(113_000), 113_000],
  ["where it begins to be true", { qualifier: "more_than", value: 800_000 }, 800_000],
  ["in the middle of “between”", { qualifier: "between", low: 110_000, high: 115_000 }, 112_500],
])("a figure is drawn %s", (_where, figure, at) => {
  expect(drawnAt(figure)).toBe(at);
});

test.each([
  ["2025-07-01/2025-07-05", "2025-07-03T09:00:00.000Z"],
  ["2025-07-22/2025-07-25", "2025-07-23T21:00:00.000Z"],
  ["2025-09-10", "2025-09-10T09:00:00.000Z"],
  ["2025-09-10T12:00+03:00", "2025-09-10T09:00:30.000Z"],
])("the centre of %s is %s", (asOf, centre) => {
  expect(centreOf(figureOf(asOf, 1)).toISOString()).toBe(centre);
});

describe("the breaks of a count", () => {
  const events = [
    breakOn("2025-02-05"),
    breakOn("2025-03-01", { kind: "law" }),
    breakOn("2025-03-02", { kind: "context" }),
    breakOn("2025-04-01", { countries: ["TJ"] }),
    breakOn("2025-05-01", { measures: ["black_list", "present"] }),
  ];

  test.each([
    ["KG", "gray_list", ["2025-02-05"]],
    ["TJ", "gray_list", ["2025-02-05", "2025-04-01"]],
    ["ALL", "gray_list", ["2025-02-05"]],
    ["KG", "black_list", ["2025-05-01"]],
    ["KG", "left", []],
  ] as const)("of %s, %s", (country, measure, days) => {
    expect(breaksOf(events, country, measure).map((e) => e.happenedOn.text)).toEqual(days);
  });
});

describe("a trend", () => {
  const drawn = (series: Snapshot[], breaks: Event[] = []) => {
    const { pieces, rivals } = trendOf(series, breaks);
    return {
      pieces: pieces.map((piece) => piece.map((s) => drawnAt(s.answer.figure))),
      rivals: rivals.map((s) => drawnAt(s.answer.figure)),
    };
  };

  test("joins the figures of a series in the order of their moments", () => {
    const series = [figureOf("2025-09-11", 73_278), figureOf("2025-07-01/2025-07-05", 113_000), figureOf("2025-07-22/2025-07-25", 103_000)];
    expect(drawn(series)).toEqual({ pieces: [[113_000, 103_000, 73_278]], rivals: [] });
    expect(drawn([])).toEqual({ pieces: [], rivals: [] });
  });

  test("is cut at a break, and a figure of the break's own day belongs to what came after", () => {
    const series = [
      figureOf("2025-02-01/2025-02-04", 670),
      figureOf("2025-02-05", 70),
      figureOf("2025-03", 685),
      figureOf("2025-06-03", 772),
    ];
    expect(drawn(series, [breakOn("2025-02-05")])).toEqual({ pieces: [[670], [70, 685, 772]], rivals: [] });
  });

  test("leaves alone a figure whose span crosses a break", () => {
    const series = [figureOf("2025-01-15", 1), figureOf("2025-02", 2), figureOf("2025-03-15", 3), figureOf("2025-04-15", 4)];
    expect(drawn(series, [breakOn("2025-02-05")])).toEqual({ pieces: [[1], [2], [3, 4]], rivals: [] });
  });

  test("has a gap where an entry says that there was no figure, not where one says that nothing changed", () => {
    const [july, august, october] = [figureOf("2025-07", 1), figureOf("2025-08", 2), figureOf("2025-10", 3)];
    const trend = trendOf([july, august, october, noFigureOf("2025-09"), unchangedAt("2025-09-15")], []);
    expect(trend.pieces).toEqual([[july, august, october]]);
    expect(gapBetween(trend, august, october)).toBe(true);
    expect(gapBetween(trend, july, august)).toBe(false);
    expect(gapBetween(trendOf([august, october, unchangedAt("2025-09")], []), august, october)).toBe(false);
  });

  test("has the preferred, else the one known later in front, and the others beside it", () => {
    const series = [
      figureOf("2025-06-03", 772, knownOn("2025-06-12")),
      figureOf("2025-06", 800, knownOn("2025-09-18")),
      figureOf("2025-11", 128, { rank: "preferred", ...knownOn("2025-12-01") }),
      figureOf("2025-11-20", 124, knownOn("2025-12-20")),
      figureOf("2025-12", 9, { rank: "deprecated" }),
    ];
    expect(drawn(series)).toEqual({ pieces: [[800, 128]], rivals: [772, 124, 9] });
  });

  const at = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
  const statement = fc
    .record({
      day: fc.nat(80),
      length: fc.nat(6),
      rank: fc.constantFrom("preferred" as const, "normal" as const, "normal" as const, "deprecated" as const),
      known: fc.nat(80),
      says: fc.constantFrom("figure", "figure", "figure", "figure", "missing", "unchanged"),
    })
    .map(({ day, length, rank, known, says }): Snapshot => {
      const asOf = length === 0 ? at(day) : `${at(day)}/${at(day + length)}`;
      const told = { rank, ...knownOn(at(known)) };
      if (says === "figure") return figureOf(asOf, day, told);
      return says === "missing" ? noFigureOf(asOf, "not_published", told) : unchangedAt(asOf, told);
    });
  const series = fc.array(statement, { maxLength: 20 });
  const breaks = fc.array(
    fc.nat(80).map((day) => breakOn(at(day))),
    { maxLength: 3 },
  );

  test("shows every figure exactly once, in a piece or beside it", () => {
    fc.assert(
      fc.property(series, breaks, (statements, cuts) => {
        const { pieces, rivals } = trendOf(statements, cuts);
        const shown = [...pieces.flat(), ...rivals].map((s) => s.statementId);
        expect(shown.sort()).toEqual(
          statements
            .filter(hasFigure)
            .map((s) => s.statementId)
            .sort(),
        );
        expect(pieces.filter((piece) => piece.length === 0)).toEqual([]);
      }),
    );
  });

  test("has in front only what nothing better ranked overlaps", () => {
    fc.assert(
      fc.property(series, breaks, (statements, cuts) => {
        const { pieces, rivals } = trendOf(statements, cuts);
        const front = pieces.flat();
        for (const figure of front) {
          expect(figure.rank).not.toBe("deprecated");
          expect(front.filter((other) => overlap(other.asOf, figure.asOf))).toEqual([figure]);
        }
        for (const rival of rivals)
          expect(rival.rank === "deprecated" || front.some((f) => overlap(f.asOf, rival.asOf) && byRank(f, rival) < 0)).toBe(true);
      }),
    );
  });

  test("joins two figures exactly where no break lies within or between them", () => {
    fc.assert(
      fc.property(series, breaks, (statements, events) => {
        const cuts = events.map((e) => e.happenedOn.from);
        const { pieces } = trendOf(statements, events);
        const joined = new Set(pieces.flatMap((piece) => piece.slice(1)));
        const front = pieces.flat();
        for (const [index, next] of front.entries()) {
          const last = front[index - 1];
          if (!last) continue;
          expect(last.asOf.to.getTime()).toBeLessThanOrEqual(next.asOf.from.getTime());
          const cut = cuts.some((c) => last.asOf.from < c && c < next.asOf.to);
          expect(joined.has(next)).toBe(!cut);
        }
      }),
      { numRuns: 300 },
    );
  });
});
