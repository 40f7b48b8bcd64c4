import { Temporal } from "temporal-polyfill";
import { ALL } from "../../countries/rules";
import { MOSCOW } from "../../moments/rules";
import { type FigureSnapshot, frontOf, type Snapshot } from "../../snapshots/rules";
import { drawnAt } from "./bounds";
import type { Trend } from "./pieces";
import { divided, type Spread, spreadOf } from "./spread";

/** A figure per 1,000 citizens present, with the figure it was divided by. */
export type PerThousand = { perThousand: Spread; figure: FigureSnapshot; present: FigureSnapshot };

/** How old the count of citizens present may be; months. */
const OLDEST = 12;

/**
 * Rule "per 1,000": by the latest best-ranked count of citizens present whose span ended no later than
 * the figure's and at most twelve months earlier.
 * @param presents statements on how many citizens of the same country are present
 * @returns undefined where there is none; never given for all nationalities together
 */
export function perThousand(figure: FigureSnapshot, presents: readonly Snapshot[]): PerThousand | undefined {
  if (figure.country === ALL || presents.length === 0) return undefined;
  const end = Temporal.Instant.fromEpochMilliseconds(figure.asOf.to.getTime()).toZonedDateTimeISO(MOSCOW);
  const earliest = end.subtract({ months: OLDEST }).epochMilliseconds;
  // Best-ranked first: a rival that ends later does not push out the one that stands in front of it.
  const [present] = frontOf(presents.filter((s) => s.asOf.to <= figure.asOf.to && s.asOf.to.getTime() >= earliest)).sort(
    (a, b) => b.asOf.to.getTime() - a.asOf.to.getTime(),
  );
  if (!present || drawnAt(present.answer.figure) === 0) return undefined;
  const there = spreadOf(present.answer.figure);
  const [least, most] = [(there.low ?? 0) / 1000, (there.high ?? Infinity) / 1000];
  return { perThousand: divided(spreadOf(figure.answer.figure), there.value / 1000, least, most), figure, present };
}

/** A series against one of its figures: 100 there. Only the figures of the base's own piece have an index. */
export type Indexed = { base: FigureSnapshot; points: { figure: FigureSnapshot; index: number }[] };

/**
 * Rule "index": 100 at the best-ranked figure whose span holds the day asked for, else at the last
 * before it in the same piece.
 * @param day the instant asked for
 * @returns undefined where no figure is, or a break lies between it and the day
 */
export function indexAt(trend: Trend, day: Date): Indexed | undefined {
  const front = trend.pieces.flat();
  const base = front.find((s) => s.asOf.from <= day && day < s.asOf.to) ?? front.filter((s) => s.asOf.to <= day).at(-1);
  if (!base || drawnAt(base.answer.figure) === 0) return undefined;
  if (base.asOf.to <= day && trend.breaks.some((b) => base.asOf.from < b.happenedOn.from && b.happenedOn.from <= day)) return undefined;
  const piece = trend.pieces.find((p) => p.includes(base)) ?? [];
  return { base, points: piece.map((figure) => ({ figure, index: (drawnAt(figure.answer.figure) / drawnAt(base.answer.figure)) * 100 })) };
}
