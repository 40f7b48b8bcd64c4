import { describe, expect, test } from "vitest";
import { ALL, countryCodes } from "@/lib/countries/rules";
import { countryName } from "@/lib/i18n/country-names";
import { type Language, languages } from "@/lib/i18n/languages";

const CODES = ["KG", "TJ", "UZ", "KZ", "AM", "AZ", "BY", "MD"];

describe("the countries whose citizens are counted most", () => {
  test.each<[Language, string]>([
    ["en", "Kyrgyzstan Tajikistan Uzbekistan Kazakhstan Armenia Azerbaijan Belarus Moldova"],
    ["ru", "Кыргызстан Таджикистан Узбекистан Казахстан Армения Азербайджан Беларусь Молдова"],
    ["ky", "Кыргызстан Тажикстан Өзбекстан Казакстан Армения Азербайжан Беларусь Молдова"],
    ["uz", "Qirgʻiziston Tojikiston Oʻzbekiston Qozogʻiston Armaniston Ozarbayjon Belarus Moldova"],
    ["tg", "Қирғизистон Тоҷикистон Ӯзбекистон Қазоқистон Арманистон Озарбойҷон Беларус Молдова"],
  ])("in %s: %s", (language, names) => {
    expect(CODES.map((code) => countryName(language, code)).join(" ")).toBe(names);
  });
});

test.each(languages)("every country that can be chosen has a name in %s, and no two the same", (language) => {
  const names = countryCodes.filter((code) => code !== ALL).map((code) => countryName(language, code));
  expect(names.filter((name) => /^[A-Z]{2}$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
