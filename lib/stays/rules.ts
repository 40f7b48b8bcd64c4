/**
 * Days that one may stay without a visa in a calendar year; leaving and coming back does not begin them anew.
 * Source: Russia's Interior Ministry, told by TASS on 3 November 2025.
 */
export const LIMIT = 90;

/** One stay by calendar days, `YYYY-MM-DD`; both of them count. `left` is null as long as it lasts. */
export type Stay = { arrived: string; left: string | null };

/** Why stays cannot be counted; `stay` counts them from 0 as they were given. */
export type Fault = { stay: number; code: "left_first" | "left_missing" };

/** One calendar year: days up to today, days that are only planned, what is left of the limit, what is over it. */
export type Year = { year: number; used: number; planned: number; left: number; over: number };

/** What a stay adds by itself, and how many of these days an earlier stay already holds. */
export type Share = { days: number; shared: number };

/**
 * How it stands; `lastDay` is the last day in time if one stays on from `from`.
 * passed: more than the limit was used in `year`; `unbroken` if no day outside lies between then and this year.
 * will_pass: it would be, by what is planned. inside: in the country today, the last day comes `toGo` days later.
 * planned: not there yet; no_days: planned from a day on for which none is left. away: left, with days to come
 * back for; used_up: with none.
 */
export type Verdict =
  | { kind: "passed"; lastDay: string; year: number; over: number; unbroken: boolean }
  | { kind: "will_pass"; lastDay: string; year: number; over: number }
  | { kind: "inside"; lastDay: string; from: string; toGo: number }
  | { kind: "planned"; lastDay: string; from: string }
  | { kind: "no_days"; from: string; year: number }
  | { kind: "away"; lastDay: string; from: string; year: number; left: number }
  | { kind: "used_up"; year: number };

export type Count = { verdict: Verdict; years: Year[]; shares: Share[] };

const MS = 86_400_000;
/** Longer than any stay can last in time, from any day of a year on. */
const FOR_EVER = 800;

/** A calendar day as a whole number, so that the next day is one more. */
export const numberOf = (day: string): number => Date.parse(`${day}T00:00Z`) / MS;

/** The calendar day of such a number. */
export const dayOf = (number: number): string => new Date(number * MS).toISOString().slice(0, 10);

const yearOf = (number: number) => Number(dayOf(number).slice(0, 4));
const firstOf = (year: number) => numberOf(`${year}-01-01`);

/** Days from the first to the last of a span, both included. */
type Span = { from: number; to: number };

/** The spans without what they share, in order; two that share no day stay two. */
function merged(spans: readonly Span[]): Span[] {
  const apart: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = apart[apart.length - 1];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else apart.push({ from, to });
  }
  return apart;
}

/** What of the spans lies between two days. */
function within(spans: readonly Span[], from: number, to: number): Span[] {
  return spans.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) })).filter((span) => span.from <= span.to);
}

const inYear = (spans: readonly Span[], year: number) => within(spans, firstOf(year), firstOf(year + 1) - 1);
const daysOf = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from + 1, 0);

/** The last day of the limit among the days of a year; undefined when they do not go beyond it. */
function lastInTime(spans: readonly Span[]): number | undefined {
  if (daysOf(spans) <= LIMIT) return undefined;
  let left = LIMIT;
  for (const { from, to } of spans) {
    if (left <= to - from + 1) return from + left - 1;
    left -= to - from + 1;
  }
  return undefined;
}

/** Stays that end before they begin, and stays that have no end although a later one begins. */
export function faultsOf(stays: readonly Stay[]): Fault[] {
  const latest = stays.reduce((found, { arrived }) => (arrived > found ? arrived : found), "");
  return stays.flatMap(({ arrived, left }, stay): Fault[] => {
    if (left === null) return arrived < latest ? [{ stay, code: "left_missing" }] : [];
    return left < arrived ? [{ stay, code: "left_first" }] : [];
  });
}

function sharesOf(spans: readonly Span[]): Share[] {
  const shares: Share[] = spans.map(() => ({ days: 0, shared: 0 }));
  let covered = Number.NEGATIVE_INFINITY;
  for (const [index, { from, to }] of [...spans.entries()].sort(([, a], [, b]) => a.from - b.from)) {
    const days = Math.max(0, to - from + 1);
    shares[index] = { days, shared: Math.min(days, Math.max(0, covered - from + 1)) };
    covered = Math.max(covered, to);
  }
  return shares;
}

/** Each year that a day falls into, and this one. */
function yearsOf(all: readonly Span[], today: number): Year[] {
  const years = new Set([yearOf(today)]);
  for (const { from, to } of all) for (let year = yearOf(from); year <= yearOf(to); year += 1) years.add(year);
  return [...years]
    .sort((a, b) => a - b)
    .map((year) => {
      const spans = inYear(all, year);
      const used = daysOf(within(spans, Number.NEGATIVE_INFINITY, today));
      const total = daysOf(spans);
      return { year, used, planned: total - used, left: Math.max(0, LIMIT - total), over: Math.max(0, total - LIMIT) };
    });
}

/**
 * Counts days in the country by calendar day, each once, against the limit of each calendar year.
 *
 * The last day in time supposes that one stays on: from now where one is there, from the arrival where it is
 * planned without an end, from the last planned departure, or from today where one is away. Where the limit of an
 * earlier year was passed in a stay that has not ended since, that is the answer: what the new year changes
 * then, no source says.
 * @param stays in any order, without faults (`faultsOf`); overlaps are counted once
 * @param today the day up to which days are used; later ones are planned
 */
export function countDays(stays: readonly Stay[], today: string): Count {
  const now = numberOf(today);
  const open = stays.filter(({ left }) => left === null).map(({ arrived }) => numberOf(arrived));
  const spans = stays.map(({ arrived, left }) => ({ from: numberOf(arrived), to: left === null ? now : numberOf(left) }));
  const all = merged(spans.filter(({ from, to }) => from <= to));
  const years = yearsOf(all, now);
  return { verdict: verdictOf(all, open[0], now), years, shares: sharesOf(spans) };
}

/** @param open the day of the arrival that has no departure yet, past or to come */
function verdictOf(all: readonly Span[], open: number | undefined, now: number): Verdict {
  const present = all.find(({ from, to }) => from <= now && now <= to);
  const onFrom = Math.max(open ?? all[all.length - 1]?.to ?? now, now);
  const onwards = merged([...all, { from: onFrom, to: onFrom + FOR_EVER }]);
  let year = yearOf(Math.min(present?.from ?? now, now));
  let last = lastInTime(inYear(onwards, year));
  while (last === undefined) {
    year += 1;
    last = lastInTime(inYear(onwards, year));
  }
  const entered = inYear(all, year);
  const over = daysOf(within(entered, Number.NEGATIVE_INFINITY, now)) - LIMIT;
  const overByPlan = daysOf(entered) - LIMIT;
  const thisYear = yearOf(now);
  const [lastDay, from] = [dayOf(last), dayOf(onFrom)];
  if (over > 0) return { kind: "passed", lastDay, year, over, unbroken: year < thisYear };
  if (overByPlan > 0) return { kind: "will_pass", lastDay, year, over: overByPlan };
  if (present) return { kind: "inside", lastDay, from, toGo: last - now };
  if (last < onFrom) return open === undefined ? { kind: "used_up", year } : { kind: "no_days", from, year };
  if (onFrom > now) return { kind: "planned", lastDay, from };
  return { kind: "away", lastDay, from, year: thisYear, left: LIMIT - daysOf(inYear(all, thisYear)) };
}
