import type { Metadata } from "next";
import { DeadlineCard } from "@/app/_components/deadline-card";
import { UnavailablePage } from "@/app/_components/missing-page";
import { NoDeadline } from "@/app/_components/no-deadline";
import { PublicFrame } from "@/app/_components/public-frame";
import { BrowserModule } from "@/app/_server/browser-module";
import { missingMetadata, pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { whomInWords } from "@/lib/deadlines/in-words";
import { knownDeadlines } from "@/lib/deadlines/read";
import { standingChains } from "@/lib/deadlines/rules";
import { isLanguage } from "@/lib/i18n/languages";
import { today } from "@/lib/vintage";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang } = await params;
  const words = await wordsOf(lang);
  if (!isLanguage(lang)) return missingMetadata(words);
  const { t } = words;
  return pageMetadata({ words, path: "/deadlines", title: t("deadline.heading"), description: t("deadlinePages.lead") });
}

/** Every deadline that stands for somebody, the nearest first. */
export default async function DeadlinesPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const now = requestTime();
  const deadlines = await fromRecord((db) => knownDeadlines(db, today(now)));
  const standing = standingChains(deadlines ?? [], now);
  return (
    <PublicFrame words={words} path="/deadlines">
      {!deadlines && <UnavailablePage words={words} />}
      {deadlines && (
        <>
          <h1>{t("deadline.heading")}</h1>
          <p className="lead">{t("deadlinePages.lead")}</p>
          {standing.length === 0 && <NoDeadline text={t("deadlinePages.none")} at={now} words={words} />}
          {standing.map((chain) => (
            <section key={chain.standing.statementId}>
              <DeadlineCard chain={chain} now={now} extent="moments" heading="h2" words={words} />
              <p>
                {t("deadline.binds")}: {whomInWords(chain.whom, words)}
              </p>
              <p>
                <a className="tap" href={`/${language}/deadlines/${chain.chain}`}>
                  {t("deadline.all")}
                </a>
              </p>
            </section>
          ))}
          <BrowserModule name="countdown" />
        </>
      )}
    </PublicFrame>
  );
}
