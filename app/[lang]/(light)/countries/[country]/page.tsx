import type { Metadata } from "next";
import { DeadlineCard } from "@/app/_components/deadline-card";
import { NewestFigure } from "@/app/_components/figure";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { SeriesTable } from "@/app/_components/series-table";
import { TrendChart } from "@/app/_components/trend-chart";
import { answerStatus } from "@/app/_server/answer";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { listedCountries } from "@/lib/countries/read";
import { ALL, concerns, countryFromAddress } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { chainsFor } from "@/lib/deadlines/rules";
import { knownEvents } from "@/lib/events/read";
import { isFlow, LISTS, type Measure, measureCodes } from "@/lib/measures/rules";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { snapshotsOfCountry } from "@/lib/snapshots/read";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { today } from "@/lib/vintage";

type Props = { params: Promise<{ lang: string; country: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, country } = await params;
  const words = await wordsOf(lang);
  const code = countryFromAddress(country);
  if (!code) return { title: words.t("notFound.title"), robots: "noindex" };
  const name = words.country(code);
  return {
    title: code === ALL ? words.t("country.titleAll") : words.t("country.title", { country: name }),
    description: words.t("country.description", { country: name }),
  };
}

export default async function CountryPage({ params }: Props) {
  const { lang, country } = await params;
  const words = await wordsOf(lang);
  const { t } = words;
  const code = countryFromAddress(country);
  if (!code) {
    answerStatus(404);
    return (
      <PublicFrame words={words} path="">
        <MissingPage words={words} />
      </PublicFrame>
    );
  }
  const path = `/countries/${country}`;
  const now = requestTime();
  const vintage = today(now);
  const record = await fromRecord(async (db) => ({
    facts: (await listedCountries(db, vintage)).find((c) => c.code === code),
    snapshots: await snapshotsOfCountry(db, code, vintage),
    deadlines: await knownDeadlines(db, vintage),
    events: await knownEvents(db, vintage),
  }));
  if (!record)
    return (
      <PublicFrame words={words} path={path}>
        <UnavailablePage words={words} />
      </PublicFrame>
    );

  const { facts, snapshots, events } = record;
  const chains = chainsFor(record.deadlines, code, now);
  const seriesOf = (measure: Measure) => snapshots.filter((s) => s.measure === measure);
  const opened = breaksOf(events, code, "gray_list").at(-1);
  const registryOpened = opened && dayIn(MOSCOW, opened.happenedOn.from);
  const others = measureCodes.filter((m) => !LISTS.some((list) => list === m) && seriesOf(m).length > 0);
  return (
    <PublicFrame words={words} path={path}>
      <p className="back">
        <a href={`/${words.language}`}>{t("site.home")}</a>
      </p>
      <h1>{words.country(code)}</h1>
      {facts?.unionMember !== null && facts?.unionMember !== undefined && (
        <p className="lead">{facts.unionMember ? t("country.union") : t("country.notUnion")}</p>
      )}

      <section aria-labelledby="deadlines">
        <h2 id="deadlines">{t("deadline.heading")}</h2>
        {chains.length === 0 && <p className="nothing">{t("deadline.none")}</p>}
        {chains.map((chain) => (
          <DeadlineCard key={chain.chain} chain={chain} now={now} zone={facts?.zone} words={words} />
        ))}
      </section>

      {LISTS.map((measure) => {
        const series = seriesOf(measure);
        const bound = record.deadlines.filter((d) => d.measure === measure && concerns(d, code) && !d.cancelled);
        return (
          <section aria-labelledby={measure} key={measure}>
            <h2 id={measure}>{t(`measures.${measure}`)}</h2>
            <NewestFigure measure={measure} series={series} registryOpened={registryOpened} now={now} words={words} />
            {series.length > 0 && (
              <>
                <h3>{t("country.trend")}</h3>
                <TrendChart measure={measure} trend={trendOf(series, breaksOf(events, code, measure))} deadlines={bound} words={words} />
                <SeriesTable series={series} caption={t("trend.table")} words={words} />
              </>
            )}
          </section>
        );
      })}

      {others.length > 0 && <h2>{t("country.others")}</h2>}
      {others.map((measure) => (
        <section aria-labelledby={measure} key={measure}>
          <h3 id={measure}>{t(`measures.${measure}`)}</h3>
          <NewestFigure measure={measure} series={seriesOf(measure)} registryOpened={registryOpened} now={now} words={words} />
          {!isFlow(measure) && seriesOf(measure).length > 1 && (
            <TrendChart
              measure={measure}
              trend={trendOf(seriesOf(measure), breaksOf(events, code, measure))}
              deadlines={[]}
              words={words}
            />
          )}
          {seriesOf(measure).length > 1 && <SeriesTable series={seriesOf(measure)} caption={t("trend.table")} words={words} />}
        </section>
      ))}
    </PublicFrame>
  );
}
