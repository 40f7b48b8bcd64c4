import type { Metadata } from "next";
import { GivenText } from "@/app/_components/given-text";
import { PublicFrame } from "@/app/_components/public-frame";
import { BrowserModule } from "@/app/_server/browser-module";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { knownEvents } from "@/lib/events/read";
import type { Event } from "@/lib/events/rules";
import type { Words } from "@/lib/i18n/words";
import { today } from "@/lib/vintage";
import { ByHand } from "./by-hand";
import { Counter } from "./counter";
import "@/app/days.css";

type Props = { params: Promise<{ lang: string }> };

/** The rule in the record, and the day on which its source told it. */
const RULE = { statementId: "stay-90-days-2025-11-03", told: "2025-11-03" };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  return pageMetadata({ words, path: "/days", title: words.t("days.title"), description: words.t("days.description") });
}

/** What the record has of the rule; left out where it has been withdrawn or cannot be read, as the page tells the rule itself. */
function OnRecord({ event, words }: { event: Event; words: Words }) {
  const { t } = words;
  const { title, url } = event.source;
  return (
    <dl className="facts">
      <div>
        <dt>{t("days.onRecord")}</dt>
        <dd>
          <GivenText texts={event.what} words={words} />
        </dd>
      </div>
      <div>
        <dt>{t("days.knownFrom")}</dt>
        <dd>{words.moment(event.happenedOn)}</dd>
      </div>
      <div>
        <dt>{t("days.source")}</dt>
        <dd>
          {url ? (
            <a href={url} rel="noreferrer">
              {title}
            </a>
          ) : (
            title
          )}
        </dd>
      </div>
    </dl>
  );
}

const NOT_FOR = ["days.whomWork", "days.whomResidence", "days.whomUnion", "days.whomTreaty", "days.whomOther"] as const;
const COUNTED = ["days.howDays", "days.howOnce", "days.howYear"] as const;
const UNKNOWN = ["days.unknownSince", "days.unknownBefore", "days.unknownYearEnd", "days.unknownMidnight"] as const;

/** My 90 days: the rule, whom it is not for, and a counter that works in the visitor's own browser. */
export default async function DaysPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t, language } = words;
  const vintage = today(requestTime());
  const events = await fromRecord((db) => knownEvents(db, vintage));
  const event = events?.find(({ statementId }) => statementId === RULE.statementId);
  return (
    <PublicFrame words={words} path="/days">
      <p className="back">
        <a href={`/${language}`}>{t("site.home")}</a>
      </p>
      <h1>{t("days.title")}</h1>
      <p>{t("days.lead")}</p>
      <p className="explained">
        {t("days.ministry", { day: words.day(RULE.told) })} <a href="#whom">{t("days.whom")}</a>
      </p>
      <section aria-labelledby="count">
        <h2 id="count">{t("days.heading")}</h2>
        <Counter words={words} today={vintage.knownOn} />
      </section>
      <p className="band">{t("days.advice")}</p>
      <section aria-labelledby="whom">
        <h2 id="whom">{t("days.whom")}</h2>
        <p>{t("days.whomLead")}</p>
        <ul>
          {NOT_FOR.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        <p>{t("days.whomDecides")}</p>
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{t("days.how")}</h2>
        {COUNTED.map((key) => (
          <p key={key}>{t(key)}</p>
        ))}
      </section>
      <ByHand words={words} />
      <section aria-labelledby="rule">
        <h2 id="rule">{t("days.rule")}</h2>
        <p>
          {t("days.lead")} {t("days.ministry", { day: words.day(RULE.told) })}
        </p>
        {event && <OnRecord event={event} words={words} />}
      </section>
      <section aria-labelledby="unknown">
        <h2 id="unknown">{t("days.unknown")}</h2>
        {UNKNOWN.map((key) => (
          <p key={key}>{t(key)}</p>
        ))}
      </section>
      <BrowserModule name="days" />
    </PublicFrame>
  );
}
