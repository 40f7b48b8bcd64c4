import { boundsOf, drawnAt } from "../trends/rules/bounds";
import { beyondChance, logOf, ordinaryOf } from "./jumps";
import type { FigureSnapshot } from "./rules";

/** Where the figures of a series have stood: the middle one, how far from it is ordinary, in persons, and the two at the ends. */
export type Levels = { median: number; low: number; high: number; lowest: FigureSnapshot; highest: FigureSnapshot };

/** With fewer figures than this their middle says little about where the next one can stand. */
export const FEWEST_FIGURES = 6;

const persons = (log: number) => Math.max(0, Math.expm1(log));

/** The ends of a figure; as said where it is open. */
function endsOf({ answer }: FigureSnapshot): { low: number; high: number } {
  const [{ low, high }, drawn] = [boundsOf(answer.figure), drawnAt(answer.figure)];
  return { low: low ?? drawn, high: high ?? drawn };
}

/** The levels of figures that no break lies between; undefined when they are too few. Ratios again, as for changes. */
export function levelsOf(figures: readonly FigureSnapshot[]): Levels | undefined {
  if (figures.length < FEWEST_FIGURES) return undefined;
  const { middle, reach } = ordinaryOf(figures.map(({ answer }) => logOf(drawnAt(answer.figure))));
  return {
    median: persons(middle),
    low: persons(middle - reach),
    high: persons(middle + reach),
    lowest: figures.reduce((least, figure) => (endsOf(figure).low < endsOf(least).low ? figure : least)),
    highest: figures.reduce((most, figure) => (endsOf(figure).high > endsOf(most).high ? figure : most)),
  };
}

const clear = (more: number, less: number) => beyondChance(logOf(more) - logOf(less), more, less);

/** Whether a figure lies by its bounds beyond what is ordinary and, by more than chance, beyond the lowest or the highest so far. */
export function isBeyond(figure: FigureSnapshot, { low, high, lowest, highest }: Levels): boolean {
  const said = boundsOf(figure.answer.figure);
  const above = said.low !== null && said.low > high && clear(said.low, endsOf(highest).high);
  const below = said.high !== null && said.high < low && clear(endsOf(lowest).low, said.high);
  return above || below;
}
