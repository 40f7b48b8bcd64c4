import { Temporal } from "temporal-polyfill";

/** Days are Moscow's: the registry is kept there and its deadlines fall there. */
export const MOSCOW = "Europe/Moscow";

export type Precision = "instant" | "day" | "month" | "year" | "span";

/**
 * A moment at the precision its source gave: the text as given (ISO 8601), and the two instants
 * that bound it, half-open, `from` included and `to` not. A day is [00:00, next 00:00) in Moscow.
 */
export type Moment = { text: string; precision: Precision; from: Date; to: Date };

type Part = { precision: Exclude<Precision, "span">; from: Temporal.Instant; to: Temporal.Instant };

const startOf = (day: Temporal.PlainDate) => day.toZonedDateTime(MOSCOW).toInstant();

function parsePart(text: string): Part | undefined {
  // PostgreSQL has no year 0, and no source means a year before 1000.
  if (text.startsWith("0")) return undefined;
  try {
    if (/^\d{4}$/.test(text)) {
      const first = Temporal.PlainDate.from(`${text}-01-01`);
      return { precision: "year", from: startOf(first), to: startOf(first.add({ years: 1 })) };
    }
    if (/^\d{4}-\d{2}$/.test(text)) {
      const first = Temporal.PlainDate.from(`${text}-01`);
      return { precision: "month", from: startOf(first), to: startOf(first.add({ months: 1 })) };
    }
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      const day = Temporal.PlainDate.from(text);
      return { precision: "day", from: startOf(day), to: startOf(day.add({ days: 1 })) };
    }
    const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.exec(text);
    if (instant) {
      const from = Temporal.Instant.from(text);
      return { precision: "instant", from, to: from.add(instant[1] ? { seconds: 1 } : { minutes: 1 }) };
    }
  } catch {
    // A date that no calendar has, such as 2025-02-30.
  }
  return undefined;
}

const date = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds);

/** Moments read before: an import asks for the same few thousand over and over, and the calendar is slow to ask. */
const read = new Map<string, Moment | undefined>();
const MOST_READ = 10_000;

/**
 * Reads a moment: an instant with offset, a day, a month, a year, or an interval `from/to` of two
 * of these, both ends included: `2025-11/2026-02-05` is from the start of November to the end of 5 February.
 * @returns undefined when the text is none of these, or ends before it begins
 */
export function parseMoment(text: string): Moment | undefined {
  if (read.has(text)) return read.get(text);
  if (read.size === MOST_READ) read.clear();
  const moment = readAnew(text);
  read.set(text, moment);
  return moment;
}

function readAnew(text: string): Moment | undefined {
  const [first = "", last, ...more] = text.split("/");
  const from = parsePart(first);
  if (!from || more.length > 0) return undefined;
  if (last === undefined) return { text, precision: from.precision, from: date(from.from), to: date(from.to) };
  const to = parsePart(last);
  if (!to) return undefined;
  if (Temporal.Instant.compare(from.from, to.from) >= 0) return undefined;
  return { text, precision: "span", from: date(from.from), to: date(to.to) };
}

/** The moment of a text that is known to be well-formed, such as one from the record. */
export function momentOf(text: string): Moment {
  const moment = parseMoment(text);
  if (!moment) throw new Error(`not a moment: ${text}`);
  return moment;
}

const PRECISIONS: Record<number, Precision> = { 4: "year", 7: "month", 10: "day" };

/** The moment of a text whose bounds are known beside it, as in a row of the record: the calendar need not be asked again. */
export const momentWithin = (text: string, from: Date, to: Date): Moment => ({
  text,
  precision: text.includes("/") ? "span" : (PRECISIONS[text.length] ?? "instant"),
  from,
  to,
});

/** The calendar day, in the given zone, that holds the instant: `2025-09-10`. */
export function dayIn(zone: string, instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** How far the clocks of a zone are ahead of UTC at an instant, in minutes. */
export function offsetAt(zone: string, instant: Date): number {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
}

/** Whole calendar days from one day to another, both `YYYY-MM-DD`; negative when the second is earlier. */
export function daysBetween(first: string, second: string): number {
  return Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(second), { largestUnit: "day" }).days;
}

/** The first instant after a day (`YYYY-MM-DD`) in a zone. */
export function endOfDay(day: string, zone: string): Date {
  return date(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant());
}

/** The first instant of a day (`YYYY-MM-DD`) in a zone. */
export function startOfDay(day: string, zone: string): Date {
  return date(Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant());
}

/** Whether the text names a zone of the IANA time zone database. */
export function isZone(zone: string): boolean {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(zone);
    return /^[A-Z][A-Za-z_]+(\/[A-Za-z_+-]+)+$|^UTC$/.test(zone);
  } catch {
    return false;
  }
}

/** An age in the one unit that says it best: days up to two months, months up to two years, then years. */
export type Age = { unit: "days" | "months" | "years"; count: number };

/** How old a moment is, counted in Moscow calendar days from its last day to the day of `now`. */
export function ageOf(moment: Pick<Moment, "to">, now: Date): Age {
  const last = Temporal.PlainDate.from(dayIn(MOSCOW, new Date(moment.to.getTime() - 1)));
  const today = Temporal.PlainDate.from(dayIn(MOSCOW, now));
  const days = Math.max(0, last.until(today, { largestUnit: "day" }).days);
  const months = last.until(today, { largestUnit: "month" }).months;
  // July and August have 62 days together: "1 month" would make the last of them younger than "60 days".
  if (days < 61 || months < 2) return { unit: "days", count: days };
  if (months < 24) return { unit: "months", count: months };
  return { unit: "years", count: last.until(today, { largestUnit: "year" }).years };
}
