import { extent, max } from "d3-array";
import type { Deadline } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { Words } from "@/lib/i18n/words";
import type { Measure } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import { boundsOf, drawnAt } from "@/lib/trends/rules/bounds";
import { drawnSeries } from "@/lib/trends/rules/drawn-series";
import type { Trend } from "@/lib/trends/rules/pieces";
import { ChartKey } from "./chart-key";
import { DatedKey, datedFacts } from "./dated-facts";
import { Plot } from "./plot";

const HEIGHT = 300;

/** A deadline ahead is drawn when it comes this soon after the last figure; one further off would leave the figures no room; milliseconds. */
const HORIZON = 183 * 86_400_000;

/** The end of a time axis whose last figure ends at an instant: deadlines that have passed since, and the next ahead, belong into the picture too. */
export function axisEnd(counted: Date, deadlines: readonly Deadline[], next: Deadline | undefined, now: Date): number {
  const beyond = [...deadlines.map(({ endsAt }) => endsAt).filter((at) => at <= now), ...(next ? [next.endsAt] : [])];
  const reached = beyond.map((at) => at.getTime()).filter((at) => at - counted.getTime() <= HORIZON);
  return Math.max(counted.getTime(), ...reached);
}

type Props = {
  measure: Measure;
  trend: Trend;
  deadlines: readonly Deadline[];
  /** The next deadline ahead: the time axis reaches to it, as to one that passed after the last figure. */
  next?: Deadline | undefined;
  events: readonly Event[];
  at: Date;
  words: Words;
};

/** A stock over time, as the page of a country shows it. */
export function TrendChart({ measure, trend, deadlines, next, events, at: now, words }: Props) {
  const { t } = words;
  const front = trend.pieces.flat();
  const figures = [...front, ...trend.rivals];
  const newest = front.at(-1);
  const [first, counted] = extent([...figures.flatMap((f) => [f.asOf.from, f.asOf.to])]);
  if (figures.length === 0) return null;
  if (front.length < 2 || !newest || !first || !counted) return <p className="explained">{t("trend.tooFew")}</p>;

  const most = max(figures, (f) => boundsOf(f.answer.figure).high ?? drawnAt(f.answer.figure) * 1.05) || 1;
  const [from, to] = [first.getTime(), axisEnd(counted, deadlines, next, now)];
  const dated = datedFacts({ breaks: trend.breaks, events, deadlines }, from, to, words);
  const { lines, rivals } = drawnSeries(trend);

  const values = front.map((f) => f.answer.figure);
  const by = [...values].sort((a, b) => drawnAt(a) - drawnAt(b));
  const say = (figure: (typeof values)[number] | undefined) => (figure ? words.figure(figure) : "");
  const alternatives = [
    t("trend.alternative", {
      measure: t(`measures.${measure}`),
      count: front.length,
      first: words.moment(front[0]?.asOf ?? newest.asOf),
      last: words.moment(newest.asOf),
      lowest: say(by[0]),
      highest: say(by.at(-1)),
      newest: say(newest.answer.figure),
    }),
  ];
  if (trend.rivals.length > 0)
    alternatives.push(t("trend.alternativeRivals", { figures: trend.rivals.map((f) => say(f.answer.figure)).join(", ") }));

  return (
    <figure className="trend">
      <p className="newest-drawn">
        {t("trend.newest", { figure: words.figure(newest.answer.figure), age: words.age(ageOf(newest.asOf, now)) })}
      </p>
      <Plot
        series={[{ key: measure, parts: lines, rivals }]}
        extent={{ from, to, least: 0, most }}
        height={HEIGHT}
        dated={dated}
        say={words.number}
        alternative={alternatives.join(" ")}
        words={words}
      />
      <figcaption>
        <ChartKey figures={figures.map((f) => f.answer.figure)} rivals={trend.rivals.length > 0} words={words} />
        <DatedKey dated={dated} />
      </figcaption>
    </figure>
  );
}
