import { describe, expect, test } from "vitest";
import type { Language } from "@/lib/i18n/languages";
import { formatNumber, formatShare, formatThreshold } from "@/lib/i18n/numbers";

/** What keeps the digits of a number on one line. */
const NBSP = "\u00a0";

describe("numbers", () => {
  test.each<[Language, string, string, string]>([
    ["en", "1,000", "34,786", "1,063,000"],
    ["ru", "1 000", "34 786", "1 063 000"],
    ["ky", "1 000", "34 786", "1 063 000"],
    ["uz", "1 000", "34 786", "1 063 000"],
    ["tg", "1 000", "34 786", "1 063 000"],
  ])("in %s: %s, %s, %s", (language, thousand, exact, million) => {
    const numbers = [0, 999, 1000, 34_786, 1_063_000].map((value) => formatNumber(language, value));
    expect(numbers).toEqual(["0", "999", ...[thousand, exact, million].map((text) => text.replaceAll(" ", NBSP))]);
  });
});

describe("shares", () => {
  test.each<[Language, string, string]>([
    ["en", "30%", "12.5%"],
    ["ru", `30${NBSP}%`, `12,5${NBSP}%`],
    ["ky", "30%", "12,5%"],
    ["uz", "30%", "12,5%"],
    ["tg", "30%", "12,5%"],
  ])("in %s: %s, %s", (language, third, eighth) => {
    expect([formatShare(language, 0.3), formatShare(language, 0.125)]).toEqual([third, eighth]);
    expect(formatShare(language, 0)).toMatch(/^0/);
    expect(formatShare(language, 1)).toMatch(/^100/);
  });
});

describe("the number behind “more than”", () => {
  // The ending follows the last word as it is spoken: eighty thousand is “сексен миң”, hence “-ден”.
  test.each([
    [0, "0дөн", "нөлдөн"],
    [1, "1ден", "бирден"],
    [2, "2ден", "экиден"],
    [3, "3төн", "үчтөн"],
    [4, "4төн", "төрттөн"],
    [5, "5тен", "бештен"],
    [6, "6дан", "алтыдан"],
    [7, "7ден", "жетиден"],
    [8, "8ден", "сегизден"],
    [9, "9дан", "тогуздан"],
    [10, "10дон", "ондон"],
    [20, "20дан", "жыйырмадан"],
    [30, "30дан", "отуздан"],
    [40, "40тан", "кырктан"],
    [50, "50дөн", "элүүдөн"],
    [60, "60тан", "алтымыштан"],
    [70, "70тен", "жетимиштен"],
    [80, "80ден", "сексенден"],
    [90, "90дон", "токсондон"],
    [100, "100дөн", "жүздөн"],
    [110, "110дон", "жүз ондон"],
    [113, "113төн", "жүз он үчтөн"],
    [800, "800дөн", "сегиз жүздөн"],
    [1000, "1 000ден", "миңден"],
    [80_000, "80 000ден", "сексен миңден"],
    [128_497, "128 497ден", "жүз жыйырма сегиз миң төрт жүз токсон жетиден"],
    [800_000, "800 000ден", "сегиз жүз миңден"],
    [1_000_000, "1 000 000дон", "миллиондон"],
    [1_200_000, "1 200 000ден", "бир миллион эки жүз миңден"],
    [1_000_000_000, "1 000 000 000дан", "миллиарддан"],
  ])("%i in Kyrgyz is %s, as in %s", (value, written, spoken) => {
    const ending = formatThreshold("ky", value);
    expect(ending).toBe(written.replaceAll(" ", NBSP));
    expect(spoken.endsWith(ending.replace(/^[\d\u00a0]+/, ""))).toBe(true);
  });

  test.each<[Language, string]>([
    ["en", "80,000"],
    ["ru", "80 000"],
    ["uz", "80 000"],
    ["tg", "80 000"],
  ])("in %s stays as it is: %s", (language, text) => {
    expect(formatThreshold(language, 80_000)).toBe(text.replaceAll(" ", NBSP));
  });
});
