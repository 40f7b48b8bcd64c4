import { describe, expect, test } from "vitest";
import { formatDay, formatInstant, formatMoment, formatMonthShort, formatTime } from "@/lib/i18n/dates";
import { type Language, languages } from "@/lib/i18n/languages";
import { translator } from "@/lib/i18n/translator";
import { momentOf } from "@/lib/moments/rules";

const MOMENTS = {
  day: "2025-09-10",
  month: "2025-07",
  year: "2025",
  "days of one month": "2025-07-01/2025-07-05",
  "days of two months": "2025-07-22/2025-08-03",
  "days of two years": "2025-12-30/2026-01-02",
  "a month and a day": "2025-11/2026-02-05",
  "months of one year": "2025-07/2025-08",
  "the same month of two years": "2024-07-01/2025-07-05",
  instant: "2025-09-10T23:59+03:00",
  "an instant elsewhere": "2025-09-11T03:30+06:00",
  "a day and an instant": "2025-07-01/2025-07-05T12:30+03:00",
};

const SAID: Record<Language, Record<keyof typeof MOMENTS, string>> = {
  en: {
    day: "10 September 2025",
    month: "July 2025",
    year: "2025",
    "days of one month": "1–5 July 2025",
    "days of two months": "22 July 2025 – 3 August 2025",
    "days of two years": "30 December 2025 – 2 January 2026",
    "a month and a day": "November 2025 – 5 February 2026",
    "months of one year": "July 2025 – August 2025",
    "the same month of two years": "1 July 2024 – 5 July 2025",
    instant: "10 September 2025, 23:59 (Moscow)",
    "an instant elsewhere": "11 September 2025, 00:30 (Moscow)",
    "a day and an instant": "1 July 2025 – 5 July 2025, 12:30 (Moscow)",
  },
  ru: {
    day: "10 сентября 2025",
    month: "июль 2025",
    year: "2025 год",
    "days of one month": "1–5 июля 2025",
    "days of two months": "22 июля 2025 – 3 августа 2025",
    "days of two years": "30 декабря 2025 – 2 января 2026",
    "a month and a day": "ноябрь 2025 – 5 февраля 2026",
    "months of one year": "июль 2025 – август 2025",
    "the same month of two years": "1 июля 2024 – 5 июля 2025",
    instant: "10 сентября 2025, 23:59 (Москва)",
    "an instant elsewhere": "11 сентября 2025, 00:30 (Москва)",
    "a day and an instant": "1 июля 2025 – 5 июля 2025, 12:30 (Москва)",
  },
  ky: {
    day: "2025-жылдын 10-сентябры",
    month: "2025-жылдын июлу",
    year: "2025-жыл",
    "days of one month": "2025-жылдын 1–5-июлу",
    "days of two months": "2025-жылдын 22-июлу – 2025-жылдын 3-августу",
    "days of two years": "2025-жылдын 30-декабры – 2026-жылдын 2-январы",
    "a month and a day": "2025-жылдын ноябры – 2026-жылдын 5-февралы",
    "months of one year": "2025-жылдын июлу – 2025-жылдын августу",
    "the same month of two years": "2024-жылдын 1-июлу – 2025-жылдын 5-июлу",
    instant: "2025-жылдын 10-сентябры, 23:59 (Москва)",
    "an instant elsewhere": "2025-жылдын 11-сентябры, 00:30 (Москва)",
    "a day and an instant": "2025-жылдын 1-июлу – 2025-жылдын 5-июлу, 12:30 (Москва)",
  },
  uz: {
    day: "2025-yil 10-sentabr",
    month: "2025-yil iyul",
    year: "2025-yil",
    "days of one month": "2025-yil 1–5-iyul",
    "days of two months": "2025-yil 22-iyul – 2025-yil 3-avgust",
    "days of two years": "2025-yil 30-dekabr – 2026-yil 2-yanvar",
    "a month and a day": "2025-yil noyabr – 2026-yil 5-fevral",
    "months of one year": "2025-yil iyul – 2025-yil avgust",
    "the same month of two years": "2024-yil 1-iyul – 2025-yil 5-iyul",
    instant: "2025-yil 10-sentabr, 23:59 (Moskva)",
    "an instant elsewhere": "2025-yil 11-sentabr, 00:30 (Moskva)",
    "a day and an instant": "2025-yil 1-iyul – 2025-yil 5-iyul, 12:30 (Moskva)",
  },
  tg: {
    day: "10 сентябри 2025",
    month: "июли 2025",
    year: "соли 2025",
    "days of one month": "1–5 июли 2025",
    "days of two months": "22 июли 2025 – 3 августи 2025",
    "days of two years": "30 декабри 2025 – 2 январи 2026",
    "a month and a day": "ноябри 2025 – 5 феврали 2026",
    "months of one year": "июли 2025 – августи 2025",
    "the same month of two years": "1 июли 2024 – 5 июли 2025",
    instant: "10 сентябри 2025, 23:59 (Москва)",
    "an instant elsewhere": "11 сентябри 2025, 00:30 (Москва)",
    "a day and an instant": "1 июли 2025 – 5 июли 2025, 12:30 (Москва)",
  },
};

