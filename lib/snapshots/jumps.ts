import type { Event } from "../events/rules";
import { boundsOf, centreOf, drawnAt } from "../trends/rules/bounds";
import { daysFrom } from "../trends/rules/pace";
import { piecesOf } from "../trends/rules/pieces";
import { type FigureSnapshot, frontOf, overlap, type Snapshot } from "./rules";

/**
 * A change between two figures. `apart` is how far apart they are as a difference of logarithms, so that
 * a doubling weighs the same in a small count and in a large one; `size` is that over the square root of
 * the days, since what cannot be foreseen grows with the square root of time: a move that is ordinary in
 * two months is not in two days. Nothing takes less than a day: two figures of one day differ by rounding.
 */
export type Change = { from: FigureSnapshot; to: FigureSnapshot; days: number; apart: number; size: number };

/** What is usual in a series: the limit of ordinary changes, the middle one, and the sharpest so far. */
export type Yardstick = { median: number; limit: number; sharpest: Change };

/** With fewer changes than this the next one is the sharpest so far too easily: one time in six by chance. */
export const FEWEST_CHANGES = 5;

/** Iglewicz and Hoaglin's limit for an outlier by the median; the second number makes a MAD comparable with a standard deviation. */
const DEVIATIONS = 3.5;
const MAD_TO_DEVIATION = 1.4826;

/** One person is added to each count, so that none has a logarithm too. */
export const logOf = (persons: number) => Math.log1p(persons);

function changeOf(from: FigureSnapshot, to: FigureSnapshot, apart: number, days: number): Change {
  const counted = Math.max(1, days);
  return { from, to, days: counted, apart, size: apart / Math.sqrt(counted) };
}

/** The change between two figures as said, from centre to centre. */
export function changeAsSaid(from: FigureSnapshot, to: FigureSnapshot): Change {
  const apart = Math.abs(logOf(drawnAt(to.answer.figure)) - logOf(drawnAt(from.answer.figure)));
  return changeOf(from, to, apart, Math.abs(daysFrom(centreOf(from), centreOf(to))));
}

/**
 * The least that can have changed, in the longest time it can have taken: between the nearest ends of the
 * two bounds and the farthest ends of the two spans. None where the bounds meet or are open towards each other.
 */
export function leastChange(a: FigureSnapshot, b: FigureSnapshot): Change {
  const [from, to] = a.asOf.from <= b.asOf.from ? [a, b] : [b, a];
  const [x, y] = [boundsOf(from.answer.figure), boundsOf(to.answer.figure)];
  const gap = (low: number | null, high: number | null) => (low === null || high === null ? 0 : logOf(low) - logOf(high));
  const apart = Math.max(0, gap(y.low, x.high), gap(x.low, y.high));
  const last = Math.max(from.asOf.to.getTime(), to.asOf.to.getTime());
  return changeOf(from, to, apart, daysFrom(from.asOf.from, new Date(last)));
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** The middle of some numbers, and how far from it is still ordinary. A few wild ones hardly move either. */
export function ordinaryOf(numbers: readonly number[]): { middle: number; reach: number } {
  const middle = median(numbers);
  return { middle, reach: DEVIATIONS * MAD_TO_DEVIATION * median(numbers.map((number) => Math.abs(number - middle))) };
}

/** The yardstick that changes give; undefined when they are too few. */
export function yardstickOf(changes: readonly Change[]): Yardstick | undefined {
  if (changes.length < FEWEST_CHANGES) return undefined;
  const { middle, reach } = ordinaryOf(changes.map((change) => change.size));
  const sharpest = changes.reduce((most, change) => (change.size > most.size ? change : most));
  return { median: middle, limit: middle + reach, sharpest };
}

/** Whether two counts so far apart are more than chance makes between counts of that size (Poisson): 1,000 and 1,001 are not. */
export function beyondChance(apart: number, a: number, b: number): boolean {
  return apart > DEVIATIONS * Math.sqrt(1 / (a + 1) + 1 / (b + 1));
}

/** Whether a change lies beyond the ordinary ones of a series. */
export const isUnusual = ({ from, to, apart, size }: Change, yardstick: Yardstick): boolean =>
  size > yardstick.limit && beyondChance(apart, drawnAt(from.answer.figure), drawnAt(to.answer.figure));

/** How many times a count can ordinarily have grown or shrunk in so many days, by the sharper of the limit and the sharpest change. */
export const ordinaryTimes = ({ limit, sharpest }: Yardstick, days: number): number =>
  Math.exp(Math.max(limit, sharpest.size) * Math.sqrt(days));

/**
 * How a count has changed so far: every change between neighbours as said, none across a break. And the figures around
 * one of it, or one of another count: those about an overlapping time, the nearest before and after, and all that no
 * break parts from it.
 */
export type Course = { changes: Change[]; beside: FigureSnapshot[]; neighbours: FigureSnapshot[]; piece: FigureSnapshot[] };

/** @param series statements about the measure of the figure or about another, without the figure itself */
export function courseOf(figure: FigureSnapshot, series: readonly Snapshot[], breaks: readonly Event[]): Course {
  const [apart, overlapping]: [Snapshot[], Snapshot[]] = [[], []];
  for (const one of series) (overlap(one.asOf, figure.asOf) ? overlapping : apart).push(one);
  const front = frontOf(series);
  const changes = piecesOf(front, breaks).flatMap((of) => of.slice(1).map((to, i) => changeAsSaid(of[i] as FigureSnapshot, to)));
  const beside = frontOf(overlapping);
  const clear = overlapping.length === 0 ? front : frontOf(apart);
  if (figure.rank === "deprecated") return { changes, beside, neighbours: [], piece: beside };
  // It overlaps nothing of these, so it stands in front where its time is.
  const place = clear.findLastIndex((one) => one.asOf.from < figure.asOf.from) + 1;
  const piece = piecesOf(clear.toSpliced(place, 0, figure), breaks).find((of) => of.includes(figure)) ?? [];
  const at = piece.indexOf(figure);
  return {
    changes,
    beside,
    neighbours: [piece[at - 1], piece[at + 1]].filter((s) => s !== undefined),
    piece: [...piece.filter((s) => s !== figure), ...beside],
  };
}
