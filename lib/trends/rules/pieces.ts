import { bisectRight } from "d3-array";
import { concerns } from "../../countries/rules";
import type { Event } from "../../events/rules";
import type { Measure } from "../../measures/rules";
import { type FigureSnapshot, frontOf, hasFigure, type Snapshot } from "../../snapshots/rules";
import { centreOf } from "./bounds";

/**
 * A stock over time: best-ranked figures in pieces that no break lies in, the statements that rival
 * them, the breaks, and the entries that say there was no figure.
 */
export type Trend = { pieces: FigureSnapshot[][]; rivals: FigureSnapshot[]; breaks: Event[]; missing: Snapshot[] };

/** Rule "breaks": the moments at which the thing counted became another, for one country and measure. */
export function breaksOf(events: readonly Event[], country: string, measure: Measure): Event[] {
  return events.filter((e) => e.kind === "break" && e.measures.includes(measure) && concerns(e, country));
}

/**
 * Rule "breaks": whether something else was counted from some instant on between two others, so that
 * no change may be worked out from the one to the other. What begins at the break itself came after it.
 * @param events breaks that concern other countries or measures are passed over
 */
export function brokenBetween(of: Pick<Snapshot, "country" | "measure">, from: Date, to: Date, events: readonly Event[]): boolean {
  return breaksOf(events, of.country, of.measure).some(({ happenedOn }) => from < happenedOn.from && happenedOn.from < to);
}

/**
 * Rules "best-ranked", "rivals" and "pieces": of figures about overlapping spans the best-ranked
 * stands in front and the others beside it, deprecated statements never in front; a series is cut at
 * a break, and a figure whose span crosses one belongs to no piece but its own.
 * @param series statements about one country and one measure, in any order
 */
export function trendOf(series: readonly Snapshot[], breaks: readonly Event[]): Trend {
  const front = frontOf(series);
  const inFront = new Set<Snapshot>(front);
  const rivals = series.filter(hasFigure).filter((s) => !inFront.has(s));
  return { pieces: piecesOf(front, breaks), rivals, breaks: [...breaks], missing: series.filter((s) => s.answer.kind === "missing") };
}

/** Rule "pieces" alone: what stands in front, cut at breaks. */
export function piecesOf(front: readonly FigureSnapshot[], breaks: readonly Event[]): FigureSnapshot[][] {
  const pieces: FigureSnapshot[][] = [];
  for (const figure of front) {
    const piece = pieces.at(-1);
    const start = piece?.at(-1)?.asOf.from;
    if (piece && start && !brokenBetween(figure, start, figure.asOf.to, breaks)) piece.push(figure);
    else pieces.push([figure]);
  }
  return pieces;
}

/** Rule "gaps": whether between two figures of a series an entry says that there was none; nothing is drawn across it. */
export function gapsOf(trend: Trend): (a: Snapshot, b: Snapshot) => boolean {
  const entries = trend.missing.map((entry) => centreOf(entry).getTime()).sort((one, other) => one - other);
  return (a, b) => {
    const next = entries[bisectRight(entries, centreOf(a).getTime())];
    return next !== undefined && next < centreOf(b).getTime();
  };
}

/** The same for two figures alone. */
export const gapBetween = (trend: Trend, a: Snapshot, b: Snapshot): boolean => gapsOf(trend)(a, b);