const said = languages.flatMap((language) =>
  Object.entries(MOMENTS).map(([what, text]) => ({ language, what, text, words: SAID[language][what as keyof typeof MOMENTS] })),
);

describe("a moment in words, as exact as its source", () => {
  test.each(said)("$language, $what: $words", ({ language, text, words }) => {
    expect(formatMoment(language, momentOf(text))).toBe(words);
  });

  test.each(languages)("%s names all twelve months, each by a name of its own", (language) => {
    const days = Array.from({ length: 12 }, (_, month) => formatDay(language, `2025-${String(month + 1).padStart(2, "0")}-05`));
    const names = days.map((day) => day.replace(/\P{L}+/gu, " "));
    expect(new Set(names).size).toBe(12);
    for (const day of days) expect(day).toMatch(/\p{L}{3}/u);
    const months = Array.from({ length: 12 }, (_, month) => formatMoment(language, { text: `2025-${String(month + 1).padStart(2, "0")}` }));
    expect(new Set(months).size).toBe(12);
    expect([...days, ...months].join()).not.toMatch(/NaN|undefined/);
  });
});

describe("hours and minutes", () => {
  test.each([
    ["2025-09-10T20:59:00Z", "Europe/Moscow", "23:59"],
    ["2025-09-10T20:59:59Z", "Asia/Bishkek", "02:59"],
    ["2025-09-10T21:00:00Z", "Europe/Moscow", "00:00"],
    ["2025-09-10T12:05:00Z", "UTC", "12:05"],
  ])("of %s in %s are %s", (instant, zone, time) => {
    expect(formatTime(new Date(instant), zone)).toBe(time);
  });

  test("of an instant are Moscow's, and so is its day", () => {
    expect(formatInstant("en", new Date("2025-09-10T20:59:00Z"))).toBe("10 September 2025, 23:59 (Moscow)");
    expect(formatInstant("en", new Date("2025-09-10T21:00:00Z"))).toBe("11 September 2025, 00:00 (Moscow)");
  });
});

test.each(languages)("an instant in %s names Moscow as the deadlines do", (language) => {
  expect(formatInstant(language, new Date("2025-09-10T20:59:00Z"))).toMatch(
    new RegExp(`, 23:59 \\(${translator(language)("cities.Moscow")}\\)$`),
  );
});

test.each<[Language, string]>([
  ["en", "Jul 2025"],
  ["ru", "07.2025"],
  ["ky", "07.2025"],
  ["uz", "07.2025"],
  ["tg", "07.2025"],
])("the foot of a chart in %s: %s", (language, foot) => {
  expect(formatMonthShort(language, new Date("2025-06-30T21:00:00Z"))).toBe(foot);
  expect(formatMonthShort(language, new Date("2025-06-30T20:59:00Z"))).not.toBe(foot);
});
