import type { ReactNode } from "react";
import { type Contact, isCheck } from "@/lib/contacts/rules";
import { type CountryFacts, concerns } from "@/lib/countries/rules";
import { chainsFor, type Deadline, stateOf } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import { queryOf, START } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { isFlow, LISTS, type Measure, measureCodes } from "@/lib/measures/rules";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import type { Vintage } from "@/lib/vintage";
import { Contacts } from "./contacts";
import { cardOf, DeadlineCard } from "./deadline-card";
import { DeadlineFacts } from "./drawn-deadline";
import { NewestFigure } from "./figure";
import { IfListed } from "./if-listed";
import { ListTiles } from "./list-tiles";
import { NoDeadline } from "./no-deadline";
import { FlowReading, Reading } from "./reading";
import { SeriesTable } from "./series-table";
import { TrendChart } from "./trend-chart";

type Props = {
  code: string;
  facts: CountryFacts | undefined;
  snapshots: readonly Snapshot[];
  /** How many statements there are of each series that is too long to be shown whole. */
  of: ReadonlyMap<Measure, number>;
  deadlines: readonly Deadline[];
  events: readonly Event[];
  /** Whom to turn to; left out where the page shows a past day, on which nobody should call. */
  contacts?: readonly Contact[];
  /** What one takes along; nothing where the page shows a past day. */
  takeAlong?: ReactNode;
  /** The instant the page speaks of: now, or the end of the past day it shows. */
  at: Date;
  /** The past day that the page shows, so that the figures it leads to are shown as of it too. */
  vintage?: Vintage;
  words: Words;
};

/** What is known of a country: its deadlines, whom to turn to, the two lists, the other counts. */
export function CountryBody({ code, facts, snapshots, of, deadlines, events, contacts, takeAlong, at, vintage, words }: Props) {
  const { t } = words;
  const chains = chainsFor(deadlines, code, at);
  const binding = deadlines.filter((d) => concerns(d, code));
  const seriesOf = (measure: Measure) => snapshots.filter((s) => s.measure === measure);
  const opened = breaksOf(events, code, "gray_list").at(-1);
  const registryOpened = opened && dayIn(MOSCOW, opened.happenedOn.from);
  const others = measureCodes.filter((m) => !LISTS.some((list) => list === m) && seriesOf(m).length > 0);
  const facing = events.filter((e) => e.kind !== "break" && concerns(e, code));
  return (
    <>
      <section aria-labelledby="deadlines">
        <h2 id="deadlines" className="heard">
          {t("deadline.heading")}
        </h2>
        {chains.length === 0 && <NoDeadline text={t("deadline.none")} at={at} words={words} />}
        {chains.map((chain) => (
          <DeadlineCard key={chain.chain} chain={chain} now={at} zone={facts?.zone} live={!vintage} extent="moments" words={words} />
        ))}
        <ListTiles snapshots={snapshots} now={at} words={words} />
        {chains.map((chain) => {
          const card = cardOf(chain, at, facts?.zone, words);
          return (
            <section aria-labelledby={`about-${card.id}`} key={card.id}>
              <h2 id={`about-${card.id}`}>{t("deadline.about", { day: card.day })}</h2>
              <DeadlineFacts card={card} />
              {!vintage && (
                <p>
                  <a className="tap" href={`/${words.language}/deadlines/${chain.chain}`}>
                    {t("deadline.all")}
                  </a>
                </p>
              )}
            </section>
          );
        })}
      </section>

      {contacts && (
        <>
          <p>
            <a className="button" href={`/${words.language}/days`}>
              {t("days.title")}
            </a>
          </p>
          <IfListed contacts={contacts} words={words} />
          <Contacts contacts={contacts.filter((contact) => !isCheck(contact))} words={words} />
        </>
      )}

      {takeAlong}

      {LISTS.map((measure) => {
        const series = seriesOf(measure);
        const trend = trendOf(series, breaksOf(events, code, measure));
        const bound = binding.filter((d) => d.measure === measure && stateOf(d, binding, at).state !== "cancelled");
        const next = chains.map((c) => c.standing).find((d) => d.measure === measure && !d.cancelled && d.endsAt > at);
        return (
          <section aria-labelledby={measure} key={measure}>
            <h2 id={measure}>{t(`measures.${measure}`)}</h2>
            <NewestFigure measure={measure} series={series} registryOpened={registryOpened} now={at} vintage={vintage} words={words} />
            {series.length > 0 && (
              <>
                <h3>{t("country.trend")}</h3>
                <TrendChart measure={measure} trend={trend} deadlines={bound} next={next} events={facing} at={at} words={words} />
                <Reading
                  trend={trend}
                  presents={seriesOf("present")}
                  removed={measure === "gray_list" ? seriesOf("removed") : undefined}
                  events={events}
                  deadline={next}
                  at={at}
                  words={words}
                />
                <p>
                  <a className="tap" href={`/${words.language}/explore${queryOf({ ...START, countries: [code], measure, vintage })}`}>
                    {t("explore.title")}
                  </a>
                </p>
                <SeriesTable series={series} of={of.get(measure)} vintage={vintage} words={words} />
              </>
            )}
          </section>
        );
      })}

      {facts?.unionMember !== null && facts?.unionMember !== undefined && (
        <p className="explained">{facts.unionMember ? t("country.union") : t("country.notUnion")}</p>
      )}

      {others.length > 0 && <h2>{t("country.others")}</h2>}
      {others.map((measure) => {
        const series = seriesOf(measure);
        const trend = trendOf(series, breaksOf(events, code, measure));
        return (
          <section aria-labelledby={measure} key={measure}>
            <h3 id={measure}>{t(`measures.${measure}`)}</h3>
            <NewestFigure measure={measure} series={series} registryOpened={registryOpened} now={at} vintage={vintage} words={words} />
            {!isFlow(measure) && series.length > 1 && (
              <TrendChart measure={measure} trend={trend} deadlines={[]} events={[]} at={at} words={words} />
            )}
            {isFlow(measure) && <FlowReading series={series} events={events} words={words} />}
            {series.length > 1 && <SeriesTable series={series} of={of.get(measure)} vintage={vintage} words={words} />}
          </section>
        );
      })}
    </>
  );
}
