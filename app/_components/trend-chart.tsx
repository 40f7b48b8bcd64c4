import { extent, max } from "d3-array";
import { scaleLinear, scaleUtc } from "d3-scale";
import type { ReactNode } from "react";
import type { Deadline } from "@/lib/deadlines/rules";
import { lastDay } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { Words } from "@/lib/i18n/words";
import type { Measure } from "@/lib/measures/rules";
import { ageOf } from "@/lib/moments/rules";
import type { FigureSnapshot } from "@/lib/snapshots/rules";
import { boundsOf, centreOf, drawnAt } from "@/lib/trends/rules/bounds";
import { drawn } from "@/lib/trends/rules/drawn";
import { gapBetween, type Trend } from "@/lib/trends/rules/pieces";
import { ChartKey } from "./chart-key";
import { GivenText } from "./given-text";
import { Mark, percent, type Scales } from "./mark";

const HEIGHT = 300;
/** Where the plot begins with one row of numbers above it. */
const TOP = 34;
const FLOOR = 262;
/** Figures keep this far from the sides, in percent of the width, so that marks are never cut. */
const SIDE = 5;

/** A deadline ahead is drawn when it comes this soon after the last figure; one further off would leave the figures no room; milliseconds. */
const HORIZON = 183 * 86_400_000;

/** Shorter stretches than this have days at their foot, longer ones months; milliseconds. */
const MONTHS = 100 * 86_400_000;

/** How far apart months written out stand on the narrowest phone; percent of the width. */
const LABEL = 28;

type Dated = { key: string; at: Date; kind: "break" | "event" | "deadline"; text: ReactNode };

/** Width of the plot on the narrowest phone, and of a numbered circle with its surroundings; pixels. */
const NARROWEST = 210;
const CIRCLE = 21;

/** The row for each number, so that no two circles touch even on the narrowest phone. */
function rowsFor(places: readonly number[]): number[] {
  const ends: number[] = [];
  return places.map((at) => {
    const x = (at / 100) * NARROWEST;
    const free = ends.findIndex((end) => x - end >= CIRCLE);
    const row = free === -1 ? ends.length : free;
    ends[row] = x;
    return row;
  });
}

