import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ageOf,
  dayIn,
  daysBetween,
  endOfDay,
  isZone,
  MOSCOW,
  momentOf,
  momentWithin,
  offsetAt,
  parseMoment,
  startOfDay,
} from "@/lib/moments/rules";

describe("a moment is the half-open span its text names, in Moscow", () => {
  test.each([
    ["2025-09-10", "day", "2025-09-09T21:00:00.000Z", "2025-09-10T21:00:00.000Z"],
    ["2024-02-29", "day", "2024-02-28T21:00:00.000Z", "2024-02-29T21:00:00.000Z"],
    // The clocks of Moscow were put forward that night, and back in the other: 23 and 25 hours.
    ["2010-03-28", "day", "2010-03-27T21:00:00.000Z", "2010-03-28T20:00:00.000Z"],
    ["2014-10-26", "day", "2014-10-25T20:00:00.000Z", "2014-10-26T21:00:00.000Z"],
    ["2025-02", "month", "2025-01-31T21:00:00.000Z", "2025-02-28T21:00:00.000Z"],
    ["2025-12", "month", "2025-11-30T21:00:00.000Z", "2025-12-31T21:00:00.000Z"],
    ["2025", "year", "2024-12-31T21:00:00.000Z", "2025-12-31T21:00:00.000Z"],
    ["2025-07-01/2025-07-05", "span", "2025-06-30T21:00:00.000Z", "2025-07-05T21:00:00.000Z"],
    ["2025-11/2026-02-05", "span", "2025-10-31T21:00:00.000Z", "2026-02-05T21:00:00.000Z"],
    ["2024/2025-03", "span", "2023-12-31T21:00:00.000Z", "2025-03-31T21:00:00.000Z"],
    ["2025-07-01/2025-07-01T12:30+03:00", "span", "2025-06-30T21:00:00.000Z", "2025-07-01T09:31:00.000Z"],
    ["2025-09-10T23:59+03:00", "instant", "2025-09-10T20:59:00.000Z", "2025-09-10T21:00:00.000Z"],
    ["2025-09-11T02:59+06:00", "instant", "2025-09-10T20:59:00.000Z", "2025-09-10T21:00:00.000Z"],
    ["2025-09-10T20:59:30Z", "instant", "2025-09-10T20:59:30.000Z", "2025-09-10T20:59:31.000Z"],
    ["2025-09-10T20:59-00:30", "instant", "2025-09-10T21:29:00.000Z", "2025-09-10T21:30:00.000Z"],
  ])("%s", (text, precision, from, to) => {
    const moment = parseMoment(text);
    expect(moment && { ...moment, from: moment.from.toISOString(), to: moment.to.toISOString() }).toEqual({ text, precision, from, to });
  });
});

describe("what no calendar has is no moment", () => {
  test.each([
    ["no such day", "2025-02-30"],
    ["no leap year", "2025-02-29"],
    ["no such month", "2025-13"],
    ["month zero", "2025-00"],
    ["day zero", "2025-07-00"],
    ["no year that a database holds", "0000"],
    ["no year that a source means", "0001-01-01"],
    ["no such hour", "2025-01-01T24:00Z"],
    ["no such minute", "2025-01-01T10:60+03:00"],
    ["no such offset", "2025-01-01T10:00+24:00"],
    ["an instant without offset", "2025-01-01T10:00"],
    ["an interval in reverse", "2025-07-05/2025-07-01"],
    ["an interval of months in reverse", "2025-08/2025-07-31"],
    ["an interval with one end twice", "2025-07-01/2025-07-01"],
    ["an interval with an impossible end", "2025-02-01/2025-02-30"],
    ["an interval with an open end", "2025-07-01/"],
    ["an interval with an open beginning", "/2025-07-01"],
    ["an interval of three", "2025-07-01/2025-07-02/2025-07-03"],
    ["a Russian date", "24.07.2025"],
    ["a short day", "2025-7-1"],
    ["a day without signs", "20250701"],
    ["a space before", " 2025-07-01"],
    ["a line break behind", "2025-07-01\n"],
    ["other digits", "٢٠٢٥"],
    ["a time zone by name", "2025-07-01T10:00[Europe/Moscow]"],
    ["a word", "soon"],
    ["nothing", ""],
  ])("%s: %j", (_what, text) => {
    expect(parseMoment(text)).toBeUndefined();
    expect(() => momentOf(text)).toThrow("not a moment");
  });
});

