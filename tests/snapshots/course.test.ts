import fc from "fast-check";
import { expect, test } from "vitest";
import { changeAsSaid, courseOf } from "@/lib/snapshots/jumps";
import { type FigureSnapshot, overlap, RANKS } from "@/lib/snapshots/rules";
import { trendOf } from "@/lib/trends/rules/pieces";
import { breakOn } from "./candidates";
import { figureOf, knownOn, noFigureOf, unchangedAt } from "./statements";

// The course of a count is read with one look at what stands in front. Here it is held against the published rules, which
// are asked for each part of it.

const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);

/** A day, or a span of days, so that some overlap. */
const asOf = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }))
  .map(([n, long]) => (long < 8 ? day(n) : `${day(n)}/${day(n + long)}`));

const figures = fc
  .record({
    asOf,
    value: fc.integer({ min: 0, max: 5000 }),
    rank: fc.constantFrom(...RANKS, "normal" as const, "normal" as const),
    known: fc.integer({ min: 61, max: 90 }),
  })
  .map(({ asOf, value, rank, known }) => figureOf(asOf, value, { rank, ...knownOn(day(known)) }));
const statements = fc.oneof(
  { weight: 5, arbitrary: figures },
  asOf.map((at) => noFigureOf(at)),
  asOf.map((at) => unchangedAt(at)),
);
const breaks = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }).map((days) => days.map((n) => breakOn(day(n))));

test("the course of a count is what the rules say of its series, and of the series with the figure in it", () => {
  let [beside, deprecated, alone] = [0, 0, 0];
  fc.assert(
    fc.property(figures, fc.array(statements, { maxLength: 25 }), breaks, (figure, series, events) => {
      const changes = trendOf(series, events).pieces.flatMap((piece) =>
        piece.slice(1).map((to, i) => changeAsSaid(piece[i] as FigureSnapshot, to)),
      );
      const overlapping = trendOf(
        series.filter((s) => overlap(s.asOf, figure.asOf)),
        events,
      ).pieces.flat();
      const apart = series.filter((s) => !overlap(s.asOf, figure.asOf));
      const piece = trendOf([...apart, figure], events).pieces.find((p) => p.includes(figure)) ?? [];
      const at = piece.indexOf(figure);
      const course = courseOf(figure, series, events);
      expect(course.changes).toEqual(changes);
      expect(course.beside).toEqual(overlapping);
      expect(course.neighbours).toEqual([piece[at - 1], piece[at + 1]].filter((s) => s !== undefined));
      expect(course.piece).toEqual([...piece.filter((s) => s !== figure), ...overlapping]);
      if (overlapping.length > 0) beside += 1;
      if (figure.rank === "deprecated") deprecated += 1;
      if (course.neighbours.length === 0) alone += 1;
    }),
    { numRuns: 600 },
  );
  // Each of these was met.
  expect(Math.min(beside, deprecated, alone)).toBeGreaterThan(0);
});