/** A numbered line for a dated fact; its words stand in the list below, where they cannot collide. */
function DatedLine({ at, number, row, kind }: { at: number; number: number; row: number; kind: Dated["kind"] }) {
  const level = TOP - 22 - row * CIRCLE;
  return (
    <g className={`dated ${kind}`}>
      <line x1={percent(at)} x2={percent(at)} y1={level + 10} y2={FLOOR} />
      <svg x={percent(at)} y={level} width="1" height="1" overflow="visible" aria-hidden="true">
        <circle r="9" />
        <text textAnchor="middle" y="4">
          {number}
        </text>
      </svg>
    </g>
  );
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

/** A stock over time, drawn on the server: one picture for every width and both colour schemes. */
export function TrendChart({ measure, trend, deadlines, next, events, at: now, words }: Props) {
  const { t } = words;
  const front = trend.pieces.flat();
  const figures = [...front, ...trend.rivals];
  const newest = front.at(-1);
  const [first, counted] = extent([...figures.flatMap((f) => [f.asOf.from, f.asOf.to])]);
  if (figures.length === 0) return null;
  if (front.length < 2 || !newest || !first || !counted) return <p className="explained">{t("trend.tooFew")}</p>;

  const top = max(figures, (f) => boundsOf(f.answer.figure).high ?? drawnAt(f.answer.figure) * 1.05) || 1;
  // Deadlines behind the last figure belong into the picture too: those that have passed, and the next one ahead.
  const beyond = [...deadlines.map(({ endsAt }) => endsAt).filter((at) => at <= now), ...(next ? [next.endsAt] : [])];
  const reached = beyond.map((at) => at.getTime()).filter((at) => at - counted.getTime() <= HORIZON);
  const last = new Date(Math.max(counted.getTime(), ...reached));
  const vertical = scaleLinear([0, top], [FLOOR, TOP]).nice(4);
  const horizontal = scaleUtc([first, last], [SIDE, 100 - SIDE]);
  const scales: Scales = { x: (at) => horizontal(at), y: (value) => vertical(value) };
  const within = (at: Date) => at >= first && at <= last;
  const ticks: Date[] = [];
  for (const at of horizontal.ticks(4).filter((tick) => horizontal(tick) > 10 && horizontal(tick) < 90))
    if (ticks.every((kept) => horizontal(at) - horizontal(kept) >= LABEL)) ticks.push(at);

  const dated: Dated[] = [
    ...trend.breaks.map((event) => ({
      key: event.statementId,
      at: event.happenedOn.from,
      kind: "break" as const,
      text: (
        <>
          {words.moment(event.happenedOn)}: {t("trend.breakMark")}. <GivenText texts={event.what} words={words} />
        </>
      ),
    })),
    ...events.map((event) => ({
      key: event.statementId,
      at: event.happenedOn.from,
      kind: "event" as const,
      text: (
        <>
          {words.moment(event.happenedOn)}: <GivenText texts={event.what} words={words} />
        </>
      ),
    })),
    ...deadlines.map((deadline) => ({
      key: deadline.statementId,
      at: deadline.endsAt,
      kind: "deadline" as const,
      text: `${words.day(lastDay(deadline))}: ${t("trend.deadlineMark")}`,
    })),
  ]
    .filter(({ at }) => within(at))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const short = last.getTime() - first.getTime() < MONTHS ? words.dayShort : words.monthShort;
  const rows = rowsFor(dated.map(({ at }) => horizontal(at)));

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
      <div className="plot" style={{ paddingBlockStart: Math.max(0, ...rows) * CIRCLE }}>
        <svg className="scale" height={HEIGHT} aria-hidden="true">
          {vertical.ticks(4).map((value) => (
            <text key={value} x="100%" y={vertical(value) + 4} textAnchor="end">
              {words.number(value)}
            </text>
          ))}
        </svg>
        <svg role="img" aria-label={alternatives.join(" ")} width="100%" height={HEIGHT}>
          {vertical.ticks(4).map((value) => (
            <line className="grid" key={value} x1="0" x2="100%" y1={vertical(value)} y2={vertical(value)} />
          ))}
          {ticks.map((at) => (
            <g className="foot" key={at.getTime()}>
              <line x1={percent(horizontal(at))} x2={percent(horizontal(at))} y1={FLOOR} y2={FLOOR + 6} />
              <text x={percent(horizontal(at))} y={FLOOR + 22} textAnchor="middle">
                {short(at)}
              </text>
            </g>
          ))}
          {dated.map(({ key, at, kind }, index) => (
            <DatedLine key={key} at={horizontal(at)} number={index + 1} row={rows[index] ?? 0} kind={kind} />
          ))}
          {trend.pieces.map((piece) =>
            piece.slice(1).map((to, index) => {
              const from = piece[index] as FigureSnapshot;
              if (gapBetween(trend, from, to)) return null;
              return (
                <line
                  className="change"
                  key={to.statementId}
                  x1={percent(horizontal(centreOf(from)))}
                  x2={percent(horizontal(centreOf(to)))}
                  y1={Math.round(scales.y(drawnAt(from.answer.figure)))}
                  y2={Math.round(scales.y(drawnAt(to.answer.figure)))}
                />
              );
            }),
          )}
          {trend.rivals.map((figure) => (
            <Mark key={figure.statementId} figure={drawn(figure)} kind="rival" scales={scales} />
          ))}
          {front.map((figure) => (
            <Mark key={figure.statementId} figure={drawn(figure)} scales={scales} />
          ))}
        </svg>
      </div>
      <figcaption>
        <ChartKey figures={figures.map((f) => f.answer.figure)} rivals={trend.rivals.length > 0} words={words} />
        {dated.length > 0 && (
          <ol className="key">
            {dated.map(({ key, text }) => (
              <li key={key}>{text}</li>
            ))}
          </ol>
        )}
      </figcaption>
    </figure>
  );
}
