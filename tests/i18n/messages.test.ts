import { describe, expect, test } from "vitest";
import { type Language, languages } from "@/lib/i18n/languages";
import en from "@/lib/i18n/messages/en.json";
import { MESSAGES, type MessageKey, translator } from "@/lib/i18n/translator";
import { flat, type MessageTree, misfits, outsidePlaceholders, placeholdersOf } from "./message-tree";

const others = languages.filter((language) => language !== "en");
const changed = (change: (copy: typeof en) => void): MessageTree => {
  const copy = structuredClone(en);
  change(copy);
  return copy;
};

describe("the five languages say the same things", () => {
  test.each([
    ["a key is missing", changed((copy) => Reflect.deleteProperty(copy.site, "skip")), ["site.skip is missing"]],
    [
      "a namespace is missing",
      changed((copy) => Reflect.deleteProperty(copy, "notFound")),
      ["notFound.title is missing", "notFound.text is missing"],
    ],
    ["a key is too many", changed((copy) => Object.assign(copy.site, { more: "more" })), ["site.more is not in English"]],
    ["a text is blank", changed((copy) => Object.assign(copy.site, { skip: " " })), ["site.skip is blank"]],
    [
      "a placeholder is misspelt",
      changed((copy) => Object.assign(copy.figure, { asOf: "as of {momnet}" })),
      ["figure.asOf has {momnet} for {moment}"],
    ],
    [
      "a placeholder is left out",
      changed((copy) => Object.assign(copy.figure, { between: "from {low}" })),
      ["figure.between has {low} for {high, low}"],
    ],
    [
      "a placeholder hides in a plural",
      changed((copy) => Object.assign(copy.age, { days: "{count, plural, one {# day} other {# days since {day}}}" })),
      ["age.days has {count, day} for {count}"],
    ],
  ])("it is told when %s", (_what, copy, told) => {
    expect(misfits(en, copy)).toEqual(told);
  });

  test.each(languages)("%s has every key, every placeholder and no blank", (language) => {
    expect(misfits(en, MESSAGES[language])).toEqual([]);
  });

  /** What every language may take over as it is: our name, codes, and words that are the same in all of them. */
  const NAMES =
    /\bas_(?:known_on|recorded_at)\b|Idempotency-Key|MUHLAT_TOKEN|\bconfirm\b|format=|“next”|«next»|Power Query|JSON Feed|OpenAPI|RateLimit|\bLink\b|JavaScript|Google|Python|\b(?:api|atom|by|cc|curl|dcat|etag|node|utc|zip)\b|Muhlat|Enter|https?|cookies?|Excel|LibreOffice|\b(?:xlsx?|csv|pdf|png|svg|json|jpeg|sha|iso|ods|kb|mb|id)\b/gi;
  const wordsIn = (text: string) =>
    outsidePlaceholders(text)
      .replace(NAMES, " ")
      .toLowerCase()
      .match(/[\p{L}ʻʼ'’]{2,}/gu) ?? [];

  /** Texts that were left in English in part: words in Latin letters where the language has its own, else most words those of the English texts. */
  function untranslated(language: Language, theirs: MessageTree): string[] {
    const english = new Set([...flat(en).values()].flatMap(wordsIn));
    return [...flat(theirs)]
      .filter(([, text]) => {
        const found = wordsIn(text);
        if (language !== "uz") return found.some((word) => /\p{Script=Latin}/u.test(word));
        return found.filter((word) => english.has(word)).length * 2 > found.length;
      })
      .map(([key]) => key);
  }

  // Names of places are written alike.
  const ALIKE: Partial<Record<Language, string[]>> = {
    // Names of places, and words that Uzbek has taken over.
    uz: [
      "cities.Bishkek",
      "cities.Dushanbe",
      "cities.Yerevan",
      "cities.Minsk",
      "nav.import",
      "history.features.imports",
      "tokens.token",
      "history.features.tokens",
    ],
  };

  test.each<[Language, string, (copy: typeof en) => void, string]>([
    ["uz", "as it stands", (copy) => Object.assign(copy.deadline, { none: en.deadline.none }), "deadline.none"],
    ["uz", "cut short", (copy) => Object.assign(copy.deadline, { none: "No deadline." }), "deadline.none"],
    ["uz", "in other words around it", (copy) => Object.assign(copy.site, { skip: "Skip to content, iltimos" }), "site.skip"],
    ["ru", "cut short", (copy) => Object.assign(copy.deadline, { none: "No deadline." }), "deadline.none"],
    ["ky", "in the middle", (copy) => Object.assign(copy.deadline, { none: "Бул deadline белгисиз." }), "deadline.none"],
    ["tg", "in one case of a plural", (copy) => Object.assign(copy.age, { days: "{count, plural, other {# days ago}}" }), "age.days"],
  ])("it is told when %s leaves a text in English %s", (language, _how, change, key) => {
    const copy = structuredClone(MESSAGES[language]);
    change(copy);
    expect(untranslated(language, copy).filter((told) => !ALIKE[language]?.includes(told))).toEqual([key]);
  });

  test.each(others)("%s has no text of which most was left in English", (language) => {
    expect(untranslated(language, MESSAGES[language]).filter((key) => !ALIKE[language]?.includes(key))).toEqual([]);
  });
});

describe("every text can be said", () => {
  test.each(languages)("%s, for none, one, few and many", (language) => {
    const t = translator(language) as (key: string, values: Record<string, unknown>) => string;
    for (const [key, text] of flat(MESSAGES[language])) {
      for (const count of [0, 1, 2, 5, 11, 21, 22, 101, 1000]) {
        const placeholders = placeholdersOf(text);
        const values = Object.fromEntries(placeholders.map(({ name, cases }) => [name, cases.length > 0 ? count : `<${name}>`]));
        const said = t(key, values);
        expect(said.trim(), key).not.toBe("");
        expect(said, key).not.toMatch(/[{}]|plural/);
        for (const { name, cases } of placeholders) if (cases.length === 0) expect(said, key).toContain(`<${name}>`);
      }
    }
  });

  test.each(languages)("%s has a case for every number its grammar knows", (language) => {
    const rules = new Intl.PluralRules(language);
    // Tajik nouns stay the same after any number, and few platforms have its rules.
    const known = language === "tg" ? [] : Array.from({ length: 200 }, (_, n) => rules.select(n));
    const needed = [...new Set([...known, "other"])].sort();
    const plurals = [...flat(MESSAGES[language])].flatMap(([key, text]) =>
      placeholdersOf(text)
        .filter(({ cases }) => cases.length > 0)
        // A case for one number alone, such as =0, may stand beside those of the grammar.
        .map(({ cases }) => ({ key, cases: cases.filter((name) => !name.startsWith("=")).sort() })),
    );
    expect(plurals.length).toBeGreaterThan(5);
    expect(plurals.filter(({ cases }) => cases.join() !== needed.join())).toEqual([]);
  });

  test("a key that is none, and a value that is not given, are exceptions", () => {
    const t = translator("ky");
    expect(() => t("site.nothing" as MessageKey)).toThrow();
    expect(() => t("figure.asOf" as MessageKey)).toThrow();
  });

  test.each<[Language, number, string, string]>([
    ["en", 1, "1 day left", "1 day ago"],
    ["en", 2, "2 days left", "2 days ago"],
    ["ru", 1, "Остался 1 день", "1 день назад"],
    ["ru", 2, "Осталось 2 дня", "2 дня назад"],
    ["ru", 5, "Осталось 5 дней", "5 дней назад"],
    ["ru", 11, "Осталось 11 дней", "11 дней назад"],
    ["ru", 21, "Остался 21 день", "21 день назад"],
    ["ru", 112, "Осталось 112 дней", "112 дней назад"],
    ["ky", 3, "3 күн калды", "3 күн мурун"],
    ["uz", 3, "3 kun qoldi", "3 kun oldin"],
    ["tg", 3, "3 рӯз мондааст", "3 рӯз пеш"],
  ])("%s says %i days: %s; %s", (language, count, left, ago) => {
    const t = translator(language);
    expect([t("deadline.ahead", { count }), t("age.days", { count })]).toEqual([left, ago]);
  });
});
