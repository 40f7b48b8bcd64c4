import { ALL } from "../../countries/rules";
import type { Event } from "../../events/rules";
import { isFlow } from "../../measures/rules";
import { MOSCOW, startOfDay } from "../../moments/rules";
import { type FigureSnapshot, type Snapshot } from "../../snapshots/rules";
import { centreOf } from "../../trends/rules/bounds";
import { type Drawn, drawn } from "../../trends/rules/drawn";
import { flowBetween } from "../../trends/rules/flows";
import { paceBetween } from "../../trends/rules/pace";
import { breaksOf, brokenBetween, gapsOf, type Trend, trendOf } from "../../trends/rules/pieces";
import { indexAt, perThousand } from "../../trends/rules/shares";
import { divided, type Spread, spreadOf } from "../../trends/rules/spread";
import { boundsOfView, type Reading, type View } from "./view";

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

/** One country's series as a view reads it; `trend` is the whole of it, the rest what the view shows. */
export type Plotted = {
  country: string;
  trend: Trend;
  /** What is joined by a line, each oldest first; of changes, each alone. */
  lines: Point[][];
  rivals: Point[];
  /** Figures of the series that this reading does not carry. */
  left: FigureSnapshot[];
  /** Entries that there was no figure. */
  missing: Snapshot[];
  refused: PlotRefusal | undefined;
};

const point = (figure: FigureSnapshot, spread: Spread, by?: FigureSnapshot): Point => ({
  ...drawn(figure),
  ...spread,
  // What was worked out from a vague figure is vague, though the base of an index is 100 by what the word means.
  exact: [figure, ...(by ? [by] : [])].every(({ answer }) => answer.figure.qualifier === "exact"),
  figure,
  ...(by ? { by } : {}),
});

/** Lines of figures that neither a break nor a gap parts; of a flow, of those that count from the same day on. */
function joined(trend: Trend): FigureSnapshot[][] {
  const flow = isFlow(trend.pieces[0]?.[0]?.measure ?? "gray_list");
  const gap = gapsOf(trend);
  const lines: FigureSnapshot[][] = [];
  const open = new Map<string, FigureSnapshot[]>();
  for (const piece of trend.pieces) {
    open.clear();
    for (const figure of piece) {
      // Flows whose first day is not told, or not the same one, say nothing of each other.
      const start = flow ? (figure.periodStart ?? figure.statementId) : "";
      const line = open.get(start);
      const before = line?.at(-1);
      if (line && before && !gap(before, figure)) line.push(figure);
      else {
        const begun = [figure];
        open.set(start, begun);
        lines.push(begun);
      }
    }
  }
  return lines;
}

/** Where the newest piece of a series begins; undefined where nothing is known. */
const begins = (trend: Trend): Date | undefined => trend.pieces.at(-1)?.[0]?.asOf.from;

/**
 * The instant of an index that a view names no day for: the first from which on every series has a figure, so that
 * all are 100 about the same time.
 * @param all the series of a view, a trend each
 */
export function commonBase(all: readonly Trend[]): Date | undefined {
  return all.flatMap((trend) => begins(trend) ?? []).reduce<Date | undefined>((last, at) => (last && last > at ? last : at), undefined);
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

function read(
  country: string,
  trend: Trend,
  presents: readonly Snapshot[],
  events: readonly Event[],
  view: View,
  from: Date | undefined,
): Read {
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
      const day = view.at ? startOfDay(view.at, MOSCOW) : (from ?? begins(trend));
      const base = day && indexAt(trend, day)?.base;
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

/** Whether something about a span belongs to what a view shows. */
function shownIn(view: View): (span: { from: number; to: number }) => boolean {
  const { from, to } = boundsOfView(view);
  return (span) => (!from || span.to > from.getTime()) && (!to || span.from < to.getTime());
}

/** A line without the points that a view does not show: neighbours that it shows stay joined. */
const within = (lines: readonly Point[][], shown: (point: Point) => boolean): Point[][] =>
  lines.map((line) => line.filter(shown)).filter((line) => line.length > 0);

/**
 * One country's series as a view reads it, by the published rules: what cannot be read so is left out and told, never
 * guessed. The rules read the whole series; then what the view's range does not touch is left out of sight.
 * @param series statements about the view's measure, in any order
 * @param presents statements on how many of its citizens are present; asked of only for `per_1000`
 * @param events breaks cut the series
 * @param base the instant of an index for which the view names no day
 */
export function plotted(
  country: string,
  series: readonly Snapshot[],
  presents: readonly Snapshot[],
  events: readonly Event[],
  view: View,
  base?: Date,
): Plotted {
  const trend = trendOf(series, breaksOf(events, country, view.measure));
  if (trend.pieces.length === 0)
    return { country, trend, lines: [], rivals: [], left: [], missing: trend.missing, refused: "nothing_known" };
  const made = read(country, trend, presents, events, view, base);
  const shown = shownIn(view);
  const about = ({ asOf }: Snapshot) => shown({ from: asOf.from.getTime(), to: asOf.to.getTime() });
  const lines = within(made.lines, shown);
  const left = made.left.filter(about);
  const nothing = lines.length === 0 && left.length === 0;
  return {
    country,
    trend,
    lines,
    rivals: made.rivals.filter(shown),
    left,
    missing: trend.missing.filter(about),
    refused: made.refused ?? (nothing ? "nothing_then" : undefined),
  };
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
export function rowsOf({ country, lines, rivals, left, missing }: Plotted): Row[] {
  const row = (role: Row["role"]) => (made: Point) => ({ country, statement: made.figure, role, point: made });
  const bare = (role: Row["role"]) => (statement: Snapshot) => ({ country, statement, role, point: undefined });
  return [...lines.flat().map(row("front")), ...rivals.map(row("rival")), ...left.map(bare("left")), ...missing.map(bare("missing"))].sort(
    newestFirst,
  );
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

/** What several charts span together; undefined where none spans anything. */
export function widest(extents: readonly Extent[]): Extent | undefined {
  return extents.reduce<Extent | undefined>(
    (all, one) =>
      all
        ? {
            from: Math.min(all.from, one.from),
            to: Math.max(all.to, one.to),
            least: Math.min(all.least, one.least),
            most: Math.max(all.most, one.most),
          }
        : one,
    undefined,
  );
}

/** Whether a reading can be drawn on a scale of equal ratios: none has numbers below zero but the change. */
export const mayBeLog = (reading: Reading): boolean => reading !== "change";
