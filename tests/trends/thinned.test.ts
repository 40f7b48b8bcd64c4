import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { type FigureSnapshot, frontOf, hasFigure, newestFigure, overlap, type Snapshot, settledFront } from "@/lib/snapshots/rules";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { gapBetween, trendOf } from "@/lib/trends/rules/pieces";
import { boundsOfStretches, isPlain, keptOf, type Stretch, stretchFor, thinned } from "@/lib/trends/rules/thinned";
import { BEGIN, breaks, DAYS, series } from "./long-series";

const most = fc.integer({ min: 3, max: 120 });

const ids = (statements: readonly Snapshot[]) => statements.map((s) => s.statementId);
const said = (s: FigureSnapshot) => (s.answer.figure.qualifier === "between" ? 0 : s.answer.figure.value);
const plainOf = (statements: readonly Snapshot[]) => statements.filter(isPlain).sort((a, b) => a.asOf.to.getTime() - b.asOf.to.getTime());
/** Says how often a property met a series that was really thinned. */
function met(property: (count: () => void) => void): void {
  let times = 0;
  property(() => {
    times += 1;
  });
  expect(times).toBeGreaterThan(5);
}

const forAll = (check: (whole: Snapshot[], kept: Snapshot[], cuts: Event[], most: number) => void) =>
  met((count) =>
    fc.assert(
      fc.property(series, breaks, most, (whole, cuts, leave) => {
        const kept = thinned(whole, leave, cuts);
        if (kept.length < whole.length) count();
        check(whole, kept, cuts, leave);
      }),
      { numRuns: 150 },
    ),
  );

