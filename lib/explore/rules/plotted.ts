import { ALL } from "../../countries/rules";
import type { Event } from "../../events/rules";
import { isFlow } from "../../measures/rules";
import { MOSCOW, startOfDay } from "../../moments/rules";
import { type FigureSnapshot, frontOf, type Snapshot } from "../../snapshots/rules";
import { centreOf } from "../../trends/rules/bounds";
import { type Drawn, drawn } from "../../trends/rules/drawn";
import { flowBetween } from "../../trends/rules/flows";
import { paceBetween } from "../../trends/rules/pace";
import { breaksOf, brokenBetween, gapBetween, type Trend, trendOf } from "../../trends/rules/pieces";
import { type Indexed, indexAt, perThousand } from "../../trends/rules/shares";
import { divided, type Spread, spreadOf } from "../../trends/rules/spread";
import type { Reading, View } from "./view";

/** A number in a chart or table: what it was worked out from, and with what (the count of citizens present, the base of the index, the figure before). */
export type Point = Drawn & { figure: FigureSnapshot; by?: FigureSnapshot };

/** Why a reading has nothing to show of a series, or not of a figure. */
export const PLOT_REFUSALS = [
  "nothing_known",
  "nothing_then",
  "no_present",
  "no_base",
  "all_per_1000",
  "index_of_flow",
  "no_neighbours",
] as const;
export type PlotRefusal = (typeof PLOT_REFUSALS)[number];

/** One country's series as a view reads it. */
export type Plotted = {
  country: string;
  trend: Trend;
  /** What is joined by a line, each oldest first; of changes, each alone. */
  lines: Point[][];
  rivals: Point[];
  /** Figures of the series that this reading does not carry. */
  left: FigureSnapshot[];
  refused: PlotRefusal | undefined;
};

const point = (figure: FigureSnapshot, spread: Spread, by?: FigureSnapshot): Point => ({
  ...drawn(figure),
  ...spread,
  exact: spread.low === spread.value && spread.high === spread.value,
  figure,
  ...(by ? { by } : {}),
});

/** Lines of figures that neither a break nor a gap parts; of a flow, of those that count from the same day on. */
function joined(trend: Trend): FigureSnapshot[][] {
  const flow = isFlow(trend.pieces[0]?.[0]?.measure ?? "gray_list");
  const lines: FigureSnapshot[][] = [];
  const open = new Map<string, FigureSnapshot[]>();
  for (const piece of trend.pieces) {
    open.clear();
    for (const figure of piece) {
      // Flows whose first day is not told, or not the same one, say nothing of each other.
      const start = flow ? (figure.periodStart ?? figure.statementId) : "";
      const line = open.get(start);
      const before = line?.at(-1);
      if (line && before && !gapBetween(trend, before, figure)) line.push(figure);
      else {
        const begun = [figure];
        open.set(start, begun);
        lines.push(begun);
      }
    }
  }
  return lines;
}

/** The base of an index as a view asks for it: at the day it names, else at the first figure it shows. */
function indexed(trend: Trend, view: Pick<View, "at">): Indexed | undefined {
  if (view.at) return indexAt(trend, startOfDay(view.at, MOSCOW));
  const first = trend.pieces.at(-1)?.[0];
  return first && indexAt(trend, first.asOf.from);
}

type Read = { lines: Point[][]; rivals: Point[]; left: FigureSnapshot[]; refused?: PlotRefusal };

/** Each figure by itself, or not at all where `make` has nothing to say of it; a line ends where one is left out. */
function each(trend: Trend, make: (figure: FigureSnapshot) => Point | undefined, refused: PlotRefusal): Read {
  const left: FigureSnapshot[] = [];
  const lines: Point[][] = [];
  for (const line of joined(trend)) {
    let part: Point[] = [];
    for (const figure of line) {
      const made = make(figure);
      if (made) part.push(made);
      else left.push(figure);
      if (made) continue;
      if (part.length > 0) lines.push(part);
      part = [];
    }
    if (part.length > 0) lines.push(part);
  }
  const rivals = trend.rivals.flatMap((figure) => make(figure) ?? []);
  return { lines, rivals, left, ...(lines.length === 0 ? { refused } : {}) };
}

function changes(trend: Trend, events: readonly Event[]): Read {
  const made = joined(trend).flatMap((line) =>
    line.slice(1).flatMap((to, index): Point[][] => {
      const from = line[index] as FigureSnapshot;
      if (brokenBetween(to, from.asOf.from, to.asOf.to, events)) return [];
      const flow = isFlow(to.measure);
      const perDay = flow ? flowBetween(from, to, events)?.perDay : paceBetween(from, to).perDay;
      if (!perDay) return [];
      const [begins, ends] = flow ? [from.asOf.to, to.asOf.to] : [centreOf(from), centreOf(to)];
      return [[{ ...point(to, perDay, from), from: begins.getTime(), to: ends.getTime() }]];
    }),
  );
  return { lines: made, rivals: [], left: [], ...(made.length === 0 ? { refused: "no_neighbours" as const } : {}) };
}

