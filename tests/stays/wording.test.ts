import { describe, expect, test } from "vitest";
import { stayWords } from "@/app/[lang]/(light)/days/stay-words";
import { type Language, languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { countDays, dayOf, numberOf, type Stay } from "@/lib/stays/rules";
import { beforeRule, fill, leftToldFrom, shareInWords, verdictInWords, voiceOf, yearInWords } from "@/lib/stays/wording";

const voice = (language: Language) => voiceOf(stayWords(wordsFor(language)));

/** One of each way in which it can stand: stays, and the day taken for today. */
const CASES: Record<string, [Stay[], string]> = {
  passed: [[{ arrived: "2026-01-01", left: null }], "2026-04-21"],
  unbroken: [[{ arrived: "2025-06-01", left: null }], "2026-02-10"],
  will_pass: [[{ arrived: "2026-11-01", left: "2027-04-05" }], "2026-12-01"],
  inside: [[{ arrived: "2025-12-15", left: null }], "2025-12-20"],
  near: [[{ arrived: "2026-01-01", left: "2026-03-25" }], "2026-03-20"],
  last: [[{ arrived: "2026-01-01", left: null }], "2026-03-31"],
  planned: [[{ arrived: "2026-06-01", left: "2026-06-10" }], "2026-05-01"],
  no_days: [
    [
      { arrived: "2026-01-01", left: "2026-03-31" },
      { arrived: "2026-06-01", left: null },
    ],
    "2026-05-01",
  ],
  away: [[{ arrived: "2026-02-01", left: "2026-03-02" }], "2026-12-20"],
  used_up: [[{ arrived: "2026-01-01", left: "2026-03-31" }], "2026-06-15"],
};

const told = (language: Language, name: string) => {
  const [stays, today] = CASES[name] ?? [[], ""];
  const open = stays.some(({ left }) => left === null);
  return verdictInWords(countDays(stays, today).verdict, today, open, voice(language));
};

describe.each(languages)("in %s", (language) => {
  const words = wordsFor(language);
  const { day, days, say } = voice(language);

  test("every day of two years is said as the server says it", () => {
    const all = Array.from({ length: 731 }, (_, index) => dayOf(numberOf("2027-01-01") + index));
    expect(all.at(-1)).toBe("2028-12-31");
    expect(all.map(day)).toEqual(all.map(words.day));
  });

  test("every number of days up to 400 is said as the server says it", () => {
    const counts = Array.from({ length: 401 }, (_, count) => count);
    expect(counts.map(days)).toEqual(counts.map(words.days));
  });

  test("every sentence is filled to its last place", () => {
    const said = Object.entries(stayWords(words).said);
    expect(said.length).toBeGreaterThan(40);
    for (const [key, pattern] of said) {
      const places = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const text = fill(pattern, Object.fromEntries(places.map((name) => [name, `<${name}>`])));
      for (const name of places) expect(text, key).toContain(`<${name}>`);
      expect(text, key).not.toMatch(/[{}]|plural/);
    }
  });

  test.each(Object.keys(CASES))("%s is told without a gap", (name) => {
    const { head, state, notes } = told(language, name);
    for (const text of [head, state, ...notes]) {
      expect(text).not.toMatch(/[{}]|undefined|NaN|\s\s|: ?[.,]|^\s|\s$/);
      expect(text.length).toBeGreaterThan(3);
    }
    expect(`${head} ${state}`).toMatch(/\d|Бүгүн|Bugun|Имрӯз|Сегодня|Today/);
  });

  test("two ways to stand are never told alike", () => {
    const all = Object.keys(CASES).map((name) => JSON.stringify(told(language, name)));
    expect(new Set(all).size).toBe(all.length);
  });

  test("years and shares say all their numbers", () => {
    const stays = [
      { arrived: "2026-01-01", left: "2026-01-10" },
      { arrived: "2026-01-10", left: "2026-03-31" },
      { arrived: "2026-12-30", left: "2027-01-05" },
    ];
    const { years, shares } = countDays(stays, "2026-06-01");
    expect(years.map((year) => yearInWords(year, { day, days, say }, true))).toEqual([
      [say("used", { days: days(90), limit: 90 }), say("plannedDays", { days: days(2) }), say("over", { days: days(2) })].join(" "),
      [say("used", { days: days(0), limit: 90 }), say("plannedDays", { days: days(5) }), say("left", { days: days(85) })].join(" "),
    ]);
    const share = shareInWords(stays[1] as Stay, shares[1] ?? { days: 0, shared: 0 }, { day, days, say });
    for (const part of [day("2026-01-10"), day("2026-03-31"), days(81), days(1)]) expect(share).toContain(part);
    expect(shareInWords({ arrived: "2026-01-01", left: null }, { days: 3, shared: 0 }, { day, days, say })).toContain(say("stillThere"));
  });
});

test.each<[string, string, string, string[]]>([
  [
    "passed",
    "The last day in time was 31 March 2026",
    "Over the 90 days of 2026 by: 21 days",
    ["What follows from that, we do not know. Ask the Interior Ministry or your consulate."],
  ],
  ["last", "Last day in time: 31 March 2026", "Today is the last day", []],
  ["inside", "Last day in time: 31 March 2026", "After today: 101 days", ["From 1 January 2026 the count starts anew."]],
  [
    "near",
    "Last day in time: 31 March 2026",
    "After today: 11 days",
    ["This holds if you keep to what you entered and then stay on from 25 March 2026."],
  ],
  [
    "used_up",
    "You are not in Russia, by what you entered",
    "The 90 days of 2026 are used up",
    ["From 1 January 2027 the count starts anew."],
  ],
])("English says of %s what it is", (name, head, state, notes) => {
  expect(told("en", name)).toMatchObject({ head, state, notes });
});

test.each<[Language, string]>([
  ["ru", "90 дней 2026 года превышены на: 21 день"],
  ["ky", "2026-жылдын 90 күнүнөн ашканы: 21 күн"],
  ["uz", "2026-yilning 90 kunidan oshgani: 21 kun"],
  ["tg", "Зиёда аз 90 рӯзи соли 2026: 21 рӯз"],
])("%s says how far it was passed", (language, state) => {
  expect(told(language, "passed").state).toBe(state);
});

test("what is left is not told of a year that is over, nor where nobody knows whether a new year helps", () => {
  const leftOf = (name: string) => {
    const [stays, today] = CASES[name] ?? [[], ""];
    const { verdict, years } = countDays(stays, today);
    return years.filter(({ year }) => year >= leftToldFrom(verdict, today)).map(({ year }) => year);
  };
  expect([leftOf("inside"), leftOf("will_pass"), leftOf("unbroken")]).toEqual([[2025], [2026, 2027], []]);
  const [stays] = CASES.unbroken ?? [[]];
  const [, after] = countDays(stays, "2026-02-10").years;
  expect(after && yearInWords(after, voice("en"), false)).toBe("Used: 41 days of 90.");
});

test("only a last day that is still to come goes into a calendar", () => {
  const entries = Object.keys(CASES).filter((name) => told("en", name).lastDay);
  expect(entries).toEqual(["will_pass", "inside", "near", "last", "planned"]);
});

test("a browser that lacks plural rules, or the language, still says the days of the three that have one form", () => {
  for (const language of ["ky", "uz", "tg"] as const) {
    const { days } = stayWords(wordsFor(language));
    expect(new Set(Object.values(days)).size).toBe(1);
  }
});

test("years of which nobody said how their days were counted are marked", () => {
  const marked = (arrived: string) => beforeRule(countDays([{ arrived, left: arrived }], "2026-06-01"));
  expect([marked("2024-12-31"), marked("2025-01-01")]).toEqual([true, false]);
});
