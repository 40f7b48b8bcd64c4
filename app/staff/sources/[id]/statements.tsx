import { answerInWords } from "@/app/_components/series-table";
import type { Words } from "@/lib/i18n/words";
import type { Carried } from "@/lib/sources/read";

/** What rests on a source; figures lead to where they are corrected. */
export function Statements({ statements, listed, words }: { statements: readonly Carried[]; listed: number; words: Words }) {
  const { t } = words;
  if (statements.length === 0) return <p className="nothing">{t("sources.nothing")}</p>;
  const cut = ["snapshots", "deadlines", "events"].some((feature) => statements.filter((s) => s.feature === feature).length >= listed);
  const countries = (statement: Carried) => statement.countries.map((code) => words.country(code)).join(", ");
  return (
    <>
      <ul className="plain">
        {statements.map((statement) => (
          <li key={`${statement.feature} ${statement.statementId}`}>
            {statement.feature === "snapshots" ? (
              <a href={`/staff/record/${statement.statementId}`}>
                {countries(statement)} · {t(`measures.${statement.measure}`)} ·{" "}
                {answerInWords({ answer: statement.answer, asOf: statement.on }, words)}
              </a>
            ) : (
              <>
                {t(statement.feature === "deadlines" ? "sources.deadline" : "sources.event")} · {countries(statement)}
              </>
            )}{" "}
            <small className="aside">
              {words.moment(statement.on)}
              {statement.state === "withdrawn" && <> · {t("snapshot.withdrawn")}</>}
            </small>
          </li>
        ))}
      </ul>
      {cut && <p className="aside">{t("sources.more", { count: words.number(listed) })}</p>}
    </>
  );
}
