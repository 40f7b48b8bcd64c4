import type { FigureSnapshot } from "../../snapshots/rules";
import { centreOf } from "./bounds";
import type { Trend } from "./pieces";
import { changeBetween, divided, type Spread, spreadOf } from "./spread";

const DAY = 86_400_000;

/** Days from one instant to another, with fractions. */
export const daysFrom = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / DAY;

/** Why the range of a pace has not both ends: a figure is open on one side, or the two times touch. */
export type OpenRange = "open_bound" | "spans_touch";

/** Persons a day between two figures, with what it was worked out from: `change` persons in `days` days. */
export type Pace = { from: FigureSnapshot; to: FigureSnapshot; change: Spread; days: number; perDay: Spread; open?: OpenRange };

/**
 * Rule "pace": the change between the centres of two neighbours a day; its range uses the extremes of
 * values and instants. An open bound makes the range one-sided; so do two times that touch, because
 * the change may have taken no time at all.
 * @param from the earlier of two neighbours, `to` the later; their spans do not overlap
 */
export function paceBetween(from: FigureSnapshot, to: FigureSnapshot): Pace {
  const change = changeBetween(from, to);
  const days = daysFrom(centreOf(from), centreOf(to));
  const perDay = divided(change, days, daysFrom(from.asOf.to, to.asOf.from), daysFrom(from.asOf.from, to.asOf.to));
  const openBound = change.low === null || change.high === null;
  const openRange = perDay.low === null || perDay.high === null;
  return { from, to, change, days, perDay, ...(openRange ? { open: openBound ? "open_bound" : "spans_touch" } : {}) };
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
export type NeededPace = { last: FigureSnapshot; days: number; perDay: Spread; timesThePace?: number };

/**
 * Rule "needed pace": the last figure divided by the days from its centre to the deadline. Refused
 * where the figure's time runs past the deadline: it may speak of what came after.
 * @param endsAt first instant after the deadline
 * @param pace the present pace; compared with only where it falls
 */
export function neededPace(last: FigureSnapshot, endsAt: Date, pace?: Pace): NeededPace | { refused: "span_past_deadline" } {
  if (last.asOf.to > endsAt) return { refused: "span_past_deadline" };
  const days = daysFrom(centreOf(last), endsAt);
  const perDay = divided(spreadOf(last.answer.figure), days);
  const falls = pace !== undefined && pace.perDay.value < 0;
  return { last, days, perDay, ...(falls ? { timesThePace: perDay.value / -pace.perDay.value } : {}) };
}
