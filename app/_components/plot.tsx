import { scaleLinear, scaleLog, scaleUtc } from "d3-scale";
import type { ReactNode } from "react";
import type { Words } from "@/lib/i18n/words";
import type { Drawn } from "@/lib/trends/rules/drawn";
import { Changes } from "./changes";
import { Mark, percent, type Scales } from "./mark";

/** Where the plot begins with one row of numbers above it. */
const TOP = 34;
/** Room for the days at its foot. */
const FOOT = 38;
/** Figures keep this far from the sides, in percent of the width, so that marks are never cut. */
const SIDE = 5;
/** Shorter stretches than this have days at their foot, longer ones months; milliseconds. */
const MONTHS = 100 * 86_400_000;
/** How far apart months written out stand on the narrowest phone; percent of the width. */
const LABEL = 28;
/** Width of the plot on the narrowest phone, without and with names at its side, and of a numbered circle with its surroundings; pixels. */
const NARROWEST = { alone: 210, named: 120 };
const CIRCLE = 21;
/** Height of a line of a name at the side, and how many letters stand in one; names keep a little more apart. */
const NAME_LINE = 14;
const NAME_LETTERS = 12;

/** A deadline, an event or a break: a line across the plot with a number, and its words below. */
export type Dated = { key: string; at: Date; kind: "break" | "event" | "deadline"; text: ReactNode };

/** What a count would come to if its pace went on, drawn from its last figure to the deadline. */
export type Ahead = { from: Drawn; at: number; value: number; low: number; high: number };

/** One series of a plot: `parts` are joined by lines each. */
export type PlotSeries<D extends Drawn> = {
  key: string;
  /** Written beside its last figure; of a series that is alone, nothing. */
  name?: string;
  /** Its colour: 1 to 8; 0 is the ink, for all nationalities together. */
  tone?: number;
  parts: readonly (readonly D[])[];
  rivals: readonly D[];
  ahead?: Ahead;
};

type Props<D extends Drawn> = {
  series: readonly PlotSeries<D>[];
  /** What the time axis spans, and the numbers that must find room; instants in milliseconds. */
  extent: { from: number; to: number; least: number; most: number };
  log?: boolean;
  height: number;
  dated: readonly Dated[];
  /** A number at the side of the plot. */
  say: (value: number) => string;
  /** The picture in words. */
  alternative: string;
  /** What each mark leads to and says; without it the picture is one thing to those who hear it. */
  point?: (drawn: D) => { href: string; text: string };
  words: Words;
};

/** The row for each number, so that no two circles touch even on the narrowest phone. */
function rowsFor(places: readonly number[], width: number): number[] {
  const ends: number[] = [];
  return places.map((at) => {
    const x = (at / 100) * width;
    const free = ends.findIndex((end) => x - end >= CIRCLE);
    const row = free === -1 ? ends.length : free;
    ends[row] = x;
    return row;
  });
}

