import type { Figure, FigureSnapshot } from "../../snapshots/rules";
import { boundsOf, drawnAt } from "./bounds";

/** A number as said, with the least and the most it can be; null where it is open on that side. */
export type Spread = { value: number; low: number | null; high: number | null };

/** A figure with its bounds. */
export const spreadOf = (figure: Figure): Spread => ({ value: drawnAt(figure), ...boundsOf(figure) });

/** How many persons more there are at the later of two figures; less than zero where there are fewer. */
export function changeBetween(from: FigureSnapshot, to: FigureSnapshot): Spread {
  const [a, b] = [spreadOf(from.answer.figure), spreadOf(to.answer.figure)];
  return {
    value: b.value - a.value,
    low: b.low === null || a.high === null ? null : b.low - a.high,
    high: b.high === null || a.low === null ? null : b.high - a.low,
  };
}

/**
 * A spread divided by a number above zero that lies between `least` and `most`: the extremes of what can
 * come out. Open where the spread is, or where the number may be none at all or without end.
 */
export function divided({ value, low, high }: Spread, by: number, least = by, most = by): Spread {
  const over = (n: number, time: number) => (time > 0 && time < Infinity ? n / time : null);
  return {
    value: value / by,
    low: low === null ? null : over(low, low < 0 ? least : most),
    high: high === null ? null : over(high, high > 0 ? least : most),
  };
}
