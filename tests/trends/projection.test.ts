import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import type { Figure } from "@/lib/snapshots/rules";
import { boundsOf, drawnAt } from "@/lib/trends/rules/bounds";
import { neededPace, paceBetween } from "@/lib/trends/rules/pace";
import { trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { figureOf } from "../snapshots/statements";

const dayAt = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const closed: fc.Arbitrary<Figure> = fc.oneof(
  fc.nat(500_000).map((value): Figure => ({ qualifier: "exact", value })),
  fc.nat(500).map((value): Figure => ({ qualifier: "about", value: value * 1000 })),
  fc
    .tuple(fc.nat(100_000), fc.integer({ min: 1, max: 50_000 }))
    .map(([low, more]): Figure => ({ qualifier: "between", low, high: low + more })),
);
const span = (day: number, length: number) => (length === 0 ? dayAt(day) : `${dayAt(day)}/${dayAt(day + length)}`);

test("bounds contain the figure, and a pace's range its centre", () => {
  fc.assert(
    fc.property(closed, closed, fc.nat(5), fc.integer({ min: 1, max: 60 }), fc.nat(5), (a, b, first, gap, second) => {
      for (const figure of [a, b]) {
        const { low, high } = boundsOf(figure);
        expect(low ?? 0).toBeLessThanOrEqual(drawnAt(figure));
        expect(high ?? Infinity).toBeGreaterThanOrEqual(drawnAt(figure));
      }
      const { perDay } = paceBetween(figureOf(span(0, first), a), figureOf(span(first + gap + 1, second), b));
      expect(perDay.low ?? -Infinity).toBeLessThanOrEqual(perDay.value);
      expect(perDay.high ?? Infinity).toBeGreaterThanOrEqual(perDay.value);
    }),
  );
});

test("a projection's band contains its centre and is never under zero", () => {
  fc.assert(
    fc.property(
      closed,
      closed,
      fc.nat(5),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(5),
      fc.integer({ min: 1, max: 200 }),
      (a, b, first, gap, second, ahead) => {
        const start = first + gap + 1;
        const trend = trendOf([figureOf(span(0, first), a), figureOf(span(start, second), b)], []);
        const at = momentOf(dayAt(start + second)).to;
        const projection = project(trend, momentOf(dayAt(start + second + ahead)).to, at);
        if ("refused" in projection) throw new Error(projection.refused);
        expect(projection.low).toBeGreaterThanOrEqual(0);
        expect(projection.low).toBeLessThanOrEqual(projection.value);
        expect(projection.high).toBeGreaterThanOrEqual(projection.value);
        expect(projection.clearedAt === undefined).toBe(projection.pace.perDay.value >= 0);
      },
    ),
  );
});

const steady = [figureOf("2025-07-01", 100), figureOf("2025-07-21", 80)];
const at = momentOf("2025-07-25").to;
const end = momentOf("2025-09-10").to;
const broken: Event = {
  statementId: "b",
  happenedOn: momentOf("2025-07-10"),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: {},
  source: { id: "s", title: "t", url: null },
};

test.each([
  ["no deadline is known", () => project(trendOf(steady, []), undefined, at), "no_deadline_ahead"],
  ["the deadline has passed", () => project(trendOf(steady, []), momentOf("2025-07-24").to, at), "no_deadline_ahead"],
  ["it passes at this instant", () => project(trendOf(steady, []), at, at), "no_deadline_ahead"],
  ["there is one figure", () => project(trendOf(steady.slice(1), []), end, at), "too_few_neighbours"],
  ["there is none", () => project(trendOf([], []), end, at), "too_few_neighbours"],
  ["a break lies between the two", () => project(trendOf(steady, [broken]), end, at), "too_few_neighbours"],
  ["the last is 31 days old", () => project(trendOf(steady, []), end, momentOf("2025-08-21").to), "figure_too_old"],
  [
    "a bound is open",
    () => project(trendOf([figureOf("2025-07-01", { qualifier: "more_than", value: 100 }), figureOf("2025-07-21", 80)], []), end, at),
    "open_bound",
  ],
  [
    "the last bound is open",
    () => project(trendOf([figureOf("2025-07-01", 100), figureOf("2025-07-21", { qualifier: "less_than", value: 80 })], []), end, at),
    "open_bound",
  ],
  [
    "it is a flow",
    () => project(trendOf([figureOf("2025-07-01", 1, { measure: "left" }), figureOf("2025-07-21", 2, { measure: "left" })], []), end, at),
    "flow",
  ],
] as const)("nothing is projected where %s", (_why, projected, code) => {
  expect(projected()).toEqual({ refused: code });
});

const OPEN: fc.Arbitrary<Figure> = fc
  .tuple(fc.constantFrom("more_than" as const, "less_than" as const), fc.nat(9000))
  .map(([qualifier, value]) => ({ qualifier, value }));

test("a projection is refused exactly where a rule says so, and by the first that does", () => {
  const met = new Set<string>();
  const spread = (figure: Figure) => {
    const { low, high } = boundsOf(figure);
    return { low: low ?? -Infinity, high: high ?? Infinity };
  };
  fc.assert(
    fc.property(
      fc.record({
        measure: fc.constantFrom("gray_list" as const, "gray_list" as const, "gray_list" as const, "left" as const),
        a: fc.oneof({ weight: 4, arbitrary: closed }, { weight: 1, arbitrary: OPEN }),
        b: fc.oneof({ weight: 4, arbitrary: closed }, { weight: 1, arbitrary: OPEN }),
        first: fc.nat(3),
        gap: fc.nat(3),
        second: fc.nat(20),
        cut: fc.boolean(),
        // The deadline falls before, inside or after the second figure's time; the day in question likewise.
        ahead: fc.option(fc.integer({ min: -22, max: 60 }), { nil: undefined }),
        asked: fc.integer({ min: -22, max: 35 }),
      }),
      ({ measure, a, b, first, gap, second, cut, ahead, asked }) => {
        const start = first + gap + 1;
        const end = start + second;
        const figures = [figureOf(span(0, first), a, { measure }), figureOf(span(start, second), b, { measure })];
        const breaks = cut ? [{ ...broken, happenedOn: momentOf(dayAt(start)) }] : [];
        const deadline = ahead === undefined ? undefined : momentOf(dayAt(end + ahead)).to;
        const at = momentOf(dayAt(end + asked)).to;
        const [before, after] = [spread(a), spread(b)];
        const open = ![before.low, before.high, after.low, after.high].every(Number.isFinite);
        const changes = before.low !== before.high || after.low !== after.high || before.low !== after.low;
        const rules: [string, boolean][] = [
          ["flow", measure === "left"],
          ["no_deadline_ahead", ahead === undefined || ahead <= asked],
          ["too_few_neighbours", cut],
          ["figure_too_old", asked > 30],
          ["span_past_deadline", ahead !== undefined && ahead < 0],
          ["open_bound", open],
          ["spans_touch", gap === 0 && changes],
        ];
        const expected = rules.find(([, holds]) => holds)?.[0];
        const projection = project(trendOf(figures, breaks), deadline, at);
        expect("refused" in projection ? projection.refused : undefined).toBe(expected);
        met.add(expected ?? "projected");
        if (deadline && figures[1]) expect("refused" in neededPace(figures[1], deadline)).toBe(deadline < figures[1].asOf.to);
        if ("refused" in projection) return;
        for (const n of [projection.value, projection.low, projection.high, projection.days]) expect(Number.isFinite(n)).toBe(true);
        expect(projection.days).toBeGreaterThan(0);
        expect(projection.low).toBeLessThanOrEqual(projection.value);
        expect(projection.high).toBeGreaterThanOrEqual(projection.value);
      },
    ),
    { numRuns: 3000 },
  );
  expect([...met].sort()).toEqual(
    [
      "figure_too_old",
      "flow",
      "no_deadline_ahead",
      "open_bound",
      "projected",
      "span_past_deadline",
      "spans_touch",
      "too_few_neighbours",
    ].sort(),
  );
});

test("the needed pace is at least and at most what the bounds say, and none where the figure's time runs past the deadline", () => {
  expect(neededPace(figureOf("2025-09-01", { qualifier: "more_than", value: 1000 }), end)).toMatchObject({
    days: 9.5,
    perDay: { low: 1000 / 9.5, high: null },
  });
  for (const asOf of ["2025-09", "2025-09-11", "2025-09-10/2025-09-11"])
    expect(neededPace(figureOf(asOf, 1000), end)).toEqual({ refused: "span_past_deadline" });
  expect(neededPace(figureOf("2025-09-10", 1000), end)).toMatchObject({ days: 0.5, perDay: { value: 2000 } });
});

test("times that touch leave the pace open on the side that the change goes to", () => {
  const touching = (a: number, b: number) => paceBetween(figureOf("2025-08-20", a), figureOf("2025-08-21", b));
  expect(touching(20_000, 19_000)).toMatchObject({ perDay: { value: -1000, low: null, high: -500 }, open: "spans_touch" });
  expect(touching(19_000, 20_000)).toMatchObject({ perDay: { value: 1000, low: 500, high: null }, open: "spans_touch" });
  expect(touching(20_000, 20_000)).toMatchObject({ perDay: { value: 0, low: 0, high: 0 } });
  expect(touching(20_000, 20_000)).not.toHaveProperty("open");
});

test("a last figure exactly thirty days old still carries a projection", () => {
  expect(project(trendOf(steady, []), end, momentOf("2025-08-20").to)).toMatchObject({ value: 80 + -1 * 51.5 });
});

test("a pace that rises is told, and no day of clearing is given", () => {
  const projection = project(trendOf([figureOf("2025-07-01", 80), figureOf("2025-07-21", 100)], []), end, at);
  expect(projection).toMatchObject({ rises: true });
  expect(projection).not.toHaveProperty("clearedAt");
  expect(projection).not.toHaveProperty("needed.timesThePace");
});
