import { Temporal } from "temporal-polyfill";
import type { Event } from "../../events/rules";
import { dayIn, MOSCOW, parseMoment } from "../../moments/rules";
import type { FigureSnapshot } from "../../snapshots/rules";

/** A stretch of time worth a look, by the month or day on which it begins; undefined begins with the first figure. */
export type Preset = { name: "all" | "registry" | "year" | "half"; from: string | undefined };

/**
 * The stretches that fit what is known: they end with the newest figure, not with the clock, and none shows the same as another.
 * @param newest newest figures of the countries shown
 * @param earliest when the first figure that is known begins; undefined where nothing is known
 * @param breaks the last of them opened the registry
 */
export function presetsFor(newest: readonly FigureSnapshot[], earliest: Date | undefined, breaks: readonly Event[]): Preset[] {
  const last = newest.map(({ asOf }) => asOf.to).sort((a, b) => b.getTime() - a.getTime())[0];
  if (!last || !earliest) return [{ name: "all", from: undefined }];
  const end = Temporal.PlainDate.from(dayIn(MOSCOW, new Date(last.getTime() - 1)));
  const monthsBack = (months: number) => end.subtract({ months }).toPlainYearMonth().toString();
  const opened = breaks.at(-1)?.happenedOn.from;
  const wanted: Preset[] = [
    ...(opened ? [{ name: "registry" as const, from: dayIn(MOSCOW, opened) }] : []),
    { name: "year", from: monthsBack(12) },
    { name: "half", from: monthsBack(6) },
  ];
  const begins = ({ from = "" }: Preset) => parseMoment(from)?.from ?? earliest;
  const fitting = wanted.filter((preset) => begins(preset) > earliest && begins(preset) < last);
  return [{ name: "all", from: undefined }, ...fitting.sort((a, b) => begins(a).getTime() - begins(b).getTime())];
}
