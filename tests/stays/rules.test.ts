import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countDays, dayOf, faultsOf, LIMIT, numberOf, type Stay, type Verdict, type Year } from "@/lib/stays/rules";
import { daysIn, lastDayOfStaying, ofYear } from "./counted-by-hand";

/** Stays as `2026-01-10/2026-01-20`; without an end, one that lasts. */
const stays = (...texts: string[]): Stay[] =>
  texts.map((text) => {
    const [arrived = "", left = ""] = text.split("/");
    return { arrived, left: left || null };
  });

const year = (of: number, used: number, planned = 0): Year => ({
  year: of,
  used,
  planned,
  left: Math.max(0, LIMIT - used - planned),
  over: Math.max(0, used + planned - LIMIT),
});

describe("days are counted by calendar day, each once", () => {
  test.each<[string, Stay[], string, Year[]]>([
    ["nothing", [], "2026-05-01", [year(2026, 0)]],
    ["arrived and left on one day", stays("2026-03-03/2026-03-03"), "2026-05-01", [year(2026, 1)]],
    ["the first and the last day count", stays("2026-03-03/2026-03-12"), "2026-05-01", [year(2026, 10)]],
    ["left and came back on one day", stays("2026-03-03/2026-03-12", "2026-03-12/2026-03-20"), "2026-05-01", [year(2026, 18)]],
    ["came back the day after", stays("2026-03-03/2026-03-12", "2026-03-13/2026-03-20"), "2026-05-01", [year(2026, 18)]],
    ["one inside another", stays("2026-03-01/2026-03-31", "2026-03-10/2026-03-20"), "2026-05-01", [year(2026, 31)]],
    ["the same twice", stays("2026-03-01/2026-03-31", "2026-03-01/2026-03-31"), "2026-05-01", [year(2026, 31)]],
    ["in the order in which they come to mind", stays("2026-04-01/2026-04-02", "2026-01-01/2026-01-03"), "2026-05-01", [year(2026, 5)]],
    ["over a year's end", stays("2025-12-20/2026-01-10"), "2026-05-01", [year(2025, 12), year(2026, 10)]],
    ["over three years", stays("2024-12-31/2026-01-01"), "2026-05-01", [year(2024, 1), year(2025, 365, 0), year(2026, 1)]],
    ["a leap year has its day", stays("2028-02-28/2028-03-01"), "2028-05-01", [year(2028, 3)]],
    ["a year that is none has not", stays("2026-02-28/2026-03-01"), "2026-05-01", [year(2026, 2)]],
    ["still there", stays("2026-04-22/"), "2026-05-01", [year(2026, 10)]],
    ["arrived today", stays("2026-05-01/"), "2026-05-01", [year(2026, 1)]],
    ["planned", stays("2026-06-01/2026-06-30"), "2026-05-01", [year(2026, 0, 30)]],
    ["planned without an end", stays("2026-06-01/"), "2026-05-01", [year(2026, 0)]],
    ["there now and leaving later", stays("2026-04-22/2026-05-11"), "2026-05-01", [year(2026, 10, 10)]],
    ["planned for next year", stays("2027-01-01/2027-01-05"), "2026-05-01", [year(2026, 0), year(2027, 0, 5)]],
  ])("%s", (_what, given, today, years) => {
    expect(countDays(given, today).years).toEqual(years);
  });

  test("each stay's share says what an earlier one already holds", () => {
    const given = stays("2026-03-10/2026-03-20", "2026-03-01/2026-03-12", "2026-03-20/2026-03-20", "2026-06-01/");
    expect(countDays(given, "2026-05-01").shares).toEqual([
      { days: 11, shared: 3 },
      { days: 12, shared: 0 },
      { days: 1, shared: 1 },
      { days: 0, shared: 0 },
    ]);
  });

  test("a thousand stays over many years", () => {
    const given = Array.from({ length: 1000 }, (_, index): Stay => {
      const arrived = numberOf("2000-01-01") + index * 30;
      return { arrived: dayOf(arrived), left: dayOf(arrived + 6) };
    });
    const { years, shares } = countDays(given, "2099-12-31");
    expect(years).toHaveLength(84);
    expect(years.reduce((sum, { used }) => sum + used, 0)).toBe(7000);
    expect(shares).toHaveLength(1000);
  });
});

