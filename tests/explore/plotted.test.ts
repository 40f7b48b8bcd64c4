import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { commonBase, extentOf, plotted, rowsOf, widest } from "@/lib/explore/rules/plotted";
import { presetsFor } from "@/lib/explore/rules/presets";
import { sinceThen } from "@/lib/explore/rules/since";
import { READINGS, type Reading, START, type View } from "@/lib/explore/rules/view";
import { momentOf } from "@/lib/moments/rules";
import { hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { trendOf } from "@/lib/trends/rules/pieces";
import { figureOf, knownOn, noFigureOf } from "../snapshots/statements";

const dayAt = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const breakOn = (day: string, country = "ALL"): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(day),
  kind: "break",
  countries: [country],
  measures: ["gray_list"],
  what: {},
  source: { id: "source", title: "Somewhere", url: null },
});
const read = (reading: Reading, more: Partial<View> = {}): View => ({ ...START, reading, ...more });
const about = (value: number) => ({ qualifier: "about" as const, value });
const present = (asOf: string, value: number, told = {}) => figureOf(asOf, value, { measure: "present", ...told });

const KG = [
  figureOf("2025-07-01/2025-07-05", about(113_000)),
  figureOf("2025-07-22/2025-07-25", about(103_000)),
  figureOf("2025-08-12", about(91_000)),
];

