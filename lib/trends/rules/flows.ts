import type { Event } from "../../events/rules";
import { momentOf } from "../../moments/rules";
import { type FigureSnapshot, frontOf, overlap, type Snapshot } from "../../snapshots/rules";
import { daysFrom } from "./pace";
import { brokenBetween } from "./pieces";
import { changeBetween, divided, type Spread, spreadOf } from "./spread";

/** How many between the ends of two cumulative figures, and how many a day. */
export type Flow = { from: FigureSnapshot; to: FigureSnapshot; count: Spread; days: number; perDay: Spread };

const DAY = 86_400_000;

/** The instants at which a counted period can have ended: the end of the first day of its span, to the end of its last. */
const ends = ({ asOf }: FigureSnapshot) => [new Date(Math.min(asOf.from.getTime() + DAY, asOf.to.getTime())), asOf.to] as const;

/**
 * Rule "flows": two cumulative figures with the same start give the flow and the daily rate between
 * their ends; by the bounds at least and at most.
 * @param events the breaks; nothing is worked out across one
 * @returns undefined where they do not start on the same known day, their ends overlap, or a break lies between
 */
export function flowBetween(from: FigureSnapshot, to: FigureSnapshot, events: readonly Event[]): Flow | undefined {
  if (from.periodStart === null || from.periodStart !== to.periodStart) return undefined;
  if (overlap(from.asOf, to.asOf) || from.asOf.from > to.asOf.from) return undefined;
  if (brokenBetween(to, from.asOf.from, to.asOf.to, events)) return undefined;
  const count = changeBetween(from, to);
  const days = daysFrom(from.asOf.to, to.asOf.to);
  const [[firstEnd, lastEnd], [firstNext, lastNext]] = [ends(from), ends(to)];
  return { from, to, count, days, perDay: divided(count, days, daysFrom(lastEnd, firstNext), daysFrom(firstEnd, lastNext)) };
}

/** Best-ranked figures that count from the same known day on, by that day. */
function cumulative(series: readonly Snapshot[]): FigureSnapshot[][] {
  const starts = new Set(series.flatMap((s) => s.periodStart ?? []));
  return [...starts].map((start) => frontOf(series.filter((s) => s.periodStart === start)));
}

/** The flow between two figures next to each other that ended last; undefined where no two give one. */
export function latestFlow(series: readonly Snapshot[], events: readonly Event[]): Flow | undefined {
  const flows = cumulative(series).flatMap((figures) =>
    figures.slice(1).flatMap((to, index) => flowBetween(figures[index] as FigureSnapshot, to, events) ?? []),
  );
  return flows.sort((a, b) => b.to.asOf.to.getTime() - a.to.asOf.to.getTime())[0];
}

/** Removals between two moments, as one figure or as the flow between two. */
export type Removals = { begins: FigureSnapshot["asOf"]; ends: FigureSnapshot["asOf"]; count: Spread };

/** How many must have been added between two stocks, with what it was worked out from. */
export type NewEntries = { from: FigureSnapshot; to: FigureSnapshot; removals: Removals; count: Spread };

/**
 * Rule "new entries": stock change plus removals over the same span gives how many must have been
 * added meanwhile.
 * @returns undefined where the removals do not begin and end within the spans of the two stocks, or a break lies between these
 */
export function newEntries(from: FigureSnapshot, to: FigureSnapshot, removals: Removals, events: readonly Event[]): NewEntries | undefined {
  if (!overlap(from.asOf, removals.begins) || !overlap(to.asOf, removals.ends)) return undefined;
  if (brokenBetween(to, from.asOf.from, to.asOf.to, events)) return undefined;
  const change = changeBetween(from, to);
  const { count } = removals;
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    from,
    to,
    removals,
    count: { value: change.value + count.value, low: sum(change.low, count.low), high: sum(change.high, count.high) },
  };
}

/**
 * The new entries between two stocks by whatever the record says of removals: one figure that counts
 * from the first to the second, or the flow between two that count from the same day.
 * @param removed statements on how many were taken off, of the same country
 */
export function newEntriesBetween(
  from: FigureSnapshot,
  to: FigureSnapshot,
  removed: readonly Snapshot[],
  events: readonly Event[],
): NewEntries | undefined {
  const groups = cumulative(removed);
  const whole = groups.flat().flatMap((s): Removals[] => {
    const begins = momentOf(s.periodStart ?? "");
    if (brokenBetween(s, begins.from, s.asOf.to, events)) return [];
    return [{ begins, ends: s.asOf, count: spreadOf(s.answer.figure) }];
  });
  const between = groups.flatMap((figures) =>
    figures.flatMap((a) =>
      figures.flatMap((b): Removals[] => {
        const flow = flowBetween(a, b, events);
        return flow ? [{ begins: a.asOf, ends: b.asOf, count: flow.count }] : [];
      }),
    ),
  );
  for (const removals of [...whole, ...between]) {
    const entries = newEntries(from, to, removals, events);
    if (entries) return entries;
  }
  return undefined;
}
