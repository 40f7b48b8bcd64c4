import { describe, expect, test } from "vitest";
import { deadlineInput } from "@/lib/deadlines/input";
import { fieldsOf } from "@/lib/texts";

const input = deadlineInput(new Date("2025-05-20T12:00:00Z"));

const sent = {
  chain: "ru-regularisation",
  replaces: "",
  countries: ["ALL"],
  scope_as_reported: true,
  measure: "gray_list",
  falls_on: "2025-09-10",
  zone: "Europe/Moscow",
  day_counts: true,
  basis: { en: "Presidential Decree 272", ru: "", ky: null },
  source: { title: "news-zp.ru" },
};

test("a deadline is taken as sent, with what may be left out", () => {
  const { replaces: _replaces, ...kept } = sent;
  expect(input.parse(sent)).toEqual({
    ...kept,
    cancelled: false,
    except_countries: [],
    basis: { en: "Presidential Decree 272" },
    consequence: {},
    afterwards: {},
  });
  const full = {
    ...sent,
    replaces: "ru-regularisation-2025-04-30",
    cancelled: true,
    except_countries: ["BY"],
    basis_url: "https://example.org/272",
    consequence: { en: "Expulsion", tg: "Ихроҷ" },
    afterwards: { ru: "Выехать" },
  };
  expect(input.parse(full)).toEqual({ ...full, basis: { en: "Presidential Decree 272" } });
});

describe("what is impossible is refused, field by field", () => {
  test.each([
    ["no chain", { chain: "" }, { chain: "required" }],
    ["a chain in capitals", { chain: "RU-1" }, { chain: "not_a_name" }],
    ["a chain that is an address", { chain: "../calendar" }, { chain: "not_a_name" }],
    ["a long chain", { chain: "a".repeat(101) }, { chain: "too_long" }],
    ["a long name of what it replaces", { replaces: "a".repeat(101) }, { replaces: "too_long" }],
    ["a name that is no text", { replaces: 1 }, { replaces: "not_text" }],
    ["cancelled in words", { cancelled: "yes" }, { cancelled: "required" }],
    ["no countries", { countries: undefined }, { countries: "required" }],
    ["no country", { countries: [] }, { countries: "required" }],
    ["a country that is no list", { countries: "KG" }, { countries: "required" }],
    ["Russia", { countries: ["KG", "RU"] }, { "countries.1": "unknown_country" }],
    ["a country that is no text", { countries: [7] }, { "countries.0": "unknown_country" }],
    ["exceptions that are no list", { except_countries: "BY" }, { except_countries: "required" }],
    ["an exception of no list", { except_countries: ["XX"] }, { "except_countries.0": "unknown_country" }],
    ["everybody as an exception", { except_countries: ["ALL"] }, { except_countries: "unknown_choice" }],
    ["not said whether as reported", { scope_as_reported: undefined }, { scope_as_reported: "required" }],
    ["another count", { measure: "present" }, { measure: "unknown_choice" }],
    ["no count", { measure: undefined }, { measure: "unknown_choice" }],
    ["no day", { falls_on: null }, { falls_on: "required" }],
    ["a day that is none", { falls_on: "2025-09-31" }, { falls_on: "day_unreadable" }],
    ["a written day that is none", { falls_on: "31.09.2025" }, { falls_on: "no_such_date" }],
    ["a day that may be two", { falls_on: "05/07/2025" }, { falls_on: "day_month_unclear" }],
    ["a month", { falls_on: "2025-09" }, { falls_on: "day_unreadable" }],
    ["no zone", { zone: undefined }, { zone: "required" }],
    ["a zone that is none", { zone: "Europe/Muhlat" }, { zone: "unknown_zone" }],
    ["an offset for a zone", { zone: "+03:00" }, { zone: "unknown_zone" }],
    ["not said whether the day counts", { day_counts: "true" }, { day_counts: "required" }],
    ["no basis", { basis: undefined }, { basis: "required" }],
    ["a basis in no language", { basis: { en: " ", de: "Erlass" } }, { basis: "required" }],
    ["a basis that is a text", { basis: "Decree" }, { basis: "not_text" }],
    ["a basis that is a number", { basis: { ky: 272 } }, { "basis.ky": "not_text" }],
    ["a long basis", { basis: { en: "a".repeat(1001) } }, { "basis.en": "too_long" }],
    ["a basis that runs", { basis_url: "javascript:alert(1)" }, { basis_url: "not_a_web_address" }],
    ["a long consequence", { consequence: { tg: "a".repeat(2001) } }, { "consequence.tg": "too_long" }],
    ["a consequence that is a list", { consequence: [] }, { consequence: "not_text" }],
    ["what follows with NUL", { afterwards: { uz: "a\0b" } }, { "afterwards.uz": "unreadable_characters" }],
    ["no source", { source: undefined }, { source: "required" }],
    ["a source without title", { source: {} }, { "source.title": "required" }],
    ["a source of tomorrow", { source: { title: "x", published_on: "2025-05-21" } }, { "source.published_on": "in_the_future" }],
  ])("%s", (_what, changes, fields) => {
    const parsed = input.safeParse({ ...sent, ...changes });
    expect(parsed.success ? {} : fieldsOf(parsed.error)).toEqual(fields);
  });
});
