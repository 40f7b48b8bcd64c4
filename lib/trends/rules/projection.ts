import { isFlow } from "../../measures/rules";
import { boundsOf, centreOf, drawnAt } from "./bounds";
import { daysFrom, latestNeighbours, type NeededPace, neededPace, type OpenRange, type Pace, paceBetween } from "./pace";
import type { Trend } from "./pieces";

/** Why nothing is projected. */
export type ProjectionRefusal = "flow" | "no_deadline_ahead" | "too_few_neighbours" | "figure_too_old" | "span_past_deadline" | OpenRange;

/** A number of persons, the days it is carried on for, and the persons a day by which it is. */
export type Carried = { bound: number; days: number; perDay: number };

/** How many persons a stock would come to at a deadline if the pace went on, with what it was worked out from. */
export type Projection = {
  pace: Pace;
  needed: NeededPace;
  /** First instant after the deadline. */
  endsAt: Date;
  /** Days from the centre of the last figure to the deadline. */
  days: number;
  value: number;
  low: number;
  high: number;
  /** What the two ends of the band were worked out from: a bound of the last figure, carried on for so many days by an end of the pace's range. */
  band: { low: Carried; high: Carried };
  rises: boolean;
  /** When the count would reach none; only for a pace that falls. */
  clearedAt?: Date;
};

/** A last figure whose span ended longer ago than this carries no projection; days. */
export const OLDEST_FIGURE = 30;

/**
 * Rule "projection": for stocks, to the next deadline in force. The value is the last figure's carried
 * on from its centre by the pace; the band is the extremes over its bounds, the two ends of its span
 * and the pace's range; never under zero.
 * @param endsAt first instant after the next deadline ahead; undefined when none is
 * @param at the instant in question
 */
export function project(trend: Trend, endsAt: Date | undefined, at: Date): Projection | { refused: ProjectionRefusal } {
  const last = trend.pieces.at(-1)?.at(-1);
  if (last && isFlow(last.measure)) return { refused: "flow" };
  if (!endsAt || endsAt <= at) return { refused: "no_deadline_ahead" };
  const neighbours = latestNeighbours(trend);
  if (!neighbours || !last) return { refused: "too_few_neighbours" };
  if (daysFrom(last.asOf.to, at) > OLDEST_FIGURE) return { refused: "figure_too_old" };
  const pace = paceBetween(...neighbours);
  const bounds = boundsOf(last.answer.figure);
  const needed = neededPace(last, endsAt, pace);
  if ("refused" in needed) return needed;
  if (pace.perDay.low === null || pace.perDay.high === null || bounds.low === null || bounds.high === null)
    return { refused: pace.open ?? "open_bound" };

  const ends = [daysFrom(last.asOf.from, endsAt), daysFrom(last.asOf.to, endsAt)];
  const reached = ({ bound, days, perDay }: Carried) => Math.max(0, bound + perDay * days);
  const carried = (bound: number, perDay: number) => ends.map((days) => ({ bound, days, perDay })).sort((a, b) => reached(a) - reached(b));
  const [low, high] = [carried(bounds.low, pace.perDay.low)[0] as Carried, carried(bounds.high, pace.perDay.high).at(-1) as Carried];
  const days = daysFrom(centreOf(last), endsAt);
  const falls = pace.perDay.value < 0;
  const clearedAfter = falls ? drawnAt(last.answer.figure) / -pace.perDay.value : undefined;
  return {
    pace,
    needed,
    endsAt,
    days,
    value: Math.max(0, drawnAt(last.answer.figure) + pace.perDay.value * days),
    low: reached(low),
    high: reached(high),
    band: { low, high },
    rises: pace.perDay.value > 0,
    ...(clearedAfter === undefined ? {} : { clearedAt: new Date(centreOf(last).getTime() + clearedAfter * 86_400_000) }),
  };
}
