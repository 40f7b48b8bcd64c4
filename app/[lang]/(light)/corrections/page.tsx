import type { Metadata } from "next";
import type { ReactNode } from "react";
import { GivenText } from "@/app/_components/given-text";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerInWords } from "@/app/_components/series-table";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, wordsOf } from "@/app/_server/public-page";
import { corrections, type OtherCorrection, otherCorrections, type Said } from "@/lib/corrections/read";
import { changeInWords } from "@/lib/history/in-words";
import type { Words } from "@/lib/i18n/words";
import { readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string }> };

/** As many of each kind as one page shows; the whole history of a figure stands on its own page. */
const SHOWN = 200;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  return pageMetadata({ words, path: "/corrections", title: t("corrections.title"), description: t("corrections.lead") });
}

function inWords(said: Said, words: Words): string {
  if (said.withdrawn) return words.t("corrections.withdrawn");
  const { t } = words;
  const rank = { preferred: t("corrections.ranks.preferred"), normal: "", deprecated: t("corrections.ranks.deprecated") }[said.rank];
  return [`${answerInWords(said, words)}, ${words.moment(said.asOf)}`, rank].filter(Boolean).join(", ");
}

type Change = { key: string; at: Date; title: ReactNode; before: string; after: string; beside: string[]; reason: string; aside?: string };

function otherChange(correction: OtherCorrection, words: Words): Change {
  const { t, moment } = words;
  const { before, after } = correction;
  return {
    key: `${correction.statementId} ${correction.revision}`,
    at: correction.at,
    title: (
      <>
        {correction.feature === "deadlines" ? t("corrections.deadline") : t("corrections.event")}:{" "}
        <GivenText texts={after.text} words={words} />
      </>
    ),
    before: moment({ text: before.when }),
    after: after.withdrawn ? t("corrections.withdrawn") : moment({ text: after.when }),
    beside: correction.changed.map((changed) => changeInWords(changed, words)),
    reason: correction.reason,
  };
}

/** The public log of corrections: what was said before and after, why, and when it was changed. */
export default async function CorrectionsPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const address = readSettings().CONTACT_EMAIL;
  const found = await fromRecord(async (db) => ({ figures: await corrections(db, SHOWN), others: await otherCorrections(db, SHOWN) }));
  if (!found)
    return (
      <PublicFrame words={words} path="/corrections">
        <UnavailablePage words={words} />
      </PublicFrame>
    );
  const figures = found.figures.map(
    (correction): Change => ({
      key: `${correction.statementId} ${correction.revision}`,
      at: correction.at,
      title: (
        <a href={`/${language}/snapshots/${correction.statementId}`}>
          {words.country(correction.after.country)}, {t(`measures.${correction.after.measure}`)}
        </a>
      ),
      before: inWords(correction.before, words),
      after: inWords(correction.after, words),
      beside: correction.changed.map((changed) => changeInWords(changed, words)),
      reason: correction.reason,
      aside: correction.sourceTitle,
    }),
  );
  const list = [...figures, ...found.others.map((correction) => otherChange(correction, words))];
  list.sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <PublicFrame words={words} path="/corrections">
      <h1>{t("corrections.title")}</h1>
      <p className="lead">{t("corrections.lead")}</p>
      {address && (
        <p>
          {t("corrections.write")} <a href={`mailto:${address}`}>{address}</a>
        </p>
      )}
      {list.length === 0 && <p className="nothing">{t("corrections.none")}</p>}
      <ul className="plain">
        {list.map(({ key, at, title, before, after, beside, reason, aside }) => (
          <li key={key}>
            <h2>{title}</h2>
            <p>{before === after ? after : t("corrections.change", { before, after })}</p>
            {beside.map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>
              {t("snapshot.reason")}: {reason}
            </p>
            <p className="aside">
              {words.instant(at)} {aside && `· ${aside}`}
            </p>
          </li>
        ))}
      </ul>
    </PublicFrame>
  );
}
