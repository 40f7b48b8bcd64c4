import type { Metadata } from "next";
import { ChainHistory } from "@/app/_components/chain-history";
import { cardOf, DeadlineCard } from "@/app/_components/deadline-card";
import { DeadlineFacts } from "@/app/_components/drawn-deadline";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { TakeAlong } from "@/app/_components/take-along";
import { answerStatus } from "@/app/_server/answer";
import { BrowserModule } from "@/app/_server/browser-module";
import { chainRecord } from "@/app/_server/chain-record";
import { missingMetadata, pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { lastMomentIn, whomInWords } from "@/lib/deadlines/in-words";
import { lastDay, standingChains } from "@/lib/deadlines/rules";
import { isLanguage } from "@/lib/i18n/languages";
import { offsetAt } from "@/lib/moments/rules";
import { today } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string; chain: string }> };

/** What the address asks for; `found` is undefined where nothing has its name, and the answer where the record cannot be read. */
async function asked({ params }: Props) {
  const { lang, chain } = await params;
  const words = await wordsOf(lang);
  const now = requestTime();
  const answered = await fromRecord(async (db) => ({ found: await chainRecord(db, chain, today(now)) }));
  return { words, chain, now, answered, known: isLanguage(lang) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { words, chain, now, answered, known } = await asked(props);
  const { t, day } = words;
  if (!answered?.found || !known) return missingMetadata(words);
  const [front] = standingChains(answered.found.members, now);
  const title = front ? t("deadlinePages.title", { day: day(lastDay(front.standing)) }) : t("deadline.heading");
  return pageMetadata({ words, path: `/deadlines/${chain}`, title, description: t("deadlinePages.lead") });
}

/** Zones by what their clocks show at an instant, the earliest first. */
const inOrderOfClock = (zones: readonly string[], instant: Date): string[] =>
  [...zones].sort((a, b) => offsetAt(a, instant) - offsetAt(b, instant));

/** One obligation: what stands of it and for whom, the same moment in each capital, and what became of it. */
export default async function ChainPage(props: Props) {
  const { words, chain: name, now, answered } = await asked(props);
  const { t, day } = words;
  if (!answered?.found) {
    if (answered) answerStatus(404);
    return (
      <PublicFrame words={words} path="">
        {answered ? <MissingPage words={words} /> : <UnavailablePage words={words} />}
      </PublicFrame>
    );
  }
  const { members, zones, corrections } = answered.found;
  const standing = standingChains(members, now);
  return (
    <PublicFrame words={words} path={`/deadlines/${name}`}>
      {standing.map((chain, index) => {
        const title = t("deadlinePages.title", { day: day(lastDay(chain.standing)) });
        return (
          <section key={chain.standing.statementId}>
            {index === 0 ? <h1>{title}</h1> : <h2>{title}</h2>}
            {standing.length > 1 && <p className="lead">{whomInWords(chain.whom, words)}</p>}
            <DeadlineCard chain={chain} now={now} extent="moments" heading={index === 0 ? "h2" : "h3"} words={words} />
            <DeadlineFacts card={cardOf(chain, now, undefined, words)} />
            <h3>{t("deadlinePages.sameMoment")}</h3>
            <ul className="plain">
              {inOrderOfClock(zones, chain.standing.endsAt).map((zone) => (
                <li key={zone}>{lastMomentIn(zone, chain.standing, words)}</li>
              ))}
            </ul>
          </section>
        );
      })}
      <TakeAlong
        origin={originOf(readSettings())}
        countries={standing[0]?.whom.countries ?? []}
        path={`deadlines/${name}`}
        told={standing[0]}
        zone={undefined}
        now={now}
        words={words}
      />
      <ChainHistory members={members} corrections={corrections} now={now} words={words} />
      <BrowserModule name="countdown" />
    </PublicFrame>
  );
}
