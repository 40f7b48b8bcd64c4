import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import type { Figure } from "@/lib/snapshots/rules";
import { boundsOf, drawnAt } from "@/lib/trends/rules/bounds";
import { paceBetween } from "@/lib/trends/rules/pace";
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

test("a last figure exactly thirty days old still carries a projection", () => {
  expect(project(trendOf(steady, []), end, momentOf("2025-08-20").to)).toMatchObject({ value: 80 + -1 * 51.5 });
});

test("a pace that rises is told, and no day of clearing is given", () => {
  const projection = project(trendOf([figureOf("2025-07-01", 80), figureOf("2025-07-21", 100)], []), end, at);
  expect(projection).toMatchObject({ rises: true });
  expect(projection).not.toHaveProperty("clearedAt");
  expect(projection).not.toHaveProperty("needed.timesThePace");
});
