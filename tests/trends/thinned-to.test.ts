import fc from "fast-check";
import { expect, test } from "vitest";
import { type FigureSnapshot, frontOf, hasFigure, overlap, type Snapshot } from "@/lib/snapshots/rules";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { trendOf } from "@/lib/trends/rules/pieces";
import { cutsOf, isPlain, thinned, thinnedTo } from "@/lib/trends/rules/thinned";
import { breaks, series } from "./long-series";

const most = fc.integer({ min: 10, max: 120 });
const said = (s: FigureSnapshot) => (s.answer.figure.qualifier === "between" ? 0 : s.answer.figure.value);
const plainOf = (statements: readonly Snapshot[]) => statements.filter(isPlain).sort((a, b) => a.asOf.to.getTime() - b.asOf.to.getTime());

/** How many of a series are never left out at most: what is not plain or has a rival, two on either side of each cut and end, and the extremes. */
function neverLeftOut(whole: readonly Snapshot[], cuts: number): number {
  const figures = whole.filter(hasFigure);
  const needed = whole.filter((s) => !isPlain(s) || figures.some((other) => other !== s && overlap(other.asOf, s.asOf)));
  return needed.length + 4 * (cuts + 1) + 4;
}

test("a series thinned to so many has no more of them, but for what is never left out", () => {
  const met = { within: 0, beyond: 0 };
  fc.assert(
    fc.property(series, breaks, most, (whole, cuts, leave) => {
      const kept = thinnedTo(whole, leave, cuts);
      if (whole.length <= leave) return void expect(kept).toEqual(whole);
      if (kept.length > leave) {
        met.beyond += 1;
        expect(kept.length).toBeLessThanOrEqual(neverLeftOut(whole, cutsOf(whole, cuts).length));
        // No coarser one would be shorter.
        expect(kept).toEqual(thinnedTo(kept, 1, cuts));
      } else met.within += 1;
    }),
    { numRuns: 400 },
  );
  expect(Math.min(...Object.values(met)), JSON.stringify(met)).toBeGreaterThan(10);
});

test("it has the first and the last, the least and the greatest, all that is not plain, and the same front, pieces and pace", () => {
  let shortened = 0;
  fc.assert(
    fc.property(series, breaks, most, (whole, cuts, leave) => {
      const kept = thinnedTo(whole, leave, cuts);
      expect(whole.filter((s) => kept.includes(s))).toEqual(kept);
      expect(whole.filter((s) => !isPlain(s) && !kept.includes(s))).toEqual([]);
      const [all, left] = [plainOf(whole), plainOf(kept)];
      expect([left[0], left.at(-1)?.asOf.to]).toEqual([all[0], all.at(-1)?.asOf.to]);
      for (const extreme of [Math.min, Math.max]) expect(extreme(...left.map(said))).toBe(extreme(...all.map(said)));
      const among = (of: readonly Snapshot[]) => of.filter((s) => kept.includes(s));
      expect(frontOf(kept)).toEqual(among(frontOf(whole)));
      const [every, some] = [trendOf(whole, cuts), trendOf(kept, cuts)];
      expect(some.pieces).toEqual(every.pieces.map(among).filter((piece) => piece.length > 0));
      expect(latestNeighbours(some)).toEqual(latestNeighbours(every));
      if (kept.length < thinned(whole, leave, cuts).length) shortened += 1;
    }),
    { numRuns: 200 },
  );
  expect(shortened).toBeGreaterThan(5);
});

test("what was thinned to about so many already is thinned to no more", () => {
  fc.assert(
    fc.property(series, breaks, most, (whole, cuts, leave) => {
      const about = thinned(whole, leave, cuts);
      const kept = thinnedTo(about, leave, cuts);
      if (kept.length > leave) expect(kept).toEqual(thinnedTo(whole, leave, cuts));
    }),
    { numRuns: 200 },
  );
});
