import { describe, expect, test } from "vitest";
import { type Language, languages } from "@/lib/i18n/languages";
import { textIn, wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import type { Figure } from "@/lib/snapshots/rules";

const FIGURES: Figure[] = [
  { qualifier: "exact", value: 34_786 },
  { qualifier: "about", value: 113_000 },
  { qualifier: "more_than", value: 80_000 },
  { qualifier: "less_than", value: 3 },
  { qualifier: "between", low: 110_000, high: 115_000 },
];

describe("a figure in words, with what its source left open", () => {
  test.each<[Language, string[]]>([
    ["en", ["34,786", "about 113,000", "more than 80,000", "less than 3", "between 110,000 and 115,000"]],
    ["ru", ["34 786", "около 113 000", "более 80 000", "менее 3", "от 110 000 до 115 000"]],
    ["ky", ["34 786", "болжол менен 113 000", "80 000ден ашык", "3төн аз", "110 000 – 115 000"]],
  ])("in %s", (language, said) => {
    const { figure } = wordsFor(language);
    expect(FIGURES.map((f) => figure(f).replaceAll("\u00a0", " "))).toEqual(said);
  });

  test.each(languages)("in %s no two kinds are said alike", (language) => {
    const { figure } = wordsFor(language);
    const kinds = (["exact", "about", "more_than", "less_than"] as const).map((qualifier) => figure({ qualifier, value: 80_000 }));
    expect(new Set(kinds).size).toBe(4);
  });
});

describe("the words of a language", () => {
  test("say ages, none of them as a number of zero", () => {
    const { age } = wordsFor("en");
    expect(age({ unit: "days", count: 0 })).toBe("today");
    expect(age({ unit: "days", count: 1 })).toBe("1 day ago");
    expect(age({ unit: "months", count: 23 })).toBe("23 months ago");
    expect(age({ unit: "years", count: 2 })).toBe("2 years ago");
  });

  test.each(languages)("name the total in %s by a text of their own", (language) => {
    const words = wordsFor(language);
    expect(words.country("ALL")).toBe(words.t("home.all"));
    expect(words.country("KG")).not.toBe("KG");
  });

  test("are those of their language throughout", () => {
    const words = wordsFor("uz");
    expect(words.language).toBe("uz");
    expect(words.day("2025-09-10")).toBe("2025-yil 10-sentabr");
    expect(words.moment(momentOf("2025-07"))).toBe("2025-yil iyul");
    expect(words.instant(new Date("2025-09-10T20:59:00Z"))).toBe("2025-yil 10-sentabr, 23:59 (Moskva)");
    expect(words.share(0.125)).toBe("12,5%");
    expect(words.number(1000)).toBe("1\u00a0000");
    expect(wordsFor("uz")).toBe(words);
    expect(wordsFor("tg").language).toBe("tg");
  });
});

describe("a text that staff gave", () => {
  test.each<[string, Parameters<typeof textIn>[0], Language, ReturnType<typeof textIn>]>([
    ["the reader's own language", { ky: "кыргызча", ru: "по-русски", en: "in English" }, "ky", { text: "кыргызча", language: "ky" }],
    ["Russian where it lacks", { uz: "oʻzbekcha", ru: "по-русски", en: "in English" }, "ky", { text: "по-русски", language: "ru" }],
    ["English where Russian lacks too", { uz: "oʻzbekcha", en: "in English" }, "ky", { text: "in English", language: "en" }],
    ["whatever there is", { tg: "тоҷикӣ" }, "ky", { text: "тоҷикӣ", language: "tg" }],
    ["another where it is empty", { ky: "", tg: "тоҷикӣ" }, "ky", { text: "тоҷикӣ", language: "tg" }],
    ["nothing where there is none", {}, "ky", undefined],
  ])("is given in %s", (_what, texts, language, found) => {
    expect(textIn(texts, language)).toEqual(found);
  });
});
