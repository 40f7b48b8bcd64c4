import type { Words } from "@/lib/i18n/words";
import { ageOf, dayIn, MOSCOW } from "@/lib/moments/rules";
import type { Standing } from "@/lib/snapshots/due";
import { SYSTEM } from "@/lib/staff/rules";

type Names = ReadonlyMap<string, string>;
type Props = { standings: readonly Standing[]; recorders: Names; names: Names; words: Words; now: Date };

/** Where each series stands: its last figure and its age, when it was last asked about and by whom, and what to enter next. */
export function DueSeries({ standings, recorders, names, words, now }: Props) {
  const { t } = words;
  const day = dayIn(MOSCOW, now);
  if (standings.length === 0) return null;
  const who = (id: string) => {
    const by = recorders.get(id);
    return by === SYSTEM.personId ? t("record.starter") : (names.get(by ?? "") ?? "");
  };
  return (
    <table className="due">
      <thead>
        <tr>
          <th scope="col">{t("desk.series")}</th>
          <th scope="col">{t("desk.lastFigure")}</th>
          <th scope="col">{t("desk.lastAsked")}</th>
          <th scope="col">{t("desk.actions")}</th>
        </tr>
      </thead>
      <tbody>
        {standings.map(({ country, measure, newest, asked, due }) => {
          const series = `${words.country(country)}, ${t(`measures.${measure}`)}`;
          const enter = `/staff/record?country=${country}&measure=${measure}`;
          return (
            <tr key={`${country} ${measure}`}>
              <th scope="row">
                {series} <span className={due ? "due-now" : "aside"}>{due ? t("desk.isDue") : t("desk.isFresh")}</span>
              </th>
              <td>
                {newest ? (
                  <>
                    <a href={`/staff/record/${newest.statementId}`}>{words.figure(newest.answer.figure)}</a>{" "}
                    <small className="aside">{words.age(ageOf(newest.asOf, now))}</small>
                  </>
                ) : (
                  <span className="nothing">{t("desk.noFigure")}</span>
                )}
              </td>
              <td>{asked ? t("desk.askedBy", { moment: words.moment(asked.asOf), name: who(asked.statementId) }) : t("desk.never")}</td>
              <td>
                <div className="due-acts">
                  <a href={enter} aria-label={`${t("desk.newFigure")}: ${series}`}>
                    {t("desk.newFigure")}
                  </a>
                  <a href={`${enter}&answer=missing:not_published&day=${day}`} aria-label={`${t("desk.noFigureBecause")}: ${series}`}>
                    {t("desk.noFigureBecause")}
                  </a>
                  <a href={`${enter}&answer=unchanged&day=${day}`} aria-label={`${t("desk.unchanged")}: ${series}`}>
                    {t("desk.unchanged")}
                  </a>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