describe("the last day in time", () => {
  test.each<[string, Stay[], string, Verdict]>([
    [
      "from the first of January on",
      stays("2026-01-01/"),
      "2026-01-01",
      { kind: "inside", lastDay: "2026-03-31", from: "2026-01-01", toGo: 89 },
    ],
    [
      "in a leap year a day earlier",
      stays("2028-01-01/"),
      "2028-01-01",
      { kind: "inside", lastDay: "2028-03-30", from: "2028-01-01", toGo: 89 },
    ],
    ["on the day itself", stays("2026-01-01/"), "2026-03-31", { kind: "inside", lastDay: "2026-03-31", from: "2026-03-31", toGo: 0 }],
    [
      "one day after it",
      stays("2026-01-01/"),
      "2026-04-01",
      { kind: "passed", lastDay: "2026-03-31", year: 2026, over: 1, unbroken: false },
    ],
    [
      "with days of earlier stays taken off",
      stays("2026-02-01/2026-03-02", "2026-06-15/"),
      "2026-06-15",
      { kind: "inside", lastDay: "2026-08-13", from: "2026-06-15", toGo: 59 },
    ],
    [
      "over the new year, which begins anew",
      stays("2025-12-15/"),
      "2025-12-20",
      { kind: "inside", lastDay: "2026-03-31", from: "2025-12-20", toGo: 101 },
    ],
    ["in the new year itself", stays("2025-12-15/"), "2026-01-05", { kind: "inside", lastDay: "2026-03-31", from: "2026-01-05", toGo: 85 }],
    [
      "where the old year's limit was passed, and nobody left since",
      stays("2025-06-01/"),
      "2026-02-10",
      { kind: "passed", lastDay: "2025-08-29", year: 2025, over: 124, unbroken: true },
    ],
    [
      "where it was passed before the stay that has not ended since",
      stays("2025-01-01/2025-03-31", "2025-12-31/"),
      "2026-01-01",
      { kind: "passed", lastDay: "2025-03-31", year: 2025, over: 1, unbroken: true },
    ],
    [
      "where it was passed, and one went out and in on the same day since",
      stays("2025-06-01/2026-01-05", "2026-01-05/"),
      "2026-02-10",
      { kind: "passed", lastDay: "2025-08-29", year: 2025, over: 124, unbroken: true },
    ],
    [
      "where it was passed, left, and came back in the new year",
      stays("2025-06-01/2025-10-01", "2026-02-01/"),
      "2026-02-10",
      { kind: "inside", lastDay: "2026-05-01", from: "2026-02-10", toGo: 80 },
    ],
    [
      "arrived after the limit",
      stays("2026-01-01/2026-03-31", "2026-06-01/"),
      "2026-06-03",
      { kind: "passed", lastDay: "2026-03-31", year: 2026, over: 3, unbroken: false },
    ],
    [
      "left after the limit",
      stays("2026-01-01/2026-04-05"),
      "2026-06-03",
      { kind: "passed", lastDay: "2026-03-31", year: 2026, over: 5, unbroken: false },
    ],
    [
      "there now, with a departure in time",
      stays("2026-05-01/2026-05-31"),
      "2026-05-10",
      { kind: "inside", lastDay: "2026-07-29", from: "2026-05-31", toGo: 80 },
    ],
    [
      "there now, with a departure too late",
      stays("2026-05-01/2026-08-01"),
      "2026-05-10",
      { kind: "will_pass", lastDay: "2026-07-29", year: 2026, over: 3 },
    ],
    [
      "a later plan that goes over",
      stays("2026-01-01/2026-03-01", "2026-09-01/2026-10-01"),
      "2026-05-10",
      { kind: "will_pass", lastDay: "2026-09-30", year: 2026, over: 1 },
    ],
    ["planned without an end", stays("2026-06-01/"), "2026-05-10", { kind: "planned", lastDay: "2026-08-29", from: "2026-06-01" }],
    ["planned with an end", stays("2026-06-01/2026-06-10"), "2026-05-10", { kind: "planned", lastDay: "2026-08-29", from: "2026-06-10" }],
    [
      "planned with the limit already used",
      stays("2026-01-01/2026-03-31", "2026-06-01/"),
      "2026-05-10",
      { kind: "no_days", from: "2026-06-01", year: 2026 },
    ],
    [
      "away, with days left",
      stays("2026-02-01/2026-03-02"),
      "2026-06-15",
      { kind: "away", lastDay: "2026-08-13", from: "2026-06-15", year: 2026, left: 60 },
    ],
    [
      "away near the year's end",
      stays("2026-02-01/2026-03-02"),
      "2026-12-20",
      { kind: "away", lastDay: "2027-03-31", from: "2026-12-20", year: 2026, left: 60 },
    ],
    ["away, with none left", stays("2026-01-01/2026-03-31"), "2026-06-15", { kind: "used_up", year: 2026 }],
    [
      "away since another year",
      stays("2024-01-01/2024-06-30"),
      "2026-01-01",
      { kind: "away", lastDay: "2026-03-31", from: "2026-01-01", year: 2026, left: 90 },
    ],
  ])("%s", (_what, given, today, verdict) => {
    expect(countDays(given, today).verdict).toEqual(verdict);
  });
});

