import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chainsFor, type Deadline, endsAt, lastDay, standingChains, standings, stateOf, stateOn } from "@/lib/deadlines/rules";
import { dayIn, momentOf } from "@/lib/moments/rules";
import { april, deadline, september } from "./deadlines";

test.each([
  ["2025-09-10", "Europe/Moscow", true, "2025-09-10T21:00:00.000Z", "2025-09-10"],
  ["2025-09-10", "Europe/Moscow", false, "2025-09-09T21:00:00.000Z", "2025-09-09"],
  ["2025-09-10", "Asia/Bishkek", true, "2025-09-10T18:00:00.000Z", "2025-09-10"],
  ["2025-09-10", "Asia/Bishkek", false, "2025-09-09T18:00:00.000Z", "2025-09-09"],
  ["2025-03-01", "Europe/Moscow", false, "2025-02-28T21:00:00.000Z", "2025-02-28"],
  ["2025-01-01", "UTC", false, "2025-01-01T00:00:00.000Z", "2024-12-31"],
])("%s in %s, the day itself counting: %s", (fallsOn, zone, dayCounts, end, last) => {
  expect(endsAt(fallsOn, zone, dayCounts).toISOString()).toBe(end);
  expect(lastDay(deadline("d", fallsOn, { zone, dayCounts }))).toBe(last);
});

describe("where a deadline stands", () => {
  test.each([
    ["long before", "2025-07-26T12:00:00Z", { state: "ahead", daysLeft: 46 }],
    ["a minute before the last week", "2025-09-02T20:59:00Z", { state: "ahead", daysLeft: 8 }],
    ["when the last week begins", "2025-09-02T21:00:00Z", { state: "last_days", daysLeft: 7 }],
    ["midnight of UTC the day before", "2025-09-09T00:00:00Z", { state: "last_days", daysLeft: 1 }],
    ["a minute before the day", "2025-09-09T20:59:00Z", { state: "last_days", daysLeft: 1 }],
    ["when the day begins in Moscow", "2025-09-09T21:00:00Z", { state: "today", hoursLeft: 23 }],
    ["midnight of UTC on the day", "2025-09-10T00:00:00Z", { state: "today", hoursLeft: 20 }],
    ["when the next day has begun in Bishkek", "2025-09-10T18:00:00Z", { state: "today", hoursLeft: 2 }],
    ["a minute before the end", "2025-09-10T20:59:00Z", { state: "today", hoursLeft: 0 }],
    ["a millisecond before the end", "2025-09-10T20:59:59.999Z", { state: "today", hoursLeft: 0 }],
    ["at the end", "2025-09-10T21:00:00Z", { state: "passed", daysAgo: 1 }],
    ["a minute after the end", "2025-09-10T21:01:00Z", { state: "passed", daysAgo: 1 }],
    ["midnight of UTC after the end", "2025-09-11T00:00:00Z", { state: "passed", daysAgo: 1 }],
    ["a minute before the second day after", "2025-09-11T20:59:00Z", { state: "passed", daysAgo: 1 }],
    ["when the second day after begins", "2025-09-11T21:00:00Z", { state: "passed", daysAgo: 2 }],
    ["a year later", "2026-09-10T12:00:00Z", { state: "passed", daysAgo: 365 }],
  ])("%s", (_when, now, state) => {
    expect(stateOf(september, [april, september], new Date(now))).toEqual(state);
  });

  test("is the same through all of a day of its own zone, and what is said of that day", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Moscow", "Asia/Bishkek", "Europe/Kaliningrad", "America/New_York", "Pacific/Kiritimati", "UTC"),
        fc.boolean(),
        fc.date({ min: new Date("2025-08-25"), max: new Date("2025-09-20"), noInvalidDate: true }),
        (zone, dayCounts, now) => {
          const one = deadline("one", "2025-09-10", { zone, dayCounts });
          expect(stateOn(one, [one], dayIn(zone, now)).state).toBe(stateOf(one, [one], now).state);
        },
      ),
      { numRuns: 500 },
    );
  });

  const before = deadline("before", "2025-09-10", { dayCounts: false });

  test.each([
    ["a minute before the last day that counts", "2025-09-08T20:59:00Z", { state: "last_days", daysLeft: 1 }],
    ["when the last day that counts begins", "2025-09-08T21:00:00Z", { state: "today", hoursLeft: 23 }],
    ["a minute before the day", "2025-09-09T20:59:00Z", { state: "today", hoursLeft: 0 }],
    ["when the day begins", "2025-09-09T21:00:00Z", { state: "passed", daysAgo: 1 }],
    ["when the day is over", "2025-09-10T21:00:00Z", { state: "passed", daysAgo: 2 }],
  ])("where the day itself does not count, %s", (_when, now, state) => {
    expect(stateOf(before, [before], new Date(now))).toEqual(state);
  });

  test("is counted in the deadline's own zone", () => {
    const bishkek = deadline("bishkek", "2025-09-10", { zone: "Asia/Bishkek" });
    expect(stateOf(bishkek, [bishkek], new Date("2025-09-10T17:59:00Z"))).toEqual({ state: "today", hoursLeft: 0 });
    expect(stateOf(bishkek, [bishkek], new Date("2025-09-10T18:00:00Z"))).toEqual({ state: "passed", daysAgo: 1 });
  });

  test.each(["2025-03-01T12:00:00Z", "2025-04-30T12:00:00Z", "2026-01-01T12:00:00Z"])(
    "is extended once another replaces it, at %s",
    (now) => {
      expect(stateOf(april, [september, april], new Date(now))).toEqual({ state: "extended", to: "2025-09-10" });
    },
  );

  test("is extended to the last day that counts of the next, not of the one after", () => {
    const next = deadline("next", "2025-09-10", { replaces: "april", dayCounts: false });
    const afterNext = deadline("after-next", "2025-12-31", { replaces: "next" });
    expect(stateOf(april, [april, next, afterNext], new Date("2025-05-01T12:00:00Z"))).toEqual({ state: "extended", to: "2025-09-09" });
  });

  test("is cancelled when it says so, or the one that replaces it does, before and after its day", () => {
    const end = deadline("end", "2025-09-10", { replaces: "september", cancelled: true });
    for (const now of [new Date("2025-08-01T12:00:00Z"), new Date("2026-01-01T12:00:00Z")]) {
      expect(stateOf(september, [april, september, end], now)).toEqual({ state: "cancelled" });
      expect(stateOf(end, [april, september, end], now)).toEqual({ state: "cancelled" });
    }
  });

  test("is not changed by what replaces another", () => {
    const other = deadline("other", "2026-09-10", { replaces: "something-else" });
    expect(stateOf(september, [september, other], new Date("2025-09-10T12:00:00Z"))).toEqual({ state: "today", hoursLeft: 8 });
  });
});

