import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import type { FigureSnapshot, Snapshot } from "@/lib/snapshots/rules";
import { flowBetween, latestFlow, newEntries, newEntriesBetween } from "@/lib/trends/rules/flows";
import { latestNeighbours } from "@/lib/trends/rules/pace";
import { trendOf } from "@/lib/trends/rules/pieces";
import { indexAt } from "@/lib/trends/rules/shares";
import { figureOf } from "../snapshots/statements";

const DAYS = 60;
const dayAt = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const spanAt = (day: number, length: number) => (length === 0 ? dayAt(day) : `${dayAt(day)}/${dayAt(day + length)}`);

const breakAt = (day: number, measures: Event["measures"]): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(dayAt(day)),
  kind: "break",
  countries: ["ALL"],
  measures,
  what: {},
  source: { id: "s", title: "t", url: null },
});

const seriesOf = (told: Partial<Snapshot>) =>
  fc.array(
    fc
      .record({ day: fc.nat(DAYS), length: fc.nat(3), value: fc.integer({ min: 1, max: 9 }) })
      .map(({ day, length, value }) => figureOf(spanAt(day, length), value * 1000, told)),
    { minLength: 1, maxLength: 10 },
  );
const stocks = seriesOf({});
const removed = seriesOf({ measure: "removed", periodStart: "2025-01-01" });
const breaksOn = (measures: Event["measures"]) =>
  fc.array(
    fc.nat(DAYS).map((day) => breakAt(day, measures)),
    { maxLength: 3 },
  );

/** Whether a break lies in or between the times of two figures, said without the code under test. */
const broken = (events: readonly Event[], measure: Snapshot["measure"], from: Date, to: Date) =>
  events.some((e) => e.measures.includes(measure) && from < e.happenedOn.from && e.happenedOn.from < to);
const between = (events: readonly Event[], a: FigureSnapshot, b: FigureSnapshot) =>
  broken(events, a.measure, a.asOf.from < b.asOf.from ? a.asOf.from : b.asOf.from, a.asOf.to > b.asOf.to ? a.asOf.to : b.asOf.to);

/** Says how often a property met a case that proves something. */
function met(cases: (count: () => void) => void): void {
  let times = 0;
  cases(() => {
    times += 1;
  });
  expect(times).toBeGreaterThan(5);
}

describe("no change is worked out across a break", () => {
  test("not within a piece, nor between the neighbours of a pace", () => {
    met((count) =>
      fc.assert(
        fc.property(stocks, breaksOn(["gray_list"]), (series, events) => {
          const trend = trendOf(series, events);
          for (const piece of trend.pieces)
            for (const [index, figure] of piece.slice(1).entries())
              expect(between(events, piece[index] as FigureSnapshot, figure)).toBe(false);
          const neighbours = latestNeighbours(trend);
          if (neighbours) expect(between(events, ...neighbours)).toBe(false);
          if (neighbours && trend.pieces.length > 1) count();
        }),
        { numRuns: 300 },
      ),
    );
  });

  test("not in an index: neither from the base to the day asked for, nor to any of its figures", () => {
    met((count) =>
      fc.assert(
        fc.property(stocks, breaksOn(["gray_list"]), fc.nat(DAYS), (series, events, asked) => {
          const trend = trendOf(series, events);
          const day = momentOf(dayAt(asked));
          const index = indexAt(trend, day.from);
          if (!index) return;
          // The break's own day is counted as what came after it.
          expect(broken(events, "gray_list", index.base.asOf.from, day.to) && index.base.asOf.to <= day.from).toBe(false);
          for (const { figure } of index.points) expect(figure === index.base || !between(events, index.base, figure)).toBe(true);
          if (trend.pieces.length > 1) count();
        }),
        { numRuns: 300 },
      ),
    );
  });

  test("not in a flow, one that is asked for or the newest", () => {
    met((count) =>
      fc.assert(
        fc.property(removed, breaksOn(["removed"]), (series, events) => {
          for (const a of series)
            for (const b of series) {
              const flow = flowBetween(a, b, events);
              if (flow) expect(between(events, a, b)).toBe(false);
              else if (flowBetween(a, b, [])) {
                expect(between(events, a, b)).toBe(true);
                count();
              }
            }
          const newest = latestFlow(series, events);
          if (newest) expect(between(events, newest.from, newest.to)).toBe(false);
        }),
        { numRuns: 200 },
      ),
    );
  });

  test("not in new entries: neither of the stock nor of those taken off", () => {
    const [from, to] = [figureOf("2025-01-10", 9000), figureOf("2025-02-20", 8000)];
    const wholes = fc
      .integer({ min: 0, max: 20 })
      .map((day) => figureOf("2025-02-20", 3000, { measure: "removed", periodStart: dayAt(day) }));
    const pairs = fc
      .integer({ min: 0, max: 3 })
      .map((length) => [
        figureOf(spanAt(9 - length, length), 1000, { measure: "removed", periodStart: "2024-01-01" }),
        figureOf("2025-02-20", 4000, { measure: "removed", periodStart: "2024-01-01" }),
      ]);
    met((count) =>
      fc.assert(
        fc.property(
          fc.oneof(
            wholes.map((one) => [one]),
            pairs,
          ),
          breaksOn(["gray_list"]),
          breaksOn(["removed"]),
          (takenOff, ofStock, ofRemoved) => {
            const events = [...ofStock, ...ofRemoved];
            const whole = newEntriesBetween(from, to, takenOff, []);
            const entries = newEntriesBetween(from, to, takenOff, events);
            const begins =
              takenOff.length === 1 ? momentOf(takenOff[0]?.periodStart ?? "").from : (takenOff[0]?.asOf.from ?? from.asOf.from);
            const cut = between(events, from, to) || broken(events, "removed", begins, to.asOf.to);
            expect(entries).toEqual(cut ? undefined : whole);
            if (whole) expect(newEntries(from, to, whole.removals, ofStock) === undefined).toBe(between(ofStock, from, to));
            if (whole && cut) count();
          },
        ),
        { numRuns: 200 },
      ),
    );
  });
});

test("a break of another count or of another country cuts nothing", () => {
  const [a, b] = [
    figureOf("2025-01-10", 1000, { measure: "removed", periodStart: "2025-01-01" }),
    figureOf("2025-01-20", 2000, { measure: "removed", periodStart: "2025-01-01" }),
  ];
  expect(flowBetween(a, b, [breakAt(14, ["gray_list"]), { ...breakAt(14, ["removed"]), countries: ["TJ"] }])).toBeDefined();
  expect(flowBetween(a, b, [breakAt(14, ["removed"])])).toBeUndefined();
});
