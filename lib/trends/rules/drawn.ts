import type { Moment } from "../../moments/rules";
import type { Figure, FigureSnapshot } from "../../snapshots/rules";
import { boundsOf, drawnAt } from "./bounds";

/**
 * What a chart needs of one figure, as plain data: instants in milliseconds, numbers in persons, a bound
 * null where it is open. `from` and `to` bound its span, `value` is the number it is drawn at.
 */
export type Drawn = { key: string; from: number; to: number; value: number; low: number | null; high: number | null; exact: boolean };

/** A figure and its time as a chart draws them; the key is to be its own in the chart. */
export function drawnFigure(key: string, figure: Figure, asOf: Pick<Moment, "from" | "to">): Drawn {
  const exact = figure.qualifier === "exact";
  return { key, from: asOf.from.getTime(), to: asOf.to.getTime(), value: drawnAt(figure), ...boundsOf(figure), exact };
}

export const drawn = (snapshot: FigureSnapshot): Drawn => drawnFigure(snapshot.statementId, snapshot.answer.figure, snapshot.asOf);

/** A series as plain data: each line joins what neither a break nor a gap parts; rivals stand beside. */
export type DrawnSeries = { lines: Drawn[][]; rivals: Drawn[] };