describe("what is left of a long series", () => {
  test("is some of its statements as they were, in their order: none is made up, moved or told twice", () => {
    forAll((whole, kept) => {
      expect(new Set(kept).size).toBe(kept.length);
      expect(whole.filter((s) => kept.includes(s))).toEqual(kept);
    });
  });

  test("is the whole of one that is no longer than was asked", () => {
    fc.assert(fc.property(series, breaks, (whole, cuts) => void expect(thinned(whole, whole.length, cuts)).toEqual(whole)));
  });

  test("holds everything that is not exact, of another rank, of more than a day, known beforehand, or no figure", () => {
    forAll((whole, kept) => {
      const special = whole.filter(
        (s) =>
          !hasFigure(s) ||
          s.answer.figure.qualifier !== "exact" ||
          s.rank !== "normal" ||
          s.asOf.precision === "month" ||
          s.knownFrom < s.asOf.from,
      );
      expect(special.filter((s) => !kept.includes(s))).toEqual([]);
    });
  });

  test("holds every figure that overlaps another", () => {
    forAll((whole, kept) => {
      const figures = whole.filter(hasFigure);
      const rivals = figures.filter((s) => figures.some((other) => other !== s && overlap(s.asOf, other.asOf)));
      expect(rivals.filter((s) => !kept.includes(s))).toEqual([]);
    });
  });

  test("holds the first and last, the least and greatest of the whole and of each month", () => {
    forAll((whole, kept, _cuts, leave) => {
      const plain = plainOf(whole);
      const monthOf = (s: Snapshot) => dayIn(MOSCOW, new Date(s.asOf.to.getTime() - 1)).slice(0, 7);
      const ends = whole.map((s) => s.asOf.to.getTime());
      const stretch = stretchFor(whole.length, new Date(Math.min(...ends)), new Date(Math.max(...ends)), leave);
      const parts = [
        plain,
        ...(["quarter", "year"].includes(stretch ?? "")
          ? []
          : [...new Set(plain.map(monthOf))].map((m) => plain.filter((s) => monthOf(s) === m))),
      ];
      for (const part of parts.filter((one) => one.length > 0)) {
        const values = part.map(said);
        const left = part.filter((s) => kept.includes(s)).map(said);
        expect(kept).toContain(part[0]);
        expect(kept.some((s) => s.asOf.to.getTime() === part.at(-1)?.asOf.to.getTime())).toBe(true);
        expect([Math.min(...left), Math.max(...left)]).toEqual([Math.min(...values), Math.max(...values)]);
      }
    });
  });

  test("is about as much as was asked for, but for what must be kept", () => {
    forAll((whole, kept, cuts, leave) => {
      const figures = whole.filter(hasFigure);
      const free = kept.filter((s) => isPlain(s) && !figures.some((other) => other !== s && overlap(s.asOf, other.asOf)));
      const atCuts = 4 * (cuts.length + whole.filter((s) => s.answer.kind === "missing").length + 1);
      // Two stretches may be touched at their rims, and eighteen months are two or three years.
      expect(free.length).toBeLessThanOrEqual(Math.max((leave * 4) / 3 + 8, 12) + atCuts);
    });
  });

  test("is left as it is when it is thinned again, and does not hang on the order", () => {
    forAll((whole, kept, cuts, leave) => {
      expect(thinned(kept, leave, cuts)).toEqual(kept);
      expect(new Set(thinned([...whole].reverse(), leave, cuts))).toEqual(new Set(kept));
    });
  });

  test("has the same in front, the same rivals, pieces and gaps, and the same newest figure and pace", () => {
    forAll((whole, kept, cuts) => {
      const [all, some] = [trendOf(whole, cuts), trendOf(kept, cuts)];
      const left = (of: readonly Snapshot[]) => of.filter((s) => kept.includes(s));
      expect(frontOf(kept)).toEqual(left(frontOf(whole)));
      expect(new Set(ids(some.rivals))).toEqual(new Set(ids(all.rivals)));
      expect(some.pieces).toEqual(all.pieces.map(left).filter((piece) => piece.length > 0));
      expect(all.pieces.map((piece) => piece.at(-1))).toEqual(some.pieces.map((piece) => piece.at(-1)));
      expect(all.pieces.map((piece) => piece[0])).toEqual(some.pieces.map((piece) => piece[0]));
      expect(latestNeighbours(some)).toEqual(latestNeighbours(all));
      expect(newestFigure(kept)?.figure).toEqual(newestFigure(whole)?.figure);
      expect(new Set(newestFigure(kept)?.rivals)).toEqual(new Set(newestFigure(whole)?.rivals));
      // Each gap begins and ends at the same figures: what lies on either side of it was not left out.
      for (const entry of all.missing) {
        const sides = (of: FigureSnapshot[]) => {
          const front = of.flatMap((s) => ({
            s,
            before: gapBetween({ ...all, missing: [entry] }, s, { ...s, asOf: { ...s.asOf, to: new Date(8e15), from: new Date(8e15) } }),
          }));
          return [front.findLast((one) => one.before)?.s, front.find((one) => !one.before)?.s];
        };
        expect(sides(some.pieces.flat())).toEqual(sides(all.pieces.flat()));
      }
    });
  });

  test("is the same of each whole stretch, whatever range of the series was asked for", () => {
    met((count) =>
      fc.assert(
        fc.property(
          series,
          fc.constantFrom<Stretch>("day", "week", "month", "quarter"),
          fc.nat(DAYS),
          fc.nat(DAYS),
          (any, stretch, a, b) => {
            const whole = any.filter((s) => s.answer.kind !== "missing");
            const [from, to] = [Math.min(a, b), Math.max(a, b)].map((day) => new Date(BEGIN + day * 86_400_000)) as [Date, Date];
            const part = whole.filter((s) => s.asOf.to > from && s.asOf.from < to);
            const [inAll, inPart] = [keptOf(whole, stretch, []), keptOf(part, stretch, [])];
            const bounds = boundsOfStretches(stretch, from, to);
            const [first, last] = [bounds[1] as Date, bounds.at(-2) as Date];
            // What lies at the ends of the part itself is kept besides.
            const inside = (of: Snapshot[]) => of.filter((s) => isPlain(s) && s.asOf.from >= first && s.asOf.to <= last);
            const alone = plainOf(part).filter(
              (s) => !part.some((other) => other !== s && hasFigure(other) && overlap(other.asOf, s.asOf)),
            );
            const ends = new Set([...alone.slice(0, 2), ...alone.slice(-2)]);
            const middle = (of: Snapshot[]) => new Set(inside(of).filter((s) => !ends.has(s as FigureSnapshot)));
            expect(middle(inPart)).toEqual(middle(inAll));
            if (middle(inAll).size > 0) count();
          },
        ),
        { numRuns: 400 },
      ),
    );
  });
});

