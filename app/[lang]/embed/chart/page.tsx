import { Embedded, EmbeddedMissing, EmbeddedUnavailable } from "@/app/_components/embedded";
import { ExploreCharts } from "@/app/_components/explore-body";
import { titleOf } from "@/app/_components/explore-in-words";
import { aboutWhen, SourceLine } from "@/app/_components/figure";
import { SmallTrend } from "@/app/_components/small-trend";
import { TrendChart } from "@/app/_components/trend-chart";
import { answerStatus } from "@/app/_server/answer";
import { countryRecord } from "@/app/_server/country-record";
import { embeddedCountry, type Query } from "@/app/_server/embedded-country";
import { exploreRecord } from "@/app/_server/explore-record";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { concerns } from "@/lib/countries/rules";
import { stateOf } from "@/lib/deadlines/rules";
import { queryOf, viewFrom } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { newestFigure } from "@/lib/snapshots/rules";
import { drawnSeries } from "@/lib/trends/rules/drawn-series";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";

type Props = { params: Promise<{ lang: string }>; searchParams: Query };

const MEASURE = "gray_list";

/** What an explore address shows, in another site's frame: its charts alone, with the way to their table and sources. */
async function EmbeddedView({ query, words }: { query: Awaited<Query>; words: Words }) {
  const { view, notUnderstood } = viewFrom(query, requestTime());
  if (notUnderstood.length > 0) {
    answerStatus(400);
    return <EmbeddedMissing words={words} />;
  }
  const record = await fromRecord((db) => exploreRecord(db, view, requestTime()));
  if (!record) return <EmbeddedUnavailable words={words} />;
  const { vintage } = view;
  return (
    <Embedded title={titleOf(view, view.countries, words)} path={`/explore${queryOf(view)}`} words={words}>
      {vintage && <p className="said">{words.t("asKnown.band", { day: words.day(vintage.knownOn) })}</p>}
      <ExploreCharts record={record} words={words} />
    </Embedded>
  );
}

/**
 * A country's gray list over time in another site's frame: `/ky/embed/chart?country=kg`; or, where `c` names countries,
 * what the explore page of the same query shows.
 */
export default async function EmbeddedChart({ params, searchParams }: Props) {
  const words = await wordsOf((await params).lang);
  const query = await searchParams;
  if (query.c !== undefined) return <EmbeddedView query={query} words={words} />;
  const record = await embeddedCountry(searchParams, countryRecord);
  if (record === "missing") return <EmbeddedMissing words={words} />;
  if (record === "unavailable") return <EmbeddedUnavailable words={words} />;
  const { t } = words;
  const now = requestTime();
  const { code, events } = record;
  const title = `${words.country(code)}: ${t(`measures.${MEASURE}`).toLocaleLowerCase(words.language)}`;
  const series = record.snapshots.filter((s) => s.measure === MEASURE);
  const newest = newestFigure(series)?.figure;
  const said = newest && `${words.figure(newest.answer.figure)} ${t("figure.people")}, ${aboutWhen(newest, words)}`;
  const trend = trendOf(series, breaksOf(events, code, MEASURE));
  const binding = record.deadlines.filter((d) => d.measure === MEASURE && concerns(d, code));
  const deadlines = binding.filter((d) => stateOf(d, binding, now).state !== "cancelled");
  return (
    <Embedded
      title={title}
      path={`/countries/${code.toLowerCase()}`}
      source={newest && <SourceLine source={newest.source} words={words} />}
      words={words}
    >
      {said ? <p className="said">{said}</p> : <p className="nothing">{t("figure.nothingAtAll")}</p>}
      {/* Where a frame is too low for the one, its styles show the other. */}
      <div className="low">
        <SmallTrend series={drawnSeries(trend)} alternative={`${title}: ${said}`} />
      </div>
      <div className="high">
        <TrendChart measure={MEASURE} trend={trend} deadlines={deadlines} events={[]} at={now} words={words} />
      </div>
    </Embedded>
  );
}