const pad = (length: number) => (n: number) => String(n).padStart(length, "0");
const year = fc.integer({ min: 0, max: 9999 }).map(pad(4));
const twoDigits = fc.integer({ min: 0, max: 61 }).map(pad(2));
const datelike = fc.oneof(
  year,
  fc.tuple(year, twoDigits).map((parts) => parts.join("-")),
  fc.tuple(year, twoDigits, twoDigits).map((parts) => parts.join("-")),
  fc
    .tuple(year, twoDigits, twoDigits, twoDigits, twoDigits, fc.constantFrom("Z", "+03:00", "-11:30", "+25:00"))
    .map(([y, m, d, hour, minute, offset]) => `${y}-${m}-${d}T${hour}:${minute}${offset}`),
);
const realDay = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("for every text", () => {
  test("reading never throws, and what is read begins before it ends", () => {
    const anything = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."0123456789-/T:Z+.") }),
      datelike,
      fc.tuple(datelike, datelike).map((parts) => parts.join("/")),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const moment = parseMoment(text);
        if (!moment) return;
        expect(moment.text).toBe(text);
        expect(moment.from.getTime()).toBeLessThan(moment.to.getTime());
      }),
      { numRuns: 500 },
    );
  });

  test("every real day is read, and an interval of two days holds both", () => {
    fc.assert(
      fc.property(realDay, realDay, (one, other) => {
        const [first = "", last = ""] = [one, other].sort();
        const [from, to] = [momentOf(first), momentOf(last)];
        expect(dayIn(MOSCOW, from.from)).toBe(first);
        expect(dayIn(MOSCOW, new Date(from.to.getTime() - 1))).toBe(first);
        const interval = parseMoment(`${first}/${last}`);
        if (first === last) expect(interval).toBeUndefined();
        else expect([interval?.from, interval?.to]).toEqual([from.from, to.to]);
      }),
    );
  });

  test("a text of a megabyte is refused at once", () => {
    expect(parseMoment("2025-07-01/".repeat(100_000))).toBeUndefined();
    expect(parseMoment("2".repeat(1_000_000))).toBeUndefined();
  });
});

test.each([
  ["2025-07-24", "2025-07-24", 0],
  ["2025-07-24", "2025-09-10", 48],
  ["2025-09-10", "2025-07-24", -48],
  ["2024-02-28", "2024-03-01", 2],
  ["2025-02-28", "2025-03-01", 1],
  ["2010-03-27", "2010-03-29", 2],
  ["2025-12-31", "2026-01-01", 1],
])("from %s to %s there are %i days", (first, second, days) => {
  expect(daysBetween(first, second)).toBe(days);
});

// One minute before and at the end of 10 September in Moscow.
test.each([
  ["Europe/Moscow", "2025-09-10", "2025-09-11"],
  ["Europe/Minsk", "2025-09-10", "2025-09-11"],
  ["Europe/Chisinau", "2025-09-10", "2025-09-11"],
  ["UTC", "2025-09-10", "2025-09-10"],
  ["Asia/Baku", "2025-09-11", "2025-09-11"],
  ["Asia/Tashkent", "2025-09-11", "2025-09-11"],
  ["Asia/Bishkek", "2025-09-11", "2025-09-11"],
])("in %s the last minute of Moscow's day is on %s, the next on %s", (zone, last, next) => {
  expect(dayIn(zone, new Date("2025-09-10T20:59:00Z"))).toBe(last);
  expect(dayIn(zone, new Date("2025-09-10T21:00:00Z"))).toBe(next);
});

test.each([
  ["2025-09-10", "Europe/Moscow", "2025-09-09T21:00:00.000Z", "2025-09-10T21:00:00.000Z"],
  ["2025-09-10", "Asia/Bishkek", "2025-09-09T18:00:00.000Z", "2025-09-10T18:00:00.000Z"],
  ["2025-12-31", "UTC", "2025-12-31T00:00:00.000Z", "2026-01-01T00:00:00.000Z"],
  ["2024-02-28", "UTC", "2024-02-28T00:00:00.000Z", "2024-02-29T00:00:00.000Z"],
  // Summer time ends that night in Chișinău: 25 hours.
  ["2025-10-26", "Europe/Chisinau", "2025-10-25T21:00:00.000Z", "2025-10-26T22:00:00.000Z"],
])("%s in %s begins and ends", (day, zone, start, end) => {
  expect(startOfDay(day, zone).toISOString()).toBe(start);
  expect(endOfDay(day, zone).toISOString()).toBe(end);
});