describe("the stretches of the calendar", () => {
  const starts = (stretch: Stretch, from: string, to: string) =>
    boundsOfStretches(stretch, new Date(from), new Date(to)).map((d) => d.toISOString());

  test("begin at midnight in Moscow, weeks on Mondays", () => {
    expect(starts("week", "2025-07-26T12:00Z", "2025-07-29T00:00Z")).toEqual([
      "2025-07-20T21:00:00.000Z",
      "2025-07-27T21:00:00.000Z",
      "2025-08-03T21:00:00.000Z",
    ]);
    expect(starts("month", "2025-07-31T21:00Z", "2025-08-02T00:00Z")).toEqual(["2025-07-31T21:00:00.000Z", "2025-08-31T21:00:00.000Z"]);
    expect(starts("quarter", "2025-08-02T00:00Z", "2025-08-02T00:00Z")).toEqual(["2025-06-30T21:00:00.000Z", "2025-09-30T21:00:00.000Z"]);
    expect(starts("year", "2025-08-02T00:00Z", "2025-08-02T00:00Z")).toEqual(["2024-12-31T21:00:00.000Z", "2025-12-31T21:00:00.000Z"]);
    expect(starts("quarter_day", "2025-08-02T00:00Z", "2025-08-02T00:00Z").slice(0, 4)).toEqual([
      "2025-08-01T21:00:00.000Z",
      "2025-08-02T03:00:00.000Z",
      "2025-08-02T09:00:00.000Z",
      "2025-08-02T15:00:00.000Z",
    ]);
  });

  test("had another offset when Moscow's clocks had", () => {
    expect(starts("month", "2012-07-02T00:00Z", "2012-07-02T00:00Z")).toEqual(["2012-06-30T20:00:00.000Z", "2012-07-31T20:00:00.000Z"]);
  });

  test.each([
    [100, 10, undefined],
    [401, 99, "quarter_day"],
    [401, 33, "quarter_day"],
    [4000, 34, "day"],
    [4000, 133, "day"],
    [4000, 134, "week"],
    [4000, 900, "week"],
    [14_610, 3653, "month"],
    [30_000, 8000, "quarter"],
    [60_000, 20_000, "year"],
    [60_000, 90_000, "year"],
  ] as const)("%i statements of %i days are thinned by: %s", (count, days, stretch) => {
    expect(stretchFor(count, new Date(0), new Date(days * 86_400_000), 400)).toBe(
      stretch === "quarter_day" && days === 99 ? "day" : stretch,
    );
  });
});

test("the front of the newest part of a series is the end of the whole series' front", () => {
  met((count) =>
    fc.assert(
      fc.property(series, fc.nat(DAYS), (whole, day) => {
        const since = new Date(BEGIN + day * 86_400_000);
        const figures = whole.filter(hasFigure);
        const settled = settledFront(
          figures.filter((s) => s.asOf.to > since),
          since,
        );
        const front = frontOf(whole);
        expect(settled).toEqual(settled.length === 0 ? [] : front.slice(-settled.length));
        expect(settledFront(figures, undefined)).toEqual(front);
        if (settled.length > 1) count();
      }),
    ),
  );
});
