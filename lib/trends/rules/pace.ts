import type { FigureSnapshot } from "../../snapshots/rules";
import { boundsOf, centreOf, drawnAt } from "./bounds";
import type { Trend } from "./pieces";

/** A number as said, with the least and the most it can be; null where it is open on that side. */
export type Spread = { value: number; low: number | null; high: number | null };

const DAY = 86_400_000;

/** Days from one instant to another, with fractions. */
export const daysFrom = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / DAY;

/** Persons a day between two figures, with what it was worked out from: `change` persons in `days` days. */
export type Pace = { from: FigureSnapshot; to: FigureSnapshot; change: number; days: number; perDay: Spread };

/**
 * A change divided by the time it can have taken: the least over the greatest time where it falls the
 * other way, and so on; open where the change is open, or where the time may be none at all.
 */
function divided(change: Spread, days: number, least: number, most: number): Spread {
  const over = (time: number, n: number) => (time > 0 ? n / time : null);
  const low = change.low === null ? null : change.low < 0 ? over(least, change.low) : over(most, change.low);
  const high = change.high === null ? null : change.high > 0 ? over(least, change.high) : over(most, change.high);
  return { value: change.value / days, low, high };
}

/**
 * Rule "pace": the change between the centres of two neighbours a day; its range uses the extremes of
 * values and instants. An open bound makes the range one-sided.
 * @param from the earlier of two neighbours, `to` the later; their spans do not overlap
 */
export function paceBetween(from: FigureSnapshot, to: FigureSnapshot): Pace {
  const [a, b] = [boundsOf(from.answer.figure), boundsOf(to.answer.figure)];
  const change: Spread = {
    value: drawnAt(to.answer.figure) - drawnAt(from.answer.figure),
    low: b.low === null || a.high === null ? null : b.low - a.high,
    high: b.high === null || a.low === null ? null : b.high - a.low,
  };
  const days = daysFrom(centreOf(from), centreOf(to));
  const perDay = divided(change, days, daysFrom(from.asOf.to, to.asOf.from), daysFrom(from.asOf.from, to.asOf.to));
  return { from, to, change: change.value, days, perDay };
}

/**
 * Rule "neighbours": the last two figures of the newest piece; undefined where it has fewer. Figures
 * of one piece do not overlap and have no break between them.
 */
export function latestNeighbours(trend: Trend): [FigureSnapshot, FigureSnapshot] | undefined {
  const [from, to] = (trend.pieces.at(-1) ?? []).slice(-2);
  return from && to ? [from, to] : undefined;
}

/** Persons a day that would have to come off to reach none by a deadline, and how many times the present pace that is. */
export type NeededPace = { last: FigureSnapshot; days: number; perDay: number; timesThePace?: number };

/**
 * Rule "needed pace": the last figure divided by the days from its centre to the deadline.
 * @param endsAt first instant after the deadline, later than the figure's centre
 * @param pace the present pace; compared with only where it falls
 */
export function neededPace(last: FigureSnapshot, endsAt: Date, pace?: Pace): NeededPace {
  const days = daysFrom(centreOf(last), endsAt);
  const perDay = drawnAt(last.answer.figure) / days;
  const falls = pace !== undefined && pace.perDay.value < 0;
  return { last, days, perDay, ...(falls ? { timesThePace: perDay / -pace.perDay.value } : {}) };
}