describe("a series as a view reads it", () => {
  test("people are as they were said, with their bounds", () => {
    const { lines, refused } = plotted("KG", KG, [], [], read("absolute"));
    expect(refused).toBeUndefined();
    expect(lines.map((line) => line.map(({ value, low, high }) => [value, low, high]))).toEqual([
      [
        [113_000, 112_500, 113_500],
        [103_000, 102_500, 103_500],
        [91_000, 90_500, 91_500],
      ],
    ]);
  });

  test("the change a day of the worked example: −488, between −688 and −360, from centre to centre", () => {
    const [first] = plotted("KG", KG, [], [], read("change")).lines;
    const [change] = first ?? [];
    expect(Math.round(change?.value ?? 0)).toBe(-488);
    expect(change?.low).toBeCloseTo(-687.5);
    expect(change?.high).toBeCloseTo(-360);
    expect(((change?.to ?? 0) - (change?.from ?? 0)) / 86_400_000).toBe(20.5);
    expect(change?.by).toBe(KG[0]);
  });

  test("per 1,000 by the newest count of those present within twelve months, never for all together", () => {
    const presents = [present("2025-01/2025-03", 352_000), present("2022", 1_063_000)];
    const { lines } = plotted("KG", KG, presents, [], read("per_1000"));
    expect(Math.round(lines[0]?.[0]?.value ?? 0)).toBe(321);
    expect(lines[0]?.[0]?.by).toBe(presents[0]);
    expect(plotted("ALL", KG, presents, [], read("per_1000"))).toMatchObject({ lines: [], refused: "all_per_1000" });
    expect(plotted("KG", KG, [present("2022", 1_063_000)], [], read("per_1000"))).toMatchObject({ refused: "no_present" });
  });

  test("a line ends where a figure cannot be read per 1,000", () => {
    const series = [figureOf("2025-01-10", 10), figureOf("2025-06-10", 20), figureOf("2026-08-10", 30), figureOf("2027-02-10", 40)];
    const presents = [present("2025-01-01", 1000), present("2027-01-01", 1000)];
    const { lines, left } = plotted("KG", series, presents, [], read("per_1000"));
    expect(lines.map((line) => line.map(({ value }) => value))).toEqual([[10, 20], [40]]);
    expect(left).toEqual([series[2]]);
  });

  test("an index is 100 on its day and stays in its piece", () => {
    const series = [figureOf("2025-01-10", 50), ...KG];
    const { lines, left } = plotted("KG", series, [], [breakOn("2025-02-05")], read("index", { at: "2025-07-24" }));
    expect(lines).toHaveLength(1);
    expect(lines[0]?.map(({ value }) => Math.round(value))).toEqual([110, 100, 88]);
    expect(lines[0]?.[1]).toMatchObject({ value: 100, low: 100, high: 100 });
    expect(left).toEqual([series[0]]);
    expect(plotted("KG", series, [], [breakOn("2025-02-05")], read("index", { at: "2025-02-10" })).refused).toBe("no_base");
    expect(plotted("KG", KG, [], [], read("index")).lines[0]?.[0]?.value).toBe(100);
    expect(plotted("KG", KG, [], [], read("index", { measure: "left" })).refused).toBe("index_of_flow");
  });

  test("a range hides figures from sight, not from the rules", () => {
    const index = plotted("KG", KG, [], [], read("index", { at: "2025-07-03", from: "2025-08" }));
    expect(index.lines[0]?.map(({ value }) => Math.round(value))).toEqual([81]);
    expect(index.lines[0]?.[0]?.by).toBe(KG[0]);
    const change = plotted("KG", KG, [], [], read("change", { from: "2025-07-20", to: "2025-07-24" }));
    expect(change.lines.flat().map(({ value }) => Math.round(value))).toEqual([-488, -615]);
    expect(change.trend.pieces.flat()).toHaveLength(3);
    expect(plotted("KG", KG, [], [], read("absolute", { to: "2025-07-24" })).lines.flat()).toHaveLength(2);
  });

  test("what comes from a vague figure is vague, the base of an index too", () => {
    const series = [figureOf("2025-07-01", about(100)), figureOf("2025-08-01", 50), figureOf("2025-09-01", 40)];
    const exact = (plot: ReturnType<typeof plotted>) => plot.lines.flat().map((point) => point.exact);
    expect(exact(plotted("KG", series, [], [], read("index")))).toEqual([false, false, false]);
    expect(exact(plotted("KG", series, [], [], read("index", { at: "2025-08-01" })))).toEqual([false, true, true]);
    expect(exact(plotted("KG", series, [], [], read("change")))).toEqual([false, true]);
  });

  test("an index without a day of its own is of one time for all", () => {
    const trends = [trendOf(KG, []), trendOf([figureOf("2025-07-10", 5), figureOf("2025-08-01", 6)], []), trendOf([], [])];
    expect(commonBase(trends)).toEqual(momentOf("2025-07-10").from);
    const base = commonBase(trends);
    expect(plotted("KG", KG, [], [], read("index"), base).lines[0]?.map(({ value }) => Math.round(value))).toEqual([100, 91, 81]);
    expect(commonBase([])).toBeUndefined();
  });

  test("flows are joined only where they count from the same day on", () => {
    const flow = (asOf: string, value: number, periodStart: string | null) =>
      figureOf(asOf, value, { measure: "regularised", periodStart });
    const series = [
      flow("2025-04-30", 4000, "2025-02-05"),
      flow("2025-07-01", 7000, "2025-02-05"),
      flow("2025-09-17", 39_096, "2025-01-01"),
      flow("2025-11", 70_000, null),
    ];
    const { lines } = plotted("KG", series, [], [], read("absolute", { measure: "regularised" }));
    expect(lines.map((line) => line.map(({ value }) => value))).toEqual([[4000, 7000], [39_096], [70_000]]);
    const changes = plotted("KG", series, [], [], read("change", { measure: "regularised" })).lines;
    expect(changes.map((line) => Math.round(line[0]?.value ?? 0))).toEqual([48]);
  });

  test("nothing known, and nothing known for the time chosen, are told apart", () => {
    expect(plotted("UZ", [], [], [], read("absolute")).refused).toBe("nothing_known");
    expect(plotted("KG", KG, [], [], read("absolute", { from: "2026" })).refused).toBe("nothing_then");
    expect(plotted("UZ", [], [], [], read("absolute", { from: "2026" })).refused).toBe("nothing_known");
    expect(plotted("UZ", [noFigureOf("2025-07")], [], [], read("change")).refused).toBe("nothing_known");
  });

  const statement = fc
    .record({
      day: fc.nat(300),
      length: fc.nat(20),
      value: fc.option(fc.integer({ min: 1, max: 900 }), { nil: undefined, freq: 6 }),
      vague: fc.boolean(),
      known: fc.nat(300),
    })
    .map(({ day, length, value, vague, known }): Snapshot => {
      const asOf = length === 0 ? dayAt(day) : `${dayAt(day)}/${dayAt(day + length)}`;
      if (value === undefined) return noFigureOf(asOf);
      return figureOf(asOf, vague ? about(value * 1000) : value * 1000, knownOn(dayAt(known)));
    });
  const series = fc.array(statement, { maxLength: 14 });
  const breaks = fc.array(
    fc.nat(300).map((day) => breakOn(dayAt(day))),
    { maxLength: 3 },
  );
  const reading = fc.constantFrom(...READINGS);

  test("nothing is drawn across a break, and no change is worked out across one", () => {
    fc.assert(
      fc.property(series, breaks, reading, (all, cuts, how) => {
        for (const line of plotted("KG", all, [present("2024-12-31", 5000)], cuts, read(how)).lines)
          for (const [index, point] of line.entries()) {
            const earlier = how === "change" ? point.by : line[index - 1]?.figure;
            if (!earlier) continue;
            for (const { happenedOn } of cuts)
              expect(earlier.asOf.from < happenedOn.from && happenedOn.from < point.figure.asOf.to).toBe(false);
          }
      }),
    );
  });

  test("a table has every statement of the record at most once in each of its places, and invents none", () => {
    fc.assert(
      fc.property(series, breaks, (all, cuts) => {
        const rows = rowsOf(plotted("KG", all, [], cuts, read("absolute")));
        const ids = rows.map(({ statement: { statementId } }) => statementId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(rows.every(({ statement: one }) => all.includes(one))).toBe(true);
        // Nothing of a series that has a figure in front is missing.
        if (rows.some(({ role }) => role === "front")) expect(ids.length).toBe(all.length);
      }),
    );
  });

  test("what is drawn lies within the extent", () => {
    fc.assert(
      fc.property(series, reading, (all, how) => {
        const plot = plotted("KG", all, [present("2024-12-31", 5000)], [], read(how));
        const extent = extentOf([plot]);
        for (const { from, to, value, low, high } of [...plot.lines.flat(), ...plot.rivals]) {
          expect(extent && from >= extent.from && to <= extent.to).toBe(true);
          expect(extent && (low ?? value) >= extent.least && (high ?? value) <= extent.most).toBe(true);
        }
      }),
    );
  });
});

test("charts with one axis span what each spans", () => {
  const one = { from: 1, to: 5, least: 2, most: 9 };
  expect(widest([one, { from: 0, to: 4, least: 3, most: 12 }])).toEqual({ from: 0, to: 5, least: 2, most: 12 });
  expect(widest([])).toBeUndefined();
});

describe("stretches of time to look at", () => {
  test("end with the newest figure, not with the clock, and none shows the same as another", () => {
    const newest = figureOf("2026-01-30", 34_000);
    const since = (earliest: string) => presetsFor([newest], momentOf(earliest).from, [breakOn("2025-02-05")]);
    expect(since("2024-10")).toEqual([
      { name: "all", from: undefined },
      { name: "year", from: "2025-01" },
      { name: "registry", from: "2025-02-05" },
      { name: "half", from: "2025-07" },
    ]);
    expect(since("2025-05").map(({ name }) => name)).toEqual(["all", "half"]);
    expect(presetsFor([], undefined, [])).toEqual([{ name: "all", from: undefined }]);
  });
});

describe("what has changed since a past day", () => {
  test("is told of each statement: gone, corrected, or the same; and how many came", () => {
    const [a, b, c] = KG as [Snapshot, Snapshot, Snapshot];
    const corrected = { ...figureOf("2025-07-22/2025-07-25", 103_500), statementId: b.statementId };
    const { marks, added } = sinceThen([a, b, c], [a, corrected, figureOf("2025-09-11", 73_278)]);
    expect([...marks]).toEqual([
      [b.statementId, "corrected"],
      [c.statementId, "gone"],
    ]);
    expect(added).toBe(1);
    const rival = figureOf("2025-08-12", 90_000, { knownFrom: new Date("2026-02-01T00:00:00Z") });
    expect([...sinceThen([a, b, c], [a, b, c, rival]).marks]).toEqual([[c.statementId, "moved"]]);
    expect(sinceThen([a], [{ ...a, revision: 2 }]).marks.size).toBe(0);
    expect(hasFigure(a)).toBe(true);
  });
});
