import { type Plotted, type Row, rowsOf } from "@/lib/explore/rules/plotted";
import type { Since } from "@/lib/explore/rules/since";
import type { View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { pagePath } from "@/lib/vintage";
import { pointInWords, rowInWords, when } from "./explore-in-words";
import { SourceLine } from "./figure";

type Props = { plots: readonly Plotted[]; view: View; since: Since | undefined; caption: string; words: Words };

/** More rows than this nobody reads on a page; of several countries each has some. The files have all. */
const MOST_ROWS = 300;
const FEWEST_ROWS = 40;

/** Every figure that the charts show, and what they leave out, newest first; each leads to all that is known about it. */
export function ExploreTable({ plots, view, since, caption, words }: Props) {
  const { t, language } = words;
  const all = plots.map(rowsOf);
  const most = Math.max(FEWEST_ROWS, Math.floor(MOST_ROWS / plots.length));
  const rows = all.flatMap((those) => those.slice(0, most));
  if (rows.length === 0) return <p className="nothing">{t("explore.noRows")}</p>;
  const several = plots.length > 1;
  const read = view.reading !== "absolute";
  const mark = ({ statement }: Row) => {
    const changed = since?.marks.get(statement.statementId);
    const said = { gone: t("explore.sinceGone"), corrected: t("explore.sinceCorrected"), moved: t("explore.sinceMoved") };
    return changed && <small className="line changed">{said[changed]}</small>;
  };
  return (
    <>
      {all.some((those) => those.length > most) && <p className="explained">{t("explore.tableCut", { count: most })}</p>}
      <table className={several ? "series of-many" : "series"}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {several && <th scope="col">{t("explore.country")}</th>}
            <th scope="col">{t("trend.asOf")}</th>
            <th scope="col">{t("trend.figure")}</th>
            {read && <th scope="col">{t(`explore.readings.${view.reading}`)}</th>}
            {read && <th scope="col">{t("explore.by")}</th>}
            <th scope="col">{t("trend.who")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { statement, role, point } = row;
            return (
              <tr key={`${statement.statementId} ${role}`}>
                {several && <td>{words.country(row.country)}</td>}
                <th scope="row">{when(statement, words)}</th>
                <td>
                  <a href={`/${language}/${pagePath(`snapshots/${statement.statementId}`, view.vintage)}`}>{rowInWords(row, words)}</a>
                  {role === "rival" && <small className="line">{t("trend.rivalMark")}</small>}
                  {mark(row)}
                </td>
                {read && <td>{point && pointInWords(point, view, words)}</td>}
                {read && (
                  <td data-label={point?.by && t("explore.by")}>
                    {point?.by &&
                      t("explore.bySaid", { figure: words.figure(point.by.answer.figure), moment: words.moment(point.by.asOf) })}
                  </td>
                )}
                <td>
                  <SourceLine source={statement.source} words={words} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
