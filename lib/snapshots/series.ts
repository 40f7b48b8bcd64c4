import type { Measure } from "../measures/rules";
import { byRank, type FigureSnapshot, hasFigure, type Snapshot } from "./rules";

/** The last figures of a series, rivals among them, newest as-of first; of one time the better ranked first. */
export function lastFigures(statements: readonly Snapshot[], measure: Measure, count: number): FigureSnapshot[] {
  return statements
    .filter(hasFigure)
    .filter((s) => s.measure === measure)
    .sort((a, b) => b.asOf.to.getTime() - a.asOf.to.getTime() || b.asOf.from.getTime() - a.asOf.from.getTime() || byRank(a, b))
    .slice(0, count);
}
