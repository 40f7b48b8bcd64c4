import { bisector } from "d3-array";
import { Temporal } from "temporal-polyfill";
import type { Event } from "../../events/rules";
import { dayIn, MOSCOW } from "../../moments/rules";
import { type FigureSnapshot, hasFigure, overlap, type Snapshot } from "../../snapshots/rules";
import { centreOf, drawnAt } from "./bounds";

/** Stretches of the Moscow calendar, the finest first, with their length in days on the average. */
const LENGTHS = { quarter_day: 0.25, day: 1, week: 7, month: 30.44, quarter: 91.31, year: 365.24 } as const;
export type Stretch = keyof typeof LENGTHS;
const STRETCHES = Object.keys(LENGTHS) as Stretch[];

/** Of each stretch up to four figures are kept; mostly one of them is both an end and an extreme. */
const KEPT_OF_A_STRETCH = 3;

/** How many plain figures are kept on either side of a cut: two, so that the pace there is the same. */
export const BESIDE_A_CUT = 2;

const HOUR = 3_600_000;
/** The longest day there was in Moscow, when clocks went back. */
export const LONGEST_DAY = 25 * HOUR;

/** About a day at most, and not known before it began: nearly every statement. */
const isBrief = ({ asOf, knownFrom }: Snapshot) => asOf.to.getTime() - asOf.from.getTime() <= LONGEST_DAY && asOf.from <= knownFrom;

/** Whether a drawing may leave a statement out among others like it: an exact figure of a day or less, ranked as any other. */
export function isPlain(snapshot: Snapshot): snapshot is FigureSnapshot {
  return hasFigure(snapshot) && snapshot.answer.figure.qualifier === "exact" && snapshot.rank === "normal" && isBrief(snapshot);
}

/**
 * The stretch of the calendar by which a series is thinned; undefined where it stays whole.
 * @param count statements of the series
 * @param first end of the span that ends first, `last` of the one that ends last
 * @param most how many plain figures are to be left, about
 */
export function stretchFor(count: number, first: Date, last: Date, most: number): Stretch | undefined {
  if (count <= most) return undefined;
  const days = (last.getTime() - first.getTime()) / (24 * HOUR);
  return STRETCHES.find((stretch) => (days / LENGTHS[stretch]) * KEPT_OF_A_STRETCH <= most) ?? "year";
}

const dateOf = (day: Temporal.PlainDate) => day.toZonedDateTime(MOSCOW).epochMilliseconds;

/** The first day of the week, month, quarter or year that a day is in. */
function beginning(stretch: Stretch, day: Temporal.PlainDate): Temporal.PlainDate {
  switch (stretch) {
    case "week":
      return day.subtract({ days: day.dayOfWeek - 1 });
    case "month":
      return day.with({ day: 1 });
    case "quarter":
      return day.with({ month: day.month - ((day.month - 1) % 3), day: 1 });
    case "year":
      return day.with({ month: 1, day: 1 });
    default:
      return day;
  }
}

