import { ALL } from "@/lib/countries/rules";
import type { Plotted, Point, Row } from "@/lib/explore/rules/plotted";
import type { View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { isFlow } from "@/lib/measures/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { aboutWhen } from "./figure";
import { spreadInWords } from "./reading-in-words";
import { answerInWords } from "./series-table";

/** What a statement is about in time, as tables say it. */
export const when = (statement: Snapshot, words: Words): string =>
  isFlow(statement.measure) ? aboutWhen(statement, words) : words.moment(statement.asOf);

/** Who said it: speaker and office, else who published it, else the title. */
export const whoSaid = ({ source: { speaker, speakerRole, publisher, title } }: Snapshot): string =>
  [speaker, speakerRole].filter(Boolean).join(", ") || (publisher ?? title);

/** A number as the view reads it: `321 per 1,000 present`; of the numbers themselves, as they were said. */
export function pointInWords(point: Point, view: Pick<View, "reading">, words: Words): string {
  if (view.reading === "absolute") return words.figure(point.figure.answer.figure);
  return words.t(`explore.values.${view.reading}`, { value: spreadInWords(point, words) });
}

/** One mark of a chart, whole, for who hears it or points at it: whose, when, how many, who said it. */
export function markInWords(country: string, point: Point, view: View, words: Words): string {
  const { figure } = point;
  const said = words.figure(figure.answer.figure);
  const read = pointInWords(point, view, words);
  return `${words.country(country)}, ${when(figure, words)}: ${view.reading === "absolute" ? said : `${read} (${said})`}; ${words.t("explore.saidBy", { who: whoSaid(figure) })}`;
}

/** What a row of a table says: how many, or why there is none. */
export const rowInWords = ({ statement }: Row, words: Words): string => answerInWords(statement, words);

/** A country's series in words: how many figures from when to when, the least, the most, the newest; or why there is nothing. */
export function seriesInWords(plot: Plotted, view: View, words: Words): string {
  const { t } = words;
  const points = plot.lines.flat().sort((a, b) => a.from - b.from);
  const [first, last] = [points[0], points.at(-1)];
  const country = words.country(plot.country);
  if (!first || !last) return `${country}: ${t(`explore.refused.${plot.refused ?? "nothing_known"}`)}`;
  const by = [...points].sort((a, b) => a.value - b.value);
  const say = (point: Point | undefined) => (point ? pointInWords(point, view, words) : "");
  const told = t("explore.alternative", {
    country,
    count: points.length,
    first: words.moment(first.figure.asOf),
    last: words.moment(last.figure.asOf),
    lowest: say(by[0]),
    highest: say(by.at(-1)),
    newest: say(last),
  });
  if (plot.rivals.length === 0) return told;
  return `${told} ${t("trend.alternativeRivals", { figures: plot.rivals.map(say).join(", ") })}`;
}

/** The name of what a view shows: `Gray list, per 1,000 citizens present: Kyrgyzstan, Tajikistan`. */
export function titleOf(view: View, countries: readonly string[], words: Words): string {
  const { t } = words;
  const measure = t(`measures.${view.measure}`);
  const read =
    view.reading === "absolute" ? measure : `${measure}, ${t(`explore.readings.${view.reading}`).toLocaleLowerCase(words.language)}`;
  return countries.length === 0 ? read : `${read}: ${countries.map((code) => words.country(code)).join(", ")}`;
}

/** Letters of a name without case and marks, so that it is found however it is typed. */
const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}|ʻ|ʼ|'/gu, "")
    .toLocaleLowerCase();

/** Whether a country is meant by a part of its name, or by its code. */
export const isNamed = (code: string, part: string, words: Words): boolean =>
  part === "" || plain(words.country(code)).includes(plain(part)) || (code !== ALL && code.toLowerCase() === part.toLowerCase());