describe("the chains that bind a country", () => {
  const now = new Date("2025-07-26T12:00:00Z");
  const of = (deadlines: Deadline[], country: string) =>
    chainsFor(deadlines, country, now).map((c) => [c.chain, c.standing.statementId, ...c.replaced.map((d) => d.statementId)]);

  test("each have the one that stands, and those it replaced, the latest first", () => {
    const first = deadline("first", "2025-01-31");
    const april2 = deadline("april", "2025-04-30", { replaces: "first" });
    expect(of([april2, september, first], "KG")).toEqual([["regularisation", "september", "april", "first"]]);
    expect(of([], "KG")).toEqual([]);
  });

  test("come with those ahead first, the nearest first, then the passed and the cancelled, the latest first", () => {
    const chain = (name: string, fallsOn: string, told: Partial<Deadline> = {}) => deadline(name, fallsOn, { chain: name, ...told });
    const deadlines = [
      chain("passed-long-ago", "2024-01-01"),
      chain("far", "2026-01-01"),
      chain("cancelled", "2025-12-01", { cancelled: true }),
      chain("passed", "2025-07-25"),
      chain("today", "2025-07-26"),
      chain("near", "2025-08-01"),
    ];
    const expected = ["today", "near", "far", "cancelled", "passed", "passed-long-ago"];
    expect(of(deadlines, "KG").map(([name]) => name)).toEqual(expected);
    expect(of(deadlines.reverse(), "KG").map(([name]) => name)).toEqual(expected);
  });

  test("leave out the exceptions and the countries that are not named", () => {
    const named = deadline("named", "2025-09-10", { chain: "named", countries: ["KG", "TJ"] });
    const except = deadline("except", "2025-09-11", { chain: "except", exceptCountries: ["BY", "TJ"] });
    expect(of([named, except], "KG").map(([name]) => name)).toEqual(["named", "except"]);
    expect(of([named, except], "TJ").map(([name]) => name)).toEqual(["named"]);
    expect(of([named, except], "BY")).toEqual([]);
    expect(of([named, except], "ALL").map(([name]) => name)).toEqual(["except"]);
  });

  test("have one standing where two replace the same: the one known later", () => {
    const rival = deadline("rival", "2025-12-31", { replaces: "april", knownFrom: momentOf("2025-06-01").to });
    expect(of([april, rival, september], "KG")).toEqual([["regularisation", "rival", "september", "april"]]);
    expect(of([april, september, rival], "KG")).toEqual([["regularisation", "rival", "september", "april"]]);
  });
});

