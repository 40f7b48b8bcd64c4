import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLanguage, LANGUAGES, languageFor, languages } from "@/lib/i18n/languages";
import { MESSAGES } from "@/lib/i18n/translator";

test("the five languages, each by its own name, in the order of the switch", () => {
  expect(languages.map((language) => `${language} ${LANGUAGES[language].name}`)).toEqual([
    "ky Кыргызча",
    "tg Тоҷикӣ",
    "uz Oʻzbekcha",
    "ru Русский",
    "en English",
  ]);
  expect(Object.keys(MESSAGES).sort()).toEqual([...languages].sort());
});

test.each(["EN", "ru-RU", "de", "", "constructor", "__proto__", "toString", "hasOwnProperty"])("%j is no language of ours", (code) => {
  expect(isLanguage(code)).toBe(false);
});

describe("the language for what a browser asks", () => {
  test.each([
    ["ky", "ky"],
    ["ky-KG,ky;q=0.9,ru;q=0.8,en;q=0.7", "ky"],
    ["RU-ru", "ru"],
    ["uz-Cyrl-UZ", "uz"],
    ["tg_TJ, ru;q=0.5", "ru"],
    ["de-DE,de;q=0.9,ru;q=0.4,en;q=0.3", "ru"],
    ["en;q=0.5,tg;q=0.9", "tg"],
    ["en ; q=0.5 , tg ; q=0.9", "tg"],
    ["ru,ky", "ru"],
    ["ru;q=0.8,ky;q=0.8", "ru"],
    ["ru;q=0,ky;q=0.1", "ky"],
    ["ru;q=-1,ky;q=0.1", "ky"],
    ["ru;q=NaN,ky;q=0.1", "ky"],
    ["ru;q=,ky;q=0.1", "ky"],
    ["ru;q=high,ky;q=0.1", "ky"],
    ["ru;level=1,ky;q=0.9", "ru"],
    ["de, fr", "en"],
    ["*", "en"],
    ["ru;q=0", "en"],
    ["constructor, __proto__, toString", "en"],
    [",;,;=,q=1", "en"],
    ["", "en"],
    [null, "en"],
    [undefined, "en"],
  ])("%j is %s", (header, language) => {
    expect(languageFor(header)).toBe(language);
  });

  test("looks at the first twenty entries and no further", () => {
    const others = (count: number) => Array.from({ length: count }, (_, n) => `x${n};q=0.${n % 10}`).join();
    expect(languageFor(`${others(19)},ky`)).toBe("ky");
    expect(languageFor(`${others(20)},ky`)).toBe("en");
    expect(languageFor(`${others(10_000)},ky`)).toBe("en");
    expect(languageFor(`tg,${others(10_000)}`)).toBe("tg");
    expect(languageFor(";".repeat(1_000_000))).toBe("en");
  });

  test("is always one of ours, whatever is sent", () => {
    const tag = fc.oneof(fc.constantFrom(...languages, "de", "*", "q", "ru-RU"), fc.string({ maxLength: 5 }));
    const entry = fc.tuple(tag, fc.oneof(fc.double().map(String), fc.string({ maxLength: 5 }))).map(([name, q]) => `${name};q=${q}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.array(entry).map(String)), (header) => {
        expect(languages).toContain(languageFor(header));
      }),
    );
  });
});
