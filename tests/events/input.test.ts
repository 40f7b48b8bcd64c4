import { describe, expect, test } from "vitest";
import { eventInput } from "@/lib/events/input";
import { fieldsOf } from "@/lib/texts";

const input = eventInput(new Date("2025-05-20T12:00:00Z"));

const sent = { happened_on: "2025-02-05", kind: "law", countries: ["ALL"], what: { en: "The registry opens" }, source: { title: "TCA" } };

test("an event is taken as sent; a break names what it cuts", () => {
  expect(input.parse(sent)).toEqual({ ...sent, measures: [] });
  const cut = { ...sent, kind: "break", measures: ["gray_list", "left"] };
  expect(input.parse(cut)).toEqual(cut);
});

describe("what is impossible is refused, field by field", () => {
  test.each([
    ["no moment", { happened_on: "" }, { happened_on: "required" }],
    ["a moment in words", { happened_on: "February" }, { happened_on: "moment_unreadable" }],
    ["a long moment", { happened_on: "2".repeat(101) }, { happened_on: "too_long" }],
    ["no kind", { kind: undefined }, { kind: "unknown_choice" }],
    ["a kind that is none", { kind: "rumour" }, { kind: "unknown_choice" }],
    ["no countries", { countries: null }, { countries: "required" }],
    ["no country", { countries: [] }, { countries: "required" }],
    ["Russia", { countries: ["RU"] }, { "countries.0": "unknown_country" }],
    ["measures that are no list", { measures: "gray_list" }, { measures: "required" }],
    ["a measure that is none", { measures: ["grey_list"] }, { "measures.0": "unknown_choice" }],
    ["a break that cuts nothing", { kind: "break" }, { measures: "required" }],
    ["no words", { what: {} }, { what: "required" }],
    ["words in no language", { what: { de: "Das Register" } }, { what: "required" }],
    ["long words", { what: { en: "a".repeat(1001) } }, { "what.en": "too_long" }],
    ["no source", { source: null }, { source: "required" }],
  ])("%s", (_what, changes, fields) => {
    const parsed = input.safeParse({ ...sent, ...changes });
    expect(parsed.success ? {} : fieldsOf(parsed.error)).toEqual(fields);
  });
});