/** A name in lines of few letters, broken at its spaces. */
function nameLines(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const before = lines.at(-1);
    if (before !== undefined && before.length + word.length < NAME_LETTERS) lines[lines.length - 1] = `${before} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Heights for names beside their last figures, as near to these as they can stand without touching, within the plot. */
function apart(wanted: readonly { y: number; height: number }[], floor: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a]?.y ?? 0) - (wanted[b]?.y ?? 0));
  const placed = wanted.map(({ y, height }) => y - height / 2);
  const heightOf = (index: number) => wanted[index]?.height ?? 0;
  let free = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, free);
    free = (placed[index] ?? 0) + heightOf(index);
  }
  let roof = floor;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index] ?? 0, roof - heightOf(index));
    roof = placed[index] ?? 0;
  }
  return placed;
}

/** A numbered line for a dated fact; its words stand in the list below, where they cannot collide. */
function DatedLine({ at, number, row, kind, floor }: { at: number; number: number; row: number; kind: Dated["kind"]; floor: number }) {
  const level = TOP - 22 - row * CIRCLE;
  return (
    <g className={`dated ${kind}`}>
      <line x1={percent(at)} x2={percent(at)} y1={level + 10} y2={floor} />
      <svg x={percent(at)} y={level} width="1" height="1" overflow="visible" aria-hidden="true">
        <circle r="9" />
        <text textAnchor="middle" y="4">
          {number}
        </text>
      </svg>
    </g>
  );
}

const centre = ({ from, to }: Drawn) => (from + to) / 2;

/** Numbers that a scale of equal ratios has at its side: of each power of ten the first, and where there is room the second and fifth. */
function logTicks(least: number, most: number): number[] {
  const powers = Array.from({ length: 16 }, (_, power) => 10 ** (power - 3));
  const within = (steps: readonly number[]) => powers.flatMap((p) => steps.map((s) => s * p)).filter((n) => n >= least && n <= most);
  const some = [[1], [1, 5], [1, 2, 5]].map(within).find((ticks) => ticks.length >= 3);
  return some ?? within([1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/** Counts over time, drawn on the server: one picture for every width and both colour schemes. */
export function Plot<D extends Drawn>({ series, extent, log = false, height, dated, say, alternative, point, words }: Props<D>) {
  const floor = height - FOOT;
  const named = series.some(({ name }) => name);
  const vertical = log
    ? scaleLog([extent.least, extent.most], [floor, TOP]).nice()
    : scaleLinear([Math.min(0, extent.least), Math.max(extent.most, extent.least + 1e-9)], [floor, TOP]).nice(4);
  const [bottom = 0, top = 1] = vertical.domain();
  const levels = log ? logTicks(bottom, top) : vertical.ticks(height < 250 ? 3 : 4);
  const horizontal = scaleUtc([extent.from, extent.to], [SIDE, 100 - SIDE]);
  const scales: Scales = { x: (at) => horizontal(at), y: (value) => vertical(log ? Math.max(value, bottom) : value) };
  const ticks: Date[] = [];
  const room = named ? LABEL * (NARROWEST.alone / NARROWEST.named) : LABEL;
  for (const at of horizontal.ticks(4).filter((tick) => horizontal(tick) > 10 && horizontal(tick) < 90))
    if (ticks.every((kept) => horizontal(at) - horizontal(kept) >= room)) ticks.push(at);
  const short = extent.to - extent.from < MONTHS ? words.dayShort : words.monthShort;
  const rows = rowsFor(
    dated.map(({ at }) => horizontal(at)),
    named ? NARROWEST.named : NARROWEST.alone,
  );
  // Room for numbers of dated lines that stand above one another; a style attribute would be refused by the browser.
  const above = Math.max(0, ...rows) * CIRCLE;
  const lasts = series.flatMap(({ name, key, tone, parts }) => {
    const last = parts.at(-1)?.at(-1);
    return name && last ? [{ key, tone, lines: nameLines(name), last, y: scales.y(last.value) }] : [];
  });
  const placed = apart(
    lasts.map(({ y, lines }) => ({ y, height: lines.length * NAME_LINE + 4 })),
    floor + NAME_LINE,
  );
  const drawMark = (figure: D, kind: "front" | "rival") => {
    const mark = <Mark key={figure.key} figure={figure} kind={kind} scales={scales} />;
    if (!point) return mark;
    const { href, text } = point(figure);
    return (
      <a key={figure.key} href={href} aria-label={text} className="point">
        <title>{text}</title>
        <circle className="hit" cx={percent(horizontal(centre(figure)))} cy={Math.round(scales.y(figure.value))} r="12" />
        {mark}
      </a>
    );
  };
  return (
    <div className={named ? "plot named" : "plot"}>
      {above > 0 && <svg className="above" height={above} aria-hidden="true" />}
      <svg className="scale" height={height} aria-hidden="true">
        {levels.map((value) => (
          <text key={value} x="100%" y={vertical(value) + 4} textAnchor="end">
            {say(value)}
          </text>
        ))}
      </svg>
      <svg role={point ? "group" : "img"} aria-label={alternative} width="100%" height={height}>
        {levels.map((value) => (
          <line className="grid" key={value} x1="0" x2="100%" y1={vertical(value)} y2={vertical(value)} />
        ))}
        {ticks.map((at) => (
          <g className="foot" key={at.getTime()}>
            <line x1={percent(horizontal(at))} x2={percent(horizontal(at))} y1={floor} y2={floor + 6} />
            <text x={percent(horizontal(at))} y={floor + 22} textAnchor="middle">
              {short(at)}
            </text>
          </g>
        ))}
        {dated.map(({ key, at, kind }, index) => (
          <DatedLine key={key} at={horizontal(at)} number={index + 1} row={rows[index] ?? 0} kind={kind} floor={floor} />
        ))}
        {lasts.map(({ key, last, lines, tone, y }, index) => (
          <line
            className={`leader tone-${tone ?? 0}`}
            key={key}
            x1={percent(horizontal(centre(last)))}
            x2="100%"
            y1={Math.round(y)}
            y2={Math.round((placed[index] ?? 0) + (lines.length * NAME_LINE) / 2)}
          />
        ))}
        {series.map(({ key, tone, parts, rivals, ahead }) => (
          <g className={tone === undefined ? undefined : `tone-${tone}`} key={key}>
            {parts.map((part) => (
              <Changes key={part[0]?.key} part={part} scales={scales} />
            ))}
            {ahead && (
              <g className="ahead-of">
                <line
                  x1={percent(horizontal(centre(ahead.from)))}
                  x2={percent(horizontal(ahead.at))}
                  y1={Math.round(scales.y(ahead.from.value))}
                  y2={Math.round(scales.y(ahead.value))}
                />
                <line
                  className="band-of"
                  x1={percent(horizontal(ahead.at))}
                  x2={percent(horizontal(ahead.at))}
                  y1={Math.round(scales.y(ahead.high))}
                  y2={Math.round(scales.y(ahead.low))}
                />
              </g>
            )}
            {/* In the order of time, as they are read one after another. */}
            {[
              ...rivals.map((figure) => ({ figure, kind: "rival" as const })),
              ...parts.flat().map((figure) => ({ figure, kind: "front" as const })),
            ]
              .sort((a, b) => centre(a.figure) - centre(b.figure))
              .map(({ figure, kind }) => drawMark(figure, kind))}
          </g>
        ))}
      </svg>
      {named && (
        <svg className="names" height={height} aria-hidden="true">
          {lasts.map(({ key, lines, tone }, index) => (
            <text className={`tone-${tone ?? 0}`} key={key} y={Math.round((placed[index] ?? 0) + NAME_LINE - 3)}>
              {lines.map((line, at) => (
                <tspan key={line} x="0" dy={at === 0 ? 0 : NAME_LINE}>
                  {line}
                </tspan>
              ))}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}
