import type { ReactNode } from "react";
import type { ExploreRecord } from "@/app/_server/explore-record";
import { ALL } from "@/lib/countries/rules";
import { widest } from "@/lib/explore/rules/plotted";
import { presetsFor } from "@/lib/explore/rules/presets";
import type { Words } from "@/lib/i18n/words";
import { isFlow } from "@/lib/measures/rules";
import { breaksOf } from "@/lib/trends/rules/pieces";
import { ExploreChart, ExploreKey, extentIn, isLog, nextFor, TONES } from "./explore-chart";
import { DrawingChoices, ExploreChoices } from "./explore-choices";
import { ExploreForm } from "./explore-form";
import { titleOf } from "./explore-in-words";
import { ExploreTable } from "./explore-table";
import { ExploreVintage } from "./explore-vintage";
import { FlowReading, Reading } from "./reading";

/** A colour for each country of a page, in its order; all nationalities together are drawn in ink. */
function tones(countries: readonly string[]): (country: string) => number {
  const coloured = countries.filter((code) => code !== ALL);
  return (country) => (country === ALL ? 0 : (coloured.indexOf(country) % TONES) + 1);
}

/** Why some of what was asked for is not in the picture. */
export function ExploreRemarks({ record, words }: { record: ExploreRecord; words: Words }) {
  const { t } = words;
  const { view, plots, thinned } = record;
  const left = plots.reduce((sum, plot) => sum + plot.left.length, 0);
  const zeros = isLog(view) && plots.some(({ lines }) => lines.flat().some(({ value }) => value <= 0));
  const shown = plots.filter(({ refused }) => refused === "nothing_known").map(({ country }) => country);
  // Where no country was asked for, those of which nothing is known are told too.
  const unknown = view.countries.length > 0 ? shown : record.countries.filter((code) => code !== ALL && !record.latest.has(code));
  const reasons = [...new Set(plots.flatMap(({ refused }) => (refused && refused !== "nothing_known" ? [refused] : [])))];
  const some = plots.some(({ refused }) => !refused);
  return (
    <>
      {some && unknown.length > 0 && (
        <p className="explained">{t("explore.nothingKnownOf", { countries: unknown.map((code) => words.country(code)).join(", ") })}</p>
      )}
      {some &&
        reasons.map((reason) => (
          <p className="explained" key={reason}>
            {plots
              .filter(({ refused }) => refused === reason)
              .map(({ country }) => words.country(country))
              .join(", ")}
            : {t(`explore.refused.${reason}`)}
          </p>
        ))}
      {(view.reading === "per_1000" || view.reading === "index") &&
        plots.map((plot) => {
          const bases = [...new Set(plot.lines.flat().flatMap(({ by }) => by ?? []))].map((by) =>
            t("explore.bySaid", { figure: words.figure(by.answer.figure), moment: words.moment(by.asOf) }),
          );
          if (bases.length === 0) return null;
          return (
            <p className="explained" key={plot.country}>
              {t("explore.workedOut", { country: words.country(plot.country), with: bases.join("; ") })}
            </p>
          );
        })}
      {left > 0 && <p className="explained">{t("explore.leftOut", { count: left })}</p>}
      {zeros && <p className="explained">{t("explore.zeroLeft")}</p>}
      {view.scale === "log" && !isLog(view) && <p className="explained">{t("explore.evenScale")}</p>}
      {thinned.drawn < thinned.all && (
        <p className="explained">{t("explore.thinned", { drawn: words.number(thinned.drawn), all: words.number(thinned.all) })}</p>
      )}
    </>
  );
}

/** The charts of a view: one for all its countries, or one for each. */
export function ExploreCharts({ record, words }: { record: ExploreRecord; words: Words }) {
  const { view, plots, events, deadlines, at } = record;
  const toneOf = tones(plots.map(({ country }) => country));
  const crowded = plots.filter(({ country, lines }) => country !== ALL && lines.length > 0).length > TONES;
  const given = { toneOf, view, events, deadlines, at, words };
  if ((view.facet === "one" && !crowded) || plots.length === 1) return <ExploreChart plots={plots} shared={undefined} keyed {...given} />;
  const extents = plots.flatMap((plot) => extentIn([plot], view, deadlines, at) ?? []);
  const shared = view.axis === "shared" ? widest(extents) : undefined;
  return (
    <>
      {crowded && view.facet === "one" && <p className="explained">{words.t("explore.tooMany")}</p>}
      <div className="facets">
        {plots.map((plot) => (
          <section key={plot.country} aria-label={words.t("explore.say", { country: words.country(plot.country) })}>
            <h3>{words.country(plot.country)}</h3>
            <ExploreChart plots={[plot]} shared={shared} keyed={false} {...given} />
          </section>
        ))}
      </div>
      <ExploreKey plots={plots} view={view} words={words} />
    </>
  );
}

/** What the figures of each country say by the published rules. */
function Readings({ record, words }: { record: ExploreRecord; words: Words }) {
  const { view, plots, presents, removed, events, deadlines, at } = record;
  return plots.map(({ country, trend }) => {
    const series = [...trend.pieces.flat(), ...trend.rivals, ...trend.missing];
    if (series.length === 0) return null;
    return (
      <section key={country} aria-label={words.country(country)}>
        <h3>{words.country(country)}</h3>
        {isFlow(view.measure) ? (
          <FlowReading series={series} events={events} words={words} />
        ) : (
          <Reading
            trend={trend}
            presents={presents.get(country) ?? []}
            removed={removed?.get(country)}
            events={events}
            deadline={nextFor(country, view, deadlines, at)}
            at={at}
            words={words}
          />
        )}
      </section>
    );
  });
}

type Props = {
  record: ExploreRecord;
  today: string;
  /** How to cite what is shown, put it on a page of one's own, and take it along as a file. */
  children: ReactNode;
  words: Words;
};

/** Countries and counts over time: what to choose, the charts, what they say, every figure in a table. */
export function ExploreBody({ record, today, children, words }: Props) {
  const { t, language } = words;
  const { view, vintage, plots, latest, events, at, since, news } = record;
  const shown = plots.map(({ country }) => country);
  const newest = shown.flatMap((code) => latest.get(code)?.newest ?? []);
  const presets = presetsFor(newest, record.earliest, breaksOf(events, shown[0] ?? ALL, view.measure));
  const title = titleOf(view, shown, words);
  return (
    <>
      <ExploreChoices view={view} words={words} />
      <ExploreForm view={view} shown={shown} offered={record.countries} latest={latest} at={at} today={today} words={words}>
        <DrawingChoices view={view} presets={presets} several={plots.length > 1} words={words} />
      </ExploreForm>
      <ExploreVintage view={view} vintage={vintage} since={since} news={news} words={words} />
      <section aria-labelledby="charts">
        <h2 id="charts">{title}</h2>
        {view.show === "chart" && <ExploreCharts record={record} words={words} />}
        <ExploreRemarks record={record} words={words} />
        {view.show === "chart" && (
          <details>
            <summary>{t("explore.about")}</summary>
            <p>{t("explore.aboutText")}</p>
            <p>{t(`explained.${view.measure}`)}</p>
            <p>
              <a href={`/${language}/method`}>{t("reading.method")}</a> · <a href={`/${language}/back-test`}>{t("backTest.title")}</a>
            </p>
          </details>
        )}
      </section>
      <ExploreTable plots={plots} view={view} since={since} caption={t("trend.table")} words={words} />
      <Readings record={record} words={words} />
      {children}
    </>
  );
}