describe("the age of a moment", () => {
  test.each([
    ["2025-07-01", "2025-06-01T12:00:00Z", "days", 0],
    ["2025-07-01", "2025-07-01T20:59:59Z", "days", 0],
    ["2025-07-01", "2025-07-01T21:00:00Z", "days", 1],
    ["2025-07-01/2025-07-05", "2025-07-06T12:00:00Z", "days", 1],
    ["2025-02-01", "2025-04-02T12:00:00Z", "days", 60],
    ["2025-02-01", "2025-04-03T12:00:00Z", "months", 2],
    // July and August: the 61st day is not two months yet, and one month would be too young.
    ["2025-07-01", "2025-08-30T12:00:00Z", "days", 60],
    ["2025-07-01", "2025-08-31T12:00:00Z", "days", 61],
    ["2025-07-01", "2025-09-01T12:00:00Z", "months", 2],
    ["2025-07", "2025-10-30T12:00:00Z", "months", 2],
    ["2025-07", "2025-10-31T12:00:00Z", "months", 3],
    ["2025-07-01", "2027-05-31T12:00:00Z", "months", 22],
    ["2025-07-01", "2027-06-30T12:00:00Z", "months", 23],
    ["2025-07-01", "2027-06-30T21:00:00Z", "years", 2],
    ["2025-07-01", "2028-06-30T12:00:00Z", "years", 2],
    ["2025-07-01", "2028-07-01T12:00:00Z", "years", 3],
  ])("%s at %s is %s: %i", (text, now, unit, count) => {
    expect(ageOf(momentOf(text), new Date(now))).toEqual({ unit, count });
  });

  test("never goes back to a smaller unit or a smaller count", () => {
    const UNITS = ["days", "months", "years"];
    fc.assert(
      fc.property(realDay, fc.integer({ min: 0, max: 1500 }), (day, days) => {
        const moment = momentOf(day);
        const at = (n: number) => ageOf(moment, new Date(moment.to.getTime() + n * 86_400_000));
        const [before, after] = [at(days), at(days + 1)];
        if (before.unit === after.unit) expect(after.count).toBeGreaterThanOrEqual(before.count);
        else {
          expect(UNITS.indexOf(after.unit)).toBe(UNITS.indexOf(before.unit) + 1);
          expect(after.count).toBe(2);
        }
      }),
    );
  });
});

test.each([
  ["Europe/Moscow", true],
  ["Asia/Bishkek", true],
  ["America/Port-au-Prince", true],
  ["America/Argentina/Buenos_Aires", true],
  ["UTC", true],
  ["+03:00", false],
  ["Europe/Muhlat", false],
  ["Europe", false],
  ["europe/moscow", false],
  ["", false],
  ["constructor", false],
])("whether %j is a zone: %s", (zone, is) => {
  expect(isZone(zone)).toBe(is);
});

test.each([
  ["Europe/Moscow", "2025-09-10T21:00:00Z", 180],
  ["Europe/Moscow", "2013-01-01T00:00:00Z", 240],
  ["Europe/Chisinau", "2025-07-01T00:00:00Z", 180],
  ["Europe/Chisinau", "2025-12-01T00:00:00Z", 120],
  ["Asia/Kolkata", "2025-12-01T00:00:00Z", 330],
])("clocks of %s at %s are %d minutes ahead", (zone, instant, minutes) => {
  expect(offsetAt(zone, new Date(instant))).toBe(minutes);
});

test.each(["2025", "2025-07", "2025-07-26", "2025-07-26T06:00Z", "2025-07-26T06:00:30+03:00", "2025-07-01/2025-07-05", "2025/2026-02"])(
  "%s is the same moment where its bounds are known beside it",
  (text) => {
    const moment = momentOf(text);
    expect(momentWithin(text, moment.from, moment.to)).toEqual(moment);
  },
);
