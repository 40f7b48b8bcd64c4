import type { Metadata } from "next";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerInWords } from "@/app/_components/series-table";
import { fromRecord, wordsOf } from "@/app/_server/public-page";
import { corrections, type Said } from "@/lib/corrections/read";
import type { Words } from "@/lib/i18n/words";

type Props = { params: Promise<{ lang: string }> };

/** As many as one page shows; the whole history of a figure stands on its own page. */
const SHOWN = 200;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await wordsOf((await params).lang)).t("corrections.title") };
}

function inWords(said: Said, words: Words): string {
  if (said.withdrawn) return words.t("snapshot.withdrawn");
  const rank = said.rank === "normal" ? "" : ` (${words.t(`corrections.ranks.${said.rank}`)})`;
  return `${answerInWords(said, words)}, ${words.moment(said.asOf)}${rank}`;
}

/** The public log of corrections: what was said before and after, why, and when it was changed. */
export default async function CorrectionsPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const list = await fromRecord((db) => corrections(db, SHOWN));
  if (!list)
    return (
      <PublicFrame words={words} path="/corrections">
        <UnavailablePage words={words} />
      </PublicFrame>
    );
  return (
    <PublicFrame words={words} path="/corrections">
      <h1>{t("corrections.title")}</h1>
      <p className="lead">{t("corrections.lead")}</p>
      {list.length === 0 && <p className="nothing">{t("corrections.none")}</p>}
      {list.length > 0 && (
        <ul className="plain">
          {list.map((correction) => {
            const before = inWords(correction.before, words);
            const after = inWords(correction.after, words);
            return (
              <li key={`${correction.statementId} ${correction.revision}`}>
                <h2>
                  <a href={`/${language}/snapshots/${correction.statementId}`}>
                    {words.country(correction.after.country)}, {t(`measures.${correction.after.measure}`)}
                  </a>
                </h2>
                <p>{before === after ? after : t("corrections.change", { before, after })}</p>
                <p>
                  {t("snapshot.reason")}: {correction.reason}
                </p>
                <p className="aside">
                  {words.instant(correction.at)} · {correction.sourceTitle}
                </p>
              </li>
            );
          })}
        </ul>
      )}
    </PublicFrame>
  );
}
