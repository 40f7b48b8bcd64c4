import { getTableColumns } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contacts, countries, deadlines, events, people, snapshots, sources } from "@/db/schema";
import { FIELDS, fieldInWords, valueInWords } from "@/lib/history/in-words";
import { changesOf, NOT_SHOWN, placeFrom, placeText } from "@/lib/history/rules";
import { wordsFor } from "@/lib/i18n/words";
import type { Withdrawn } from "@/lib/imports/write";

describe("what an act changed", () => {
  test("only the fields that differ, with those inside others by dotted names", () => {
    const before = { state: "published", value: 1, note: null, basis: { en: "a", ru: "b" }, countries: ["KG"], recorded_at: "x" };
    const after = { state: "published", value: 2, note: "n", basis: { en: "a", ky: "c" }, countries: ["KG", "TJ"], recorded_at: "y" };
    expect(changesOf(before, after)).toEqual([
      { field: "value", before: 1, after: 2 },
      { field: "note", before: undefined, after: "n" },
      { field: "basis.ky", before: undefined, after: "c" },
      { field: "countries", before: ["KG"], after: ["KG", "TJ"] },
      { field: "basis.ru", before: "b", after: undefined },
    ]);
  });

  test("everything there is where something is new, and nothing where there is nothing", () => {
    expect(changesOf(undefined, { a: false, b: 0, c: "", d: [], e: {} })).toEqual([
      { field: "a", before: undefined, after: false },
      { field: "b", before: undefined, after: 0 },
    ]);
    expect(changesOf(undefined, undefined)).toEqual([]);
    expect(changesOf({ a: null }, {})).toEqual([]);
  });
});

describe("a place in the history", () => {
  const place = { at: "2026-03-01T09:00:00.123456Z", feature: "snapshots", objectId: "kg-2026", number: 12 };

  test("is written and read again", () => {
    expect(placeFrom(placeText(place))).toEqual(place);
  });

  test.each([
    undefined,
    "",
    "~~~",
    "2026-02-30T09:00:00.123456Z~snapshots~a~1",
    "2026-03-01T25:00:00.123456Z~snapshots~a~1",
    "0000-01-01T00:00:00.000000Z~snapshots~a~1",
    "2026-03-01T09:00:00.123Z~snapshots~a~1",
    "2026-03-01T09:00:00.123456Z~snapshots~a'~1",
    "2026-03-01T09:00:00.123456Z~snapshots~a~9999999999999999999",
    "2026-03-01T09:00:00.123456Z~snapshots~a~1\n",
    `${placeText(place)}~1`,
  ])("%j names none", (text) => {
    expect(placeFrom(text)).toBeUndefined();
  });

  test("no text makes it throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void placeFrom(text)));
  });
});

describe("fields in words", () => {
  const english = wordsFor("en");
  const tables = { snapshots, sources, deadlines, events, countries, contacts };

  test.each(Object.entries(tables))("every column of %s has a name, or is not shown", (_name, table) => {
    const columns = Object.values(getTableColumns(table)).map((column) => column.name);
    expect(columns.filter((column) => !(column in FIELDS) && !NOT_SHOWN.includes(column))).toEqual([]);
  });

  test("what is told of people has a name", () => {
    for (const field of ["name", "email", "role", "countries", "active", "has_password"]) expect(FIELDS).toHaveProperty(field);
    expect(Object.values(getTableColumns(people)).map((column) => column.name)).toContain("password_hash");
    expect(FIELDS).not.toHaveProperty("password_hash");
  });

  test("what a withdrawn import did has a name", () => {
    const counts: Withdrawn = { withdrawn: 1, restored: 1, left: 1 };
    for (const field of Object.keys(counts)) expect(FIELDS).toHaveProperty(field);
  });

  test.each([
    ["value", "Number of people"],
    ["basis.ru", "Legal basis (Русский)"],
    ["content.source.title", "Title of the article, page or document"],
    ["content.planted", "planted"],
    ["constructor", "constructor"],
    ["ru", "ru"],
  ])("%s is %s", (field, words) => {
    expect(fieldInWords(field, english)).toBe(words);
  });
});

test.each([
  ["role", "recorder", "оператор ввода"],
  ["language", "ky", "Кыргызча"],
  ["qualifier", "more_than", "более"],
  ["state", "returned", "Возвращено"],
  ["role", "somebody", "somebody"],
  ["note", "recorder", "recorder"],
])("%s %s is called %s", (field, value, said) => {
  expect(valueInWords(field, value, wordsFor("ru"))).toBe(said);
});
