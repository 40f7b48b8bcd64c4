import fc from "fast-check";
import { expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import { changeAsSaid, courseOf } from "@/lib/snapshots/jumps";
import { type FigureSnapshot, overlap, RANKS, type Snapshot } from "@/lib/snapshots/rules";
import { trendOf } from "@/lib/trends/rules/pieces";

// The course of a count is read with one look at what stands in front. Here it is held against the published rules, which
// are asked for each part of it.

const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);

/** A day, or a span of days, so that some overlap. */
const asOf = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 }))
  .map(([n, long]) => (long < 8 ? day(n) : `${day(n)}/${day(n + long)}`));

const statement = fc
  .record({
    asOf,
    value: fc.integer({ min: 0, max: 5000 }),
    kind: fc.constantFrom("figure", "figure", "figure", "missing", "unchanged"),
    rank: fc.constantFrom(...RANKS, "normal", "normal"),
    known: fc.integer({ min: 61, max: 90 }),
  })
  .map(
    ({ asOf, value, kind, rank, known }): Omit<Snapshot, "statementId"> => ({
      revision: 1,
      country: "KG",
      measure: "gray_list",
      periodStart: null,
      asOf: momentOf(asOf),
      answer:
        kind === "figure"
          ? { kind, figure: { qualifier: "exact", value }, wording: null, childrenShare: null }
          : kind === "missing"
            ? { kind, reason: "declined" }
            : { kind: "unchanged" },
      note: null,
      rank,
      restates: null,
      recordedAt: new Date(`${day(known)}T00:00:00Z`),
      knownFrom: new Date(`${day(known)}T00:00:00Z`),
      source: { id: "s", title: "A briefing", publisher: null, speaker: null, speakerRole: null, publishedOn: null, url: null },
    }),
  );

const figures = statement.filter(({ answer }) => answer.kind === "figure") as fc.Arbitrary<Omit<FigureSnapshot, "statementId">>;
const breaks = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }).map((days) =>
  days.map(
    (n): Event => ({
      statementId: `b${n}`,
      happenedOn: momentOf(day(n)),
      kind: "break",
      countries: ["KG"],
      measures: ["gray_list"],
      what: {},
      source: { id: "s", title: "A law", url: null },
    }),
  ),
);

test("the course of a count is what the rules say of its series, and of the series with the figure in it", () => {
  let [beside, deprecated, alone] = [0, 0, 0];
  fc.assert(
    fc.property(figures, fc.array(statement, { maxLength: 25 }), breaks, (one, others, events) => {
      const figure: FigureSnapshot = { ...one, statementId: "" };
      const series: Snapshot[] = others.map((other, n) => ({ ...other, statementId: `s${n}` }));
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
