import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageOf, type Told, toldTo } from "@/lib/deadlines/message";
import type { Deadline } from "@/lib/deadlines/rules";
import { chatsFor, linkText } from "@/lib/deadlines/ways-out";
import { type Language, languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { hostile } from "../open-data/hostile";
import { april, deadline, september } from "./deadlines";

const AHEAD = new Date("2025-08-01T09:00:00Z");
const AFTER = new Date("2026-11-25T09:00:00Z");
const address = (language: Language) => `https://muhlat.example/${language}/countries/kg`;

const toldOf = (deadlines: readonly Deadline[], country = "KG"): Told => {
  const told = toldTo(country, deadlines, AHEAD);
  if (!told) throw new Error("nothing binds");
  return told;
};
const message = (told: Told, now: Date, language: Language, zone = "Asia/Bishkek") =>
  messageOf(told, zone, now, address(language), wordsFor(language));

const consequence = {
  en: "Expulsion, a fine and an entry ban of at least five years",
  ru: "Выдворение, штраф и запрет на въезд не менее чем на пять лет",
  ky: "Чыгарып жиберүү, айып пул жана кирүүгө кеминде беш жылга тыюу салуу",
  uz: "Chiqarib yuborish, jarima va kamida besh yilga kirish taqiqi",
  tg: "Ихроҷ, ҷарима ва манъи вуруд ба муддати на камтар аз панҷ сол",
};
const alone = toldOf([{ ...september, replaces: null, consequence }]);
const extended = toldOf([april, { ...september, consequence }]);
const cancelled = toldOf([april, september, deadline("gone", "2025-09-10", { replaces: "september", cancelled: true, consequence })]);

/** The moment in Moscow and in Bishkek, and the words of each state. */
const EXPECTED: Record<Language, { moment: string; whom: string; extended: string; passed: string; cancelled: string }> = {
  en: {
    moment: "Deadline: 10 September 2025, 23:59 Moscow time (Bishkek: 11 Sep, 02:59).",
    whom: "For citizens of Kyrgyzstan on Russia's gray list.",
    extended: "It was extended; before, it was 30 April 2025.",
    passed: "It has passed. No extension was known on 25 November 2026.",
    cancelled: "It was cancelled and no longer holds.",
  },
  ru: {
    moment: "Срок: 10 сентября 2025, 23:59 по Москве (Бишкек: 11.09, 02:59).",
    whom: "Кыргызстан: для граждан, внесённых в серый список России.",
    extended: "Срок продлён, прежний: 30 апреля 2025.",
    passed: "Срок истёк. На 25 ноября 2026 о его продлении ничего не известно.",
    cancelled: "Срок отменён: больше не действует.",
  },
  ky: {
    moment: "Мөөнөт: 2025-жылдын 10-сентябры, саат 23:59, Москва убактысы (Бишкек: 11.09, 02:59).",
    whom: "Россиянын боз тизмесиндеги Кыргызстан жарандары үчүн.",
    extended: "Мөөнөт узартылган, мурункусу: 2025-жылдын 30-апрели.",
    passed: "Мөөнөт бүткөн. Узартуу белгилүү эмес (2026-жылдын 25-ноябры).",
    cancelled: "Мөөнөт жокко чыгарылган: эми күчүндө эмес.",
  },
  uz: {
    moment: "Muddat: 2025-yil 10-sentabr, soat 23:59, Moskva vaqti (Bishkek: 11.09, 02:59).",
    whom: "Rossiyaning kulrang roʻyxatidagi Qirgʻiziston fuqarolari uchun.",
    extended: "Muddat uzaytirilgan, avvalgisi: 2025-yil 30-aprel.",
    passed: "Muddat tugagan. Uzaytirish maʼlum emas (2026-yil 25-noyabr).",
    cancelled: "Muddat bekor qilingan: endi amal qilmaydi.",
  },
  tg: {
    moment: "Муҳлат: 10 сентябри 2025, соати 23:59 ба вақти Москва (Бишкек: 11.09, 02:59).",
    whom: "Барои шаҳрвандони Қирғизистон аз рӯйхати хокистарии Россия.",
    extended: "Муҳлат дароз карда шуд, муҳлати пештара: 30 апрели 2025.",
    passed: "Муҳлат гузашт. Дароз шуданаш маълум нест (25 ноябри 2026).",
    cancelled: "Муҳлат бекор шудааст: дигар амал намекунад.",
  },
};

describe.each(languages)("a message in %s", (language) => {
  const told = EXPECTED[language];
  const after = wordsFor(language).t("message.consequence", { text: consequence[language] });

  test("ahead: the moment, whom it binds, what follows, the address", () => {
    expect(message(alone, AHEAD, language).split("\n")).toEqual([told.moment, told.whom, after, address(language)]);
  });
  test("extended: what it was before", () => {
    expect(message(extended, AHEAD, language).split("\n")).toEqual([
      told.moment,
      `${told.whom} ${told.extended}`,
      after,
      address(language),
    ]);
  });
  test("passed: that it has, and that no extension was known on which day", () => {
    expect(message(extended, AFTER, language).split("\n")).toEqual([told.moment, `${told.whom} ${told.passed}`, after, address(language)]);
  });
  test("cancelled: that it no longer holds, and nothing that would follow", () => {
    for (const now of [AHEAD, AFTER])
      expect(message(cancelled, now, language).split("\n")).toEqual([told.moment, `${told.whom} ${told.cancelled}`, address(language)]);
  });
  test("no longer than five SMS, and says no days left, on any day", () => {
    for (const told of [alone, extended, cancelled])
      for (const now of [AHEAD, new Date("2025-09-10T09:00:00Z"), AFTER])
        expect(message(told, now, language).length).toBeLessThanOrEqual(335);
    expect(message(alone, new Date("2025-09-09T09:00:00Z"), language)).toBe(message(alone, AHEAD, language));
  });
});

test("English fits the plain SMS alphabet", () => {
  const odd = { ...september, replaces: null, countries: ["CI", "MD"], consequence: { en: "A “fine” – and more…" } };
  const text = messageOf(toldOf([odd], "CI"), "Europe/Chisinau", AHEAD, address("en"), wordsFor("en"));
  expect(text).toContain('A "fine" - and more');
  expect(text).toMatch(/^[\x20-\x7e\n]+$/);
});

test("everybody's message speaks of all countries, and owns up to exceptions", () => {
  const told = (deadlines: readonly Deadline[]) => message(toldOf(deadlines, "ALL"), AHEAD, "en", "Europe/Moscow").split("\n").slice(0, 2);
  expect(told([september])).toEqual([
    "Deadline: 10 September 2025, 23:59 Moscow time.",
    "For citizens of all countries on Russia's gray list.",
  ]);
  expect(told([{ ...september, measure: "black_list", exceptCountries: ["BY"] }])[1]).toBe(
    "For citizens of all countries but some, on Russia's black list.",
  );
  // An extension for one country alone leaves the others' where it is.
  const longer = deadline("longer", "2025-12-31", { replaces: "september", countries: ["KG"] });
  expect(told([september, longer])).toEqual([
    "Deadline: 10 September 2025, 23:59 Moscow time.",
    "For citizens of all countries but some, on Russia's gray list.",
  ]);
  expect(message(toldOf([september, longer]), AHEAD, "en")).toContain("Deadline: 31 December 2025");
});

test("a deadline of some countries names them", () => {
  const told = { ...alone, whom: { countries: ["KG", "TJ"], exceptCountries: [] } };
  expect(message(told, AHEAD, "en")).toContain("For citizens of Kyrgyzstan, Tajikistan on Russia's gray list.");
});

test("nothing is told where nothing binds", () => {
  expect(toldTo("KG", [{ ...september, countries: ["TJ"] }], AHEAD)).toBeUndefined();
});

test("a capital whose clock shows the same day is told the time alone", () => {
  expect(message(alone, AHEAD, "en", "Europe/Minsk")).toContain("23:59 Moscow time (Minsk: 23:59).");
});

test("a text that exists in another language or is too long is left to the page", () => {
  const long = toldOf([{ ...september, consequence: { en: "x".repeat(200), ru: "Выдворение" } }]);
  for (const language of ["en", "ky"] as const) expect(message(long, AHEAD, language).split("\n")).toHaveLength(3);
});

test("whatever a text holds, a message has its lines and no sign that commands", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const lines = message(toldOf([{ ...september, consequence: { en: text } }]), AHEAD, "en").split("\n");
      expect([3, 4]).toContain(lines.length);
      expect(lines.at(-1)).toBe(address("en"));
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});

test("links carry the whole message, and nothing of it becomes a part of the link", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const whole = `${text}\n${address("ky")}`;
      expect(new URL(`sms:?body=${linkText(whole)}`).searchParams.get("body")).toBe(whole);
      const [whatsApp, telegram] = chatsFor(whole, address("ky")).map(({ href }) => new URL(href));
      expect(whatsApp?.searchParams.get("text")).toBe(whole);
      expect(telegram?.searchParams.get("url")).toBe(address("ky"));
      expect([...(telegram?.searchParams.keys() ?? [])]).toEqual(["url", "text"]);
    }),
  );
  expect(linkText("Мөөнөт: 1&2\n")).toBe("Мөөнөт%3A%201%262%0A");
});
