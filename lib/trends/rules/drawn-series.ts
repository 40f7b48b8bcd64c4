import type { FigureSnapshot } from "../../snapshots/rules";
import { type DrawnSeries, drawn } from "./drawn";
import { gapBetween, type Trend } from "./pieces";

/** A trend as plain data for a chart that is drawn in a form. */
export function drawnSeries(trend: Trend): DrawnSeries {
  const lines = trend.pieces.flatMap((piece) => {
    const parts: FigureSnapshot[][] = [];
    for (const figure of piece) {
      const before = parts.at(-1)?.at(-1);
      if (before && !gapBetween(trend, before, figure)) parts.at(-1)?.push(figure);
      else parts.push([figure]);
    }
    return parts.map((part) => part.map(drawn));
  });
  return { lines, rivals: trend.rivals.map(drawn) };
}
