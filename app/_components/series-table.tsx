import type { Words } from "@/lib/i18n/words";
import { isFlow } from "@/lib/measures/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { pagePath, type Vintage } from "@/lib/vintage";
import { aboutWhen, SourceLine } from "./figure";

/** What a statement says, in words: its figure, or why there is none. */
export function answerInWords(snapshot: Pick<Snapshot, "answer" | "asOf">, words: Words): string {
  const { answer } = snapshot;
  if (answer.kind === "figure") return words.figure(answer.figure);
  return answer.kind === "missing"
    ? words.t(`missing.${answer.reason}`)
    : words.t("figure.askedAgain", { moment: words.moment(snapshot.asOf) });
}

/** So many rows of a series that is not shown whole are enough for a page; explore has all. */
const NEWEST = 100;

type Props = { series: readonly Snapshot[]; of: number | undefined; vintage: Vintage | undefined; words: Words };

/**
 * Every statement of a series, newest first; each links to all that is known about it.
 * @param of how many there are, where the series is too long to be here whole: then the newest of what is here
 */
export function SeriesTable({ series: all, of, vintage, words }: Props) {
  const { t, language } = words;
  const series = of === undefined ? all : all.slice(0, NEWEST);
  const told = of !== undefined && t("explore.thinned", { drawn: words.number(all.length), all: words.number(of) });
  return (
    <table className="series">
      <caption>{told ? `${told} ${t("trend.newestOnly", { count: words.number(series.length) })}` : t("trend.table")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("trend.asOf")}</th>
          <th scope="col">{t("trend.figure")}</th>
          <th scope="col">{t("trend.who")}</th>
        </tr>
      </thead>
      <tbody>
        {series.map((s) => (
          <tr key={s.statementId}>
            <th scope="row">{isFlow(s.measure) ? aboutWhen(s, words) : words.moment(s.asOf)}</th>
            <td>
              <a href={`/${language}/${pagePath(`snapshots/${s.statementId}`, vintage)}`}>{answerInWords(s, words)}</a>
            </td>
            <td>
              <SourceLine source={s.source} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