const STEPS = {
  quarter_day: { days: 1 },
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const;

/** Bounds asked for before: series drawn together begin and end together, and the calendar is slow to ask. */
const asked = new Map<string, readonly Date[]>();
const MOST_ASKED = 100;

/**
 * The instants that bound the stretches of the calendar around a time, in order: the first at or before its
 * beginning, the last after its end.
 */
export function boundsOfStretches(stretch: Stretch, first: Date, last: Date): readonly Date[] {
  const key = `${stretch} ${first.getTime()} ${last.getTime()}`;
  const known = asked.get(key) ?? boundsAnew(stretch, first, last);
  if (asked.size === MOST_ASKED) asked.clear();
  asked.set(key, known);
  return known;
}

function boundsAnew(stretch: Stretch, first: Date, last: Date): Date[] {
  let day = beginning(stretch, Temporal.PlainDate.from(dayIn(MOSCOW, first)));
  const bounds: number[] = [];
  for (;;) {
    const start = dateOf(day);
    for (let hour = 0; hour < (stretch === "quarter_day" ? 24 : 1); hour += 6) bounds.push(start + hour * HOUR);
    if (start > last.getTime()) break;
    day = day.add(STEPS[stretch]);
  }
  return bounds.map((bound) => new Date(bound));
}

/** By the end of their spans, oldest first. */
const byEnd = (a: Snapshot, b: Snapshot) =>
  a.asOf.to.getTime() - b.asOf.to.getTime() || a.asOf.from.getTime() - b.asOf.from.getTime() || (a.statementId < b.statementId ? -1 : 1);

/** The figures that overlap another of the series: each need only be held against the one before it that ends last. */
function rivalsOf(series: readonly Snapshot[]): Set<Snapshot> {
  const figures = series.filter(hasFigure).sort((a, b) => a.asOf.from.getTime() - b.asOf.from.getTime());
  const found = new Set<Snapshot>();
  let lasting: Snapshot | undefined;
  for (const figure of figures) {
    if (lasting && overlap(lasting.asOf, figure.asOf)) found.add(lasting).add(figure);
    if (!lasting || figure.asOf.to > lasting.asOf.to) lasting = figure;
  }
  return found;
}

/** Of the plain figures of one stretch: first, last, least (the first of equals) and greatest (the last of equals). */
function endsAndExtremes(figures: readonly FigureSnapshot[]): FigureSnapshot[] {
  const value = (s: FigureSnapshot) => drawnAt(s.answer.figure);
  const least = figures.reduce((a, b) => (value(b) < value(a) ? b : a), figures[0] as FigureSnapshot);
  const greatest = figures.reduce((a, b) => (value(b) >= value(a) ? b : a), figures[0] as FigureSnapshot);
  return [figures[0] as FigureSnapshot, figures.at(-1) as FigureSnapshot, least, greatest];
}

/** An event that cuts a series. */
export type Break = Pick<Event, "happenedOn">;

/** The instants at which a line is cut: by a break, or by an entry that there was no figure. */
export function cutsOf(series: readonly Snapshot[], breaks: readonly Break[]): Date[] {
  return [...breaks.map(({ happenedOn }) => happenedOn.from), ...series.filter((s) => s.answer.kind === "missing").map(centreOf)];
}

/** Of figures in the order of their ends, the place of the first that ends after an instant. */
const after = bisector((s: Snapshot) => s.asOf.to).right;

/**
 * What `thinned` keeps of a series by one stretch of the calendar, or by its whole time as one. Answers the same for any part of the series
 * that holds what is kept: so a read may leave the rest in the database.
 */
export function keptOf(series: readonly Snapshot[], stretch: Stretch | "whole", breaks: readonly Break[]): Snapshot[] {
  const plain = series.filter(isPlain).sort(byEnd);
  const rivals = rivalsOf(series);
  const kept = new Set(rivals);
  const [first, last] = [plain[0], plain.at(-1)];
  if (first && last) {
    const begin = new Date(first.asOf.to.getTime() - 1);
    const bounds = stretch === "whole" ? [begin, last.asOf.to] : boundsOfStretches(stretch, begin, last.asOf.to);
    let begun = 0;
    for (const end of bounds.slice(1)) {
      let next = begun;
      while (next < plain.length && (plain[next] as FigureSnapshot).asOf.to <= end) next += 1;
      if (next > begun) for (const figure of endsAndExtremes(plain.slice(begun, next))) kept.add(figure);
      begun = next;
    }
  }
  // A rival may stand behind another; these are all in front.
  const alone = plain.filter((s) => !rivals.has(s));
  const cuts = cutsOf(series, breaks).map((cut) => after(alone, cut));
  for (const at of [0, ...cuts, alone.length])
    for (const figure of alone.slice(Math.max(0, at - BESIDE_A_CUT), at + BESIDE_A_CUT)) kept.add(figure);
  return series.filter((s) => !isPlain(s) || kept.has(s));
}

/**
 * Rule "thinned": of a long series what a drawing needs, in the order given. Only plain figures are ever left
 * out: exact ones of a day or less, ranked as any other. Kept are all others, all that overlap another, of each
 * stretch of the Moscow calendar the first, the last, the least and the greatest plain figure, and two without a rival on either
 * side of a break, of an entry that there was no figure, and of the ends. Nothing is moved or made up; what is in
 * front, what rivals it, where the pieces end and where the gaps are is the same for what is kept as in the whole.
 * A figure belongs to the stretch in which its span ends. The stretch is the finest of quarter of a day, day, week,
 * month, quarter and year by which about `most` are left; a series that is no longer than that stays whole.
 * @param series statements about one country and one measure that count
 * @param breaks the breaks of this country and measure
 */
export function thinned(series: readonly Snapshot[], most: number, breaks: readonly Break[]): Snapshot[] {
  const stretch = stretchOf(series, most);
  return stretch ? keptOf(series, stretch, breaks) : [...series];
}

/** The stretch by which a series is thinned to about so many. */
function stretchOf(series: readonly Snapshot[], most: number): Stretch | undefined {
  const ends = series.map((s) => s.asOf.to.getTime());
  const least = ends.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = ends.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return stretchFor(series.length, new Date(least), new Date(greatest), most);
}

/**
 * The same with a limit that holds: of all statements at most so many are left, by the finest stretch with which it is so,
 * a longer one than a year being the whole time. More are left only where those that are never left out are more: the
 * first, last, least and greatest plain figure among them.
 * @param series as for `thinned`, or what that left
 */
export function thinnedTo(series: readonly Snapshot[], most: number, breaks: readonly Break[]): Snapshot[] {
  const about = stretchOf(series, most);
  if (!about) return [...series];
  for (const stretch of STRETCHES.slice(STRETCHES.indexOf(about))) {
    const kept = keptOf(series, stretch, breaks);
    if (kept.length <= most) return kept;
  }
  return keptOf(series, "whole", breaks);
}