function read(country: string, trend: Trend, presents: readonly Snapshot[], events: readonly Event[], view: View): Read {
  switch (view.reading) {
    case "absolute":
      return each(trend, (figure) => point(figure, spreadOf(figure.answer.figure)), "nothing_known");
    case "per_1000":
      if (country === ALL) return { lines: [], rivals: [], left: trend.pieces.flat(), refused: "all_per_1000" };
      return each(
        trend,
        (figure) => {
          const share = perThousand(figure, presents);
          return share && point(figure, share.perThousand, share.present);
        },
        "no_present",
      );
    case "index": {
      if (isFlow(view.measure)) return { lines: [], rivals: [], left: trend.pieces.flat(), refused: "index_of_flow" };
      const base = indexed(trend, view)?.base;
      if (!base) return { lines: [], rivals: [], left: trend.pieces.flat(), refused: "no_base" };
      const piece = trend.pieces.find((p) => p.includes(base)) ?? [];
      const whole = spreadOf(base.answer.figure);
      const [least, most] = [(whole.low ?? 0) / 100, (whole.high ?? Infinity) / 100];
      const against = (figure: FigureSnapshot) =>
        figure === base
          ? point(figure, { value: 100, low: 100, high: 100 }, base)
          : point(figure, divided(spreadOf(figure.answer.figure), whole.value / 100, least, most), base);
      // Rivals stand beside figures of the same piece only.
      const beside = (figure: FigureSnapshot) => !brokenBetween(base, ...between(base, figure), trend.breaks);
      return each(
        trend,
        (figure) => (piece.includes(figure) || (trend.rivals.includes(figure) && beside(figure)) ? against(figure) : undefined),
        "no_base",
      );
    }
    case "change":
      return changes(trend, events);
  }
}

const between = (a: Snapshot, b: Snapshot): [Date, Date] => [
  new Date(Math.min(a.asOf.from.getTime(), b.asOf.from.getTime())),
  new Date(Math.max(a.asOf.to.getTime(), b.asOf.to.getTime())),
];

/**
 * One country's series as a view reads it, by the published rules: what cannot be read so is left out and told, never guessed.
 * @param series statements about the view's measure that touch its range, in any order
 * @param presents statements on how many of its citizens are present; asked of only for `per_1000`
 * @param events breaks cut the series
 */
export function plotted(
  country: string,
  series: readonly Snapshot[],
  presents: readonly Snapshot[],
  events: readonly Event[],
  view: View,
): Plotted {
  const trend = trendOf(series, breaksOf(events, country, view.measure));
  const { lines, rivals, left, refused } = read(country, trend, presents, events, view);
  if (frontOf(series).length === 0) {
    const ranged = view.from !== undefined || view.to !== undefined;
    return { country, trend, lines: [], rivals: [], left: [], refused: ranged ? "nothing_then" : "nothing_known" };
  }
  return { country, trend, lines, rivals, left, refused };
}

/** What a chart or a table says of one statement: a number and where it stands, or why there is none. */
export type Row = {
  country: string;
  statement: Snapshot;
  role: "front" | "rival" | "left" | "missing";
  point: Point | undefined;
};

const newestFirst = (a: Row, b: Row) =>
  b.statement.asOf.to.getTime() - a.statement.asOf.to.getTime() || b.statement.asOf.from.getTime() - a.statement.asOf.from.getTime();

/** Everything a country's picture shows, and what it leaves out, newest first: the one list that tables, alternative texts and files are made from. */
export function rowsOf({ country, trend, lines, rivals, left }: Plotted): Row[] {
  const row = (role: Row["role"]) => (made: Point) => ({ country, statement: made.figure, role, point: made });
  const bare = (role: Row["role"]) => (statement: Snapshot) => ({ country, statement, role, point: undefined });
  return [
    ...lines.flat().map(row("front")),
    ...rivals.map(row("rival")),
    ...left.map(bare("left")),
    ...trend.missing.map(bare("missing")),
  ].sort(newestFirst);
}

/** What is drawn at the foot and at the side of a chart: instants in milliseconds, numbers as the reading has them. */
export type Extent = { from: number; to: number; least: number; most: number };

/** The bounds of what some series draw; undefined where they draw nothing. */
export function extentOf(series: readonly Pick<Plotted, "lines" | "rivals">[]): Extent | undefined {
  const points = series.flatMap(({ lines, rivals }) => [...lines.flat(), ...rivals]);
  if (points.length === 0) return undefined;
  const bound = (of: (p: Point) => number, pick: (a: number, b: number) => number) => points.map(of).reduce((a, b) => pick(a, b));
  return {
    from: bound((p) => p.from, Math.min),
    to: bound((p) => p.to, Math.max),
    least: bound((p) => p.low ?? p.value, Math.min),
    most: bound((p) => p.high ?? p.value * 1.05, Math.max),
  };
}

/** Whether a reading can be drawn on a scale of equal ratios: none has numbers below zero but the change. */
export const mayBeLog = (reading: Reading): boolean => reading !== "change";
