import type { Event } from "../../events/rules";
import type { FigureSnapshot } from "../../snapshots/rules";
import { type Trend, trendOf } from "../../trends/rules/pieces";

/** The newest figure in front of a series, the one before it in the same piece, and the figures that rival the newest. */
export type Latest = { newest: FigureSnapshot; before: FigureSnapshot | undefined; rivals: FigureSnapshot[] };

/**
 * The end of a series' trend: its last two neighbours, on which pace, needed pace and projection rest alone.
 * @param latest undefined where there is no figure
 * @param breaks the breaks of the series
 */
export const endOfTrend = (latest: Latest | undefined, breaks: readonly Event[]): Trend =>
  trendOf(
    [latest?.newest, latest?.before].filter((figure) => figure !== undefined),
    breaks,
  );
