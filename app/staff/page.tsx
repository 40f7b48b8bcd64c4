import type { Metadata } from "next";
import { answerInWords } from "@/app/_components/series-table";
import { staffDb } from "@/app/_server/database";
import { requestTime } from "@/app/_server/public-page";
import { requirePerson, staffWords } from "@/app/_server/session";
import { lastRecorded } from "@/lib/snapshots/read";
import { mayRecordAnything } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("desk.title") };
}

/** Where staff begin: record a figure, or open one of the last. */
export default async function DeskPage() {
  const person = await requirePerson("/staff");
  const words = await staffWords();
  const { t } = words;
  const latest = await lastRecorded(staffDb(), today(requestTime()), 25);
  return (
    <>
      <h1>{t("desk.title")}</h1>
      {mayRecordAnything(person) && (
        <p>
          <a className="button" href="/staff/record">
            {t("desk.record")}
          </a>{" "}
          <a className="button" href="/staff/import">
            {t("desk.import")}
          </a>
        </p>
      )}
      <h2>{t("desk.latest")}</h2>
      {latest.length === 0 ? (
        <p className="nothing">{t("desk.empty")}</p>
      ) : (
        <ul className="plain">
          {latest.map((s) => (
            <li key={s.statementId}>
              <a href={`/staff/record/${s.statementId}`}>
                {words.country(s.country)} · {t(`measures.${s.measure}`)} · {answerInWords(s, words)}
              </a>{" "}
              <small className="aside">
                {words.moment(s.asOf)} · {t("snapshot.recorded")}: {words.instant(s.recordedAt)}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
