import { LISTS, type Measure } from "../measures/rules";
import { dayIn, daysBetween, MOSCOW } from "../moments/rules";
import { type FigureSnapshot, newestFigure, type Snapshot } from "./rules";

/** A figure older than this carries no projection any more, so the series is due to be asked about again. */
export const DUE_AFTER_DAYS = 30;

/** Where a series stands: its newest figure, when it was last asked about, with or without a figure, and whether it is time to ask again. */
export type Standing = {
  country: string;
  measure: Measure;
  newest: FigureSnapshot | undefined;
  asked: Snapshot | undefined;
  due: boolean;
};

const newestOf = (series: readonly Snapshot[]): Snapshot | undefined =>
  series.reduce<Snapshot | undefined>((newest, s) => (!newest || s.asOf.to > newest.asOf.to ? s : newest), undefined);

/**
 * How the given series stand: the two lists always, other counts where something was ever said of them;
 * those due first, among them the longest unasked, then those never asked about.
 * @param statements every statement of these measures that counts now
 */
export function standings(
  countries: readonly string[],
  measures: readonly Measure[],
  statements: readonly Snapshot[],
  now: Date,
): Standing[] {
  const today = dayIn(MOSCOW, now);
  const made = countries.flatMap((country) =>
    measures.flatMap((measure): Standing[] => {
      const series = statements.filter((s) => s.country === country && s.measure === measure);
      if (series.length === 0 && !LISTS.some((list) => list === measure)) return [];
      const asked = newestOf(series);
      const days = asked && daysBetween(dayIn(MOSCOW, new Date(asked.asOf.to.getTime() - 1)), today);
      return [{ country, measure, newest: newestFigure(series)?.figure, asked, due: days === undefined || days > DUE_AFTER_DAYS }];
    }),
  );
  // What was never asked about comes behind what was and has grown old.
  const since = ({ asked }: Standing) => asked?.asOf.to.getTime() ?? Number.MAX_SAFE_INTEGER;
  return made.sort((a, b) => Number(b.due) - Number(a.due) || since(a) - since(b));
}