describe("an extension that leaves countries out", () => {
  const now = new Date("2025-07-26T12:00:00Z");
  const forKyrgyz = deadline("kg", "2026-12-31", { replaces: "september", countries: ["KG"], exceptCountries: [] });
  const chain = [april, september, forKyrgyz];
  const of = (country: string, members = chain) =>
    chainsFor(members, country, now).map((c) => [c.standing.statementId, ...c.replaced.map((d) => d.statementId)]);

  test("leaves the earlier deadline standing for them", () => {
    expect(of("KG")).toEqual([["kg", "september", "april"]]);
    expect(of("TJ")).toEqual([["september", "april"]]);
    expect(of("ALL")).toEqual([["september", "april"]]);
  });

  test("can be followed by one for the others, and by one for all of them", () => {
    const rest = deadline("rest", "2025-12-31", { replaces: "september", exceptCountries: ["KG"] });
    expect(of("TJ", [...chain, rest])).toEqual([["rest", "september", "april"]]);
    expect(of("KG", [...chain, rest])).toEqual([["kg", "september", "april"]]);
    const everybody = deadline("everybody", "2027-12-31", { replaces: "rest" });
    expect(of("TJ", [...chain, rest, everybody])[0]?.[0]).toBe("everybody");
    expect(of("BY", [...chain, rest, everybody])[0]?.[0]).toBe("everybody");
  });

  test("does the same when it cancels", () => {
    const cancelled = { ...forKyrgyz, cancelled: true, fallsOn: september.fallsOn, endsAt: september.endsAt };
    const members = [april, september, cancelled];
    expect(chainsFor(members, "KG", now)[0]?.standing.cancelled).toBe(true);
    expect(chainsFor(members, "TJ", now)[0]?.standing.cancelled).toBe(false);
  });

  test("is told with whom each stands for", () => {
    expect(standings(chain).map(({ deadline: { statementId }, whom }) => [statementId, whom])).toEqual([
      ["september", { countries: ["ALL"], exceptCountries: ["KG"] }],
      ["kg", { countries: ["KG"], exceptCountries: [] }],
    ]);
    expect(standings([])).toEqual([]);
  });
});

describe("every deadline that stands, with those for whom it does", () => {
  const now = new Date("2025-05-20T12:00:00Z");

  test("an extension for all leaves one", () => {
    const found = standingChains([april, september], now);
    expect(found.map(({ standing, replaced, whom }) => [standing.statementId, replaced.map((d) => d.statementId), whom.countries])).toEqual(
      [["september", ["april"], ["ALL"]]],
    );
  });

  test("an extension for one country leaves the earlier to the others, the nearest ahead first", () => {
    const forKyrgyz = deadline("kyrgyz", "2025-09-10", { replaces: "april", countries: ["KG"] });
    const found = standingChains([forKyrgyz, april], now);
    expect(found.map(({ standing, replaced, whom }) => [standing.statementId, replaced.map((d) => d.statementId), whom])).toEqual([
      ["kyrgyz", ["april"], { countries: ["KG"], exceptCountries: [] }],
      ["april", [], { countries: ["ALL"], exceptCountries: ["KG"] }],
    ]);
  });
});