describe("what cannot be counted is named", () => {
  test.each<[string, Stay[], ReturnType<typeof faultsOf>]>([
    ["nothing", [], []],
    ["a stay of one day", stays("2026-03-03/2026-03-03"), []],
    ["left before arriving", stays("2026-01-01/2026-01-02", "2026-03-03/2026-03-02"), [{ stay: 1, code: "left_first" }]],
    ["still there at the end", stays("2026-01-01/2026-01-02", "2026-03-03/"), []],
    ["still there, and there again later", stays("2026-01-01/", "2026-03-03/2026-03-04"), [{ stay: 0, code: "left_missing" }]],
    ["the same, entered the other way round", stays("2026-03-03/2026-03-04", "2026-01-01/"), [{ stay: 1, code: "left_missing" }]],
    ["two that both last", stays("2026-01-01/", "2026-03-03/"), [{ stay: 0, code: "left_missing" }]],
  ])("%s", (_what, given, faults) => {
    expect(faultsOf(given)).toEqual(faults);
  });
});

describe("for any stays, the count is that of a set of days", () => {
  const day = fc.integer({ min: numberOf("2023-01-01"), max: numberOf("2028-12-31") });
  const closed = fc
    .tuple(day, fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 130 })))
    .map(([arrived, length]): Stay => ({ arrived: dayOf(arrived), left: dayOf(arrived + length) }));
  const withOpen = fc
    .tuple(fc.array(closed, { maxLength: 8 }), fc.option(fc.integer({ min: 0, max: 200 })), day)
    .map(([list, after, today]) => {
      const latest = Math.max(numberOf("2023-01-01"), ...list.map(({ arrived }) => numberOf(arrived)));
      const open: Stay[] = after === null ? [] : [{ arrived: dayOf(latest + after), left: null }];
      return { given: [...list, ...open], today: dayOf(today) };
    });

  test("days used, planned, left and over of every year; shares add up to them", () => {
    fc.assert(
      fc.property(withOpen, ({ given, today }) => {
        const days = daysIn(given, today);
        const { years, shares } = countDays(given, today);
        expect(years.reduce((sum, { used, planned }) => sum + used + planned, 0)).toBe(days.size);
        for (const { year, used, planned, left, over } of years) {
          expect(used).toBe(ofYear(days, year, today));
          expect(used + planned).toBe(ofYear(days, year));
          expect(left - over).toBe(LIMIT - used - planned);
          expect(left * over).toBe(0);
        }
        expect(shares.reduce((sum, share) => sum + share.days - share.shared, 0)).toBe(days.size);
      }),
      { numRuns: 200 },
    );
  });

  test("the order in which they are entered changes nothing", () => {
    fc.assert(
      fc.property(withOpen, ({ given, today }) => {
        const { verdict, years } = countDays(given, today);
        const turned = countDays([...given].reverse(), today);
        expect([turned.verdict, turned.years]).toEqual([verdict, years]);
      }),
    );
  });

  test("who is in time and stays on is in time up to the last day, and not on the next", () => {
    let told = 0;
    fc.assert(
      fc.property(withOpen, ({ given, today }) => {
        const { verdict } = countDays(given, today);
        if (verdict.kind !== "inside" && verdict.kind !== "away") return;
        told += 1;
        expect(verdict.lastDay).toBe(lastDayOfStaying(daysIn(given, today), verdict.from));
      }),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(10);
  });

  test("whoever is told that the limit is passed has more days in that year, and 90 up to the last one", () => {
    let told = 0;
    fc.assert(
      fc.property(withOpen, ({ given, today }) => {
        const { verdict } = countDays(given, today);
        if (verdict.kind !== "passed" && verdict.kind !== "will_pass") return;
        told += 1;
        const days = daysIn(given, today);
        expect(ofYear(days, verdict.year, verdict.lastDay)).toBe(LIMIT);
        expect(ofYear(days, verdict.year, verdict.kind === "passed" ? today : "9999")).toBe(LIMIT + verdict.over);
      }),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(10);
  });
});
