import { ALL, concerns } from "@/lib/countries/rules";
import { chainsFor, type Deadline, stateOf } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import { type Extent, extentOf, mayBeLog, type Plotted, type Point } from "@/lib/explore/rules/plotted";
import type { View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { isFlow } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { drawn } from "@/lib/trends/rules/drawn";
import { project } from "@/lib/trends/rules/projection";
import { pagePath } from "@/lib/vintage";
import { ChartKey } from "./chart-key";
import { DatedKey, datedFacts } from "./dated-facts";
import { markInWords, seriesInWords } from "./explore-in-words";
import { type Ahead, Plot, type PlotSeries } from "./plot";
import { axisEnd } from "./trend-chart";

/** Colours for so many countries; more than that, and all nationalities in ink beside them, nobody tells apart. */
export const TONES = 8;
const HEIGHT = { one: 340, each: 230 };

type Props = {
  /** The countries of this chart. */
  plots: readonly Plotted[];
  /** The colour of each country, the same in every chart of the page. */
  toneOf: (country: string) => number;
  view: View;
  /** What the axes span where the charts of a page share them. */
  shared: Extent | undefined;
  events: readonly Event[];
  deadlines: readonly Deadline[];
  at: Date;
  /** Whether it explains its marks itself; of several charts on a page one does. */
  keyed: boolean;
  words: Words;
};

/** Whether a view can be drawn on its scale of equal ratios. */
export const isLog = (view: View): boolean => view.scale === "log" && mayBeLog(view.reading);

/** Only what is above zero has a place on a scale of equal ratios. */
const placed = (view: View) => (point: Point) => !isLog(view) || point.value > 0;

/** What a country's gray or black list would come to at its next deadline, where the rules allow it and the view goes on to today. */
function aheadOf({ trend, country }: Plotted, view: View, deadlines: readonly Deadline[], at: Date): Ahead | undefined {
  if (view.reading !== "absolute" || view.to !== undefined || isFlow(view.measure)) return undefined;
  const next = nextFor(country, view, deadlines, at);
  const projection = project(trend, next?.endsAt, at);
  if ("refused" in projection) return undefined;
  const { pace, endsAt, value, low, high } = projection;
  return { from: drawn(pace.to), at: endsAt.getTime(), value, low, high };
}

/** The next deadline ahead that binds a country for what a view counts. */
export function nextFor(country: string, view: View, deadlines: readonly Deadline[], at: Date): Deadline | undefined {
  return chainsFor(deadlines, country, at)
    .map((chain) => chain.standing)
    .find((deadline) => deadline.measure === view.measure && !deadline.cancelled && deadline.endsAt > at);
}

/** The countries of one chart over time, with its words: the key of its marks, its dated lines, how old its newest figures are. */
export function ExploreChart({ plots, toneOf, view, shared, events, deadlines, at, keyed, words }: Props) {
  const { t, language } = words;
  const drawnHere = plots.filter(({ lines }) => lines.length > 0);
  const own = extentOf(drawnHere);
  const alternative = plots.map((plot) => seriesInWords(plot, view, words)).join(" ");
  const newest = drawnHere.flatMap(({ country, trend }) => {
    const figure = trend.pieces.at(-1)?.at(-1);
    return figure ? [{ country, figure }] : [];
  });
  if (!own) return <p className="nothing">{alternative}</p>;

  const several = plots.length > 1;
  const codes = drawnHere.map(({ country }) => country);
  const binding = deadlines.filter((d) => d.measure === view.measure && codes.some((code) => concerns(d, code)));
  const standing = binding.filter((d) => stateOf(d, binding, at).state !== "cancelled");
  const next = codes.flatMap((code) => nextFor(code, view, deadlines, at) ?? []).sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime())[0];
  const goesOn = view.to === undefined;
  const { from, to } = shared ?? { from: own.from, to: goesOn ? axisEnd(new Date(own.to), standing, next, at) : own.to };
  const breaks = [...new Map(drawnHere.flatMap(({ trend }) => trend.breaks).map((event) => [event.statementId, event])).values()];
  const facing = events.filter((event) => event.kind !== "break" && codes.some((code) => concerns(event, code)));
  const dated = datedFacts({ breaks, events: facing, deadlines: standing }, from, to, words);

  const ahead = new Map(drawnHere.map((plot) => [plot.country, aheadOf(plot, view, deadlines, at)]));
  const reach = [...ahead.values()].flatMap((band) => (band && band.at <= to ? [band.high] : []));
  const values = shared ?? own;
  const least = isLog(view)
    ? Math.min(...drawnHere.flatMap(({ lines, rivals }) => [...lines.flat(), ...rivals].filter(placed(view)).map((p) => p.low || p.value)))
    : values.least;
  const countryOf = new Map(drawnHere.flatMap(({ country, lines, rivals }) => [...lines.flat(), ...rivals].map((p) => [p.key, country])));
  const series: PlotSeries<Point>[] = drawnHere.map(({ country, lines, rivals }) => {
    const band = ahead.get(country);
    return {
      key: country,
      tone: toneOf(country),
      ...(several ? { name: country === ALL ? t("home.all") : words.country(country) } : {}),
      parts: lines.map((line) => line.filter(placed(view))).filter((line) => line.length > 0),
      rivals: rivals.filter(placed(view)),
      ...(band && band.at <= to ? { ahead: band } : {}),
    };
  });
  const figures = drawnHere.flatMap(({ lines, rivals }) => [...lines.flat(), ...rivals].map((p) => p.figure.answer.figure));
  return (
    <figure className="trend" data-explore="">
      <ul className="newest-drawn plain">
        {newest.map(({ country, figure }) => (
          <li key={country}>
            {several && `${words.country(country)}: `}
            {t("trend.newest", { figure: words.figure(figure.answer.figure), age: words.age(ageOf(figure.asOf, at)) })}
          </li>
        ))}
      </ul>
      <Plot
        series={series}
        extent={{ from, to, least, most: Math.max(values.most, ...reach) }}
        log={isLog(view)}
        height={several || view.facet === "one" ? HEIGHT.one : HEIGHT.each}
        dated={dated}
        say={view.reading === "absolute" ? words.number : words.workedOut}
        alternative={alternative}
        point={(point) => ({
          href: `/${language}/${pagePath(`snapshots/${point.figure.statementId}`, view.vintage)}`,
          text: markInWords(countryOf.get(point.key) ?? "", point, view, words),
        })}
        words={words}
      />
      <figcaption>
        <p className="readout" role="status" data-open={t("explore.open")} hidden>
          {t("explore.readout")}
        </p>
        {keyed && <ChartKey figures={figures} rivals={drawnHere.some(({ rivals }) => rivals.length > 0)} words={words} />}
        <DatedKey dated={dated} />
        {reach.length > 0 && <p className="explained">{t("explore.aboutAhead")}</p>}
      </figcaption>
    </figure>
  );
}
