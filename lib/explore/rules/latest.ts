import type { FigureSnapshot } from "../../snapshots/rules";

/** The newest figure in front of a series, the one before it in the same piece, and the figures that rival the newest. */
export type Latest = { newest: FigureSnapshot; before: FigureSnapshot | undefined; rivals: FigureSnapshot[] };
