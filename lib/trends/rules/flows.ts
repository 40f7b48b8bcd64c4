import { momentOf } from "../../moments/rules";
import { type FigureSnapshot, overlap } from "../../snapshots/rules";
import { boundsOf, drawnAt } from "./bounds";
import { daysFrom, type Spread } from "./pace";

/** How many between the ends of two cumulative figures, and how many a day. */
export type Flow = { from: FigureSnapshot; to: FigureSnapshot; count: Spread; days: number; perDay: Spread };

const DAY = 86_400_000;

/** The instants at which a counted period can have ended: the end of the first day of its span, to the end of its last. */
const ends = (figure: FigureSnapshot) =>
  [Math.min(figure.asOf.from.getTime() + DAY, figure.asOf.to.getTime()), figure.asOf.to.getTime()] as const;

/**
 * Rule "flows": two cumulative figures with the same start give the flow and the daily rate between
 * their ends; by the bounds at least and at most.
 * @returns undefined where they do not start on the same known day, or their ends overlap
 */
export function flowBetween(from: FigureSnapshot, to: FigureSnapshot): Flow | undefined {
  if (from.periodStart === null || from.periodStart !== to.periodStart) return undefined;
  if (overlap(from.asOf, to.asOf) || from.asOf.from > to.asOf.from) return undefined;
  const [a, b] = [boundsOf(from.answer.figure), boundsOf(to.answer.figure)];
  const count: Spread = {
    value: drawnAt(to.answer.figure) - drawnAt(from.answer.figure),
    low: b.low === null || a.high === null ? null : b.low - a.high,
    high: b.high === null || a.low === null ? null : b.high - a.low,
  };
  const days = daysFrom(from.asOf.to, to.asOf.to);
  const most = (ends(to)[1] - ends(from)[0]) / DAY;
  const least = (ends(to)[0] - ends(from)[1]) / DAY;
  const perDay: Spread = {
    value: count.value / days,
    low: count.low === null ? null : count.low / (count.low < 0 ? least : most),
    high: count.high === null ? null : count.high / (count.high < 0 ? most : least),
  };
  return { from, to, count, days, perDay };
}

/** Removals between two moments, as one figure or as the flow between two. */
export type Removals = { begins: FigureSnapshot["asOf"]; ends: FigureSnapshot["asOf"]; count: Spread };

/**
 * Rule "new entries": stock change plus removals over the same span gives how many must have been
 * added meanwhile.
 * @returns undefined where the removals do not begin and end within the spans of the two stocks
 */
export function newEntries(from: FigureSnapshot, to: FigureSnapshot, removals: Removals): Spread | undefined {
  if (!overlap(from.asOf, removals.begins) || !overlap(to.asOf, removals.ends)) return undefined;
  const [a, b, r] = [boundsOf(from.answer.figure), boundsOf(to.answer.figure), removals.count];
  const sum = (...parts: (number | null)[]) =>
    parts.some((part) => part === null) ? null : parts.reduce<number>((x, y) => x + (y ?? 0), 0);
  const less = (n: number | null) => (n === null ? null : -n);
  return {
    value: drawnAt(to.answer.figure) - drawnAt(from.answer.figure) + r.value,
    low: sum(b.low, less(a.high), r.low),
    high: sum(b.high, less(a.low), r.high),
  };
}

/**
 * The new entries between two stocks by whatever the record says of removals: one figure that counts
 * from the first to the second, or the flow between two that count from the same day.
 * @param removed statements on how many were taken off, of the same country
 */
export function newEntriesBetween(from: FigureSnapshot, to: FigureSnapshot, removed: readonly FigureSnapshot[]): Spread | undefined {
  const whole = removed
    .filter((s) => s.periodStart !== null)
    .map((s): Removals => {
      const { low, high } = boundsOf(s.answer.figure);
      return { begins: momentOf(s.periodStart ?? ""), ends: s.asOf, count: { value: drawnAt(s.answer.figure), low, high } };
    });
  const between = removed.flatMap((a) =>
    removed.flatMap((b): Removals[] => {
      const flow = flowBetween(a, b);
      return flow ? [{ begins: a.asOf, ends: b.asOf, count: flow.count }] : [];
    }),
  );
  for (const removals of [...whole, ...between]) {
    const entries = newEntries(from, to, removals);
    if (entries) return entries;
  }
  return undefined;
}
