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

const inForce = (plots: readonly Plotted[], view: View, deadlines: readonly Deadline[], at: Date) => {
  const binding = deadlines.filter((d) => d.measure === view.measure && plots.some(({ country }) => concerns(d, country)));
  return binding.filter((d) => stateOf(d, binding, at).state !== "cancelled");
};

/** What the axes of a chart span: its figures, the deadlines at their end, and the bands of projections. Undefined where it draws nothing. */
export function extentIn(plots: readonly Plotted[], view: View, deadlines: readonly Deadline[], at: Date): Extent | undefined {
  const own = extentOf(plots);
  if (!own || view.to !== undefined) return own;
  const next = plots
    .flatMap(({ country }) => nextFor(country, view, deadlines, at) ?? [])
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime())[0];
  const to = axisEnd(new Date(own.to), inForce(plots, view, deadlines, at), next, at);
  const bands = plots.flatMap((plot) => aheadOf(plot, view, deadlines, at) ?? []).filter((band) => band.at <= to);
  return { ...own, to, most: Math.max(own.most, ...bands.map(({ high }) => high)) };
}

const pointsOf = (plots: readonly Plotted[]) => plots.flatMap(({ lines, rivals }) => [...lines.flat(), ...rivals]);

/** What the marks of a chart mean. */
export function ExploreKey({ plots, view, words }: { plots: readonly Plotted[]; view: View; words: Words }) {
  const figures = pointsOf(plots).map(({ figure }) => figure.answer.figure);
  const vague = view.reading === "change" ? words.t("explore.spanChange") : undefined;
  return <ChartKey figures={figures} rivals={plots.some(({ rivals }) => rivals.length > 0)} vagueMark={vague} words={words} />;
}

/** The countries of one chart over time, with its words: the key of its marks, its dated lines, how old its newest figures are. */
export function ExploreChart({ plots, toneOf, view, shared, events, deadlines, at, keyed, words }: Props) {
  const { t, language } = words;
  const drawnHere = plots.filter(({ lines }) => lines.length > 0);
  const extent = shared ?? extentIn(drawnHere, view, deadlines, at);
  const alternative = plots.map((plot) => seriesInWords(plot, view, words)).join(" ");
  if (!extent || drawnHere.length === 0) return <p className="nothing">{alternative}</p>;

  const newest = drawnHere.flatMap(({ country, trend }) => {
    const figure = trend.pieces.at(-1)?.at(-1);
    return figure ? [{ country, figure }] : [];
  });
  const several = plots.length > 1;
  const { from, to } = extent;
  const breaks = [...new Map(drawnHere.flatMap(({ trend }) => trend.breaks).map((event) => [event.statementId, event])).values()];
  const facing = events.filter((event) => event.kind !== "break" && drawnHere.some(({ country }) => concerns(event, country)));
  const dated = datedFacts({ breaks, events: facing, deadlines: inForce(drawnHere, view, deadlines, at) }, from, to, words);

  const least = isLog(view)
    ? Math.min(
        ...pointsOf(drawnHere)
          .filter(placed(view))
          .map((p) => p.low || p.value),
      )
    : extent.least;
  const countryOf = new Map(drawnHere.flatMap((plot) => pointsOf([plot]).map((p) => [p.key, plot.country])));
  const series: PlotSeries<Point>[] = drawnHere.map((plot) => {
    const { country, lines, rivals } = plot;
    const band = aheadOf(plot, view, deadlines, at);
    return {
      key: country,
      tone: toneOf(country),
      ...(several ? { name: country === ALL ? t("home.all") : words.country(country) } : {}),
      parts: lines.map((line) => line.filter(placed(view))).filter((line) => line.length > 0),
      rivals: rivals.filter(placed(view)),
      ...(band && band.at <= to ? { ahead: band } : {}),
    };
  });
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
        extent={{ ...extent, least }}
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
        {keyed && <ExploreKey plots={drawnHere} view={view} words={words} />}
        <DatedKey dated={dated} />
        {series.some(({ ahead }) => ahead) && <p className="explained">{t("explore.aboutAhead")}</p>}
      </figcaption>
    </figure>
  );
}
