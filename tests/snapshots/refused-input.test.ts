import { describe, expect, test } from "vitest";
import { between, figure, flow, input, missing, refusals, unchanged, withSource } from "./sent";

/** Texts that no field takes: PostgreSQL refuses the first, and half a character is none. */
const UNREADABLE = ["a\0b", "a\u0007b", "a\u009fb", "a\ud800b", "\udc00"];

/** What was sent, the only fields that may be named, and with which code. */
type Refusal = [what: string, sent: unknown, fields: Record<string, string>];

/** All that is empty is named at once. */
const BLANK = {
  country: "required",
  measure: "required",
  as_of: "required",
  qualifier: "required",
  value: "required",
  "source.title": "required",
};

const impossible: Refusal[] = [
  ["no country", { ...figure, country: undefined }, { country: "required" }],
  ["an empty country", { ...figure, country: "" }, { country: "required" }],
  ["a country that is no text", { ...figure, country: ["KG"] }, { country: "required" }],
  ["Russia", { ...figure, country: "RU" }, { country: "unknown_country" }],
  ["a country in small letters", { ...figure, country: "kg" }, { country: "unknown_country" }],
  ["a country of no list", { ...figure, country: "XX" }, { country: "unknown_country" }],
  ["a country that every object has", { ...figure, country: "constructor" }, { country: "unknown_country" }],

  ["no measure", { ...figure, measure: null }, { measure: "required" }],
  ["a misspelt measure", { ...figure, measure: "grey_list" }, { measure: "unknown_choice" }],
  ["a measure that every object has", { ...figure, measure: "toString" }, { measure: "unknown_choice" }],
  ["a measure that is no text", { ...figure, measure: 1 }, { measure: "unknown_choice" }],

  ["a period for a stock", { ...figure, period_start: "2025-01-01" }, { period_start: "only_for_flows" }],
  ["a period from a day that is none", { ...flow, period_start: "2025-02-30" }, { period_start: "day_unreadable" }],
  ["a period from a month", { ...flow, period_start: "2025-01" }, { period_start: "day_unreadable" }],
  ["a period from an interval", { ...flow, period_start: "2025-01-01/2025-01-05" }, { period_start: "day_unreadable" }],
  ["a period from a number", { ...flow, period_start: 20250101 }, { period_start: "not_text" }],
  ["a period from NUL", { ...flow, period_start: "2025\0" }, { period_start: "unreadable_characters" }],
  ["a period that begins after it ends", { ...flow, period_start: "2025-07-06" }, { period_start: "after_the_end" }],

  ["no moment", { ...figure, as_of: " " }, { as_of: "required" }],
  ["a moment that is no text", { ...figure, as_of: 2025 }, { as_of: "not_text" }],
  ["a moment in words", { ...figure, as_of: "July" }, { as_of: "moment_unreadable" }],
  ["a day that is none", { ...figure, as_of: "2025-02-30" }, { as_of: "moment_unreadable" }],
  ["a month that is none", { ...figure, as_of: "2025-13" }, { as_of: "moment_unreadable" }],
  ["an interval in reverse", { ...figure, as_of: "2025-07-05/2025-07-01" }, { as_of: "moment_unreadable" }],
  ["a year that no database holds", { ...figure, as_of: "0001" }, { as_of: "moment_unreadable" }],
  ["a long moment", { ...figure, as_of: "2".repeat(101) }, { as_of: "too_long" }],
  ["a moment with NUL", { ...figure, as_of: "2025\0" }, { as_of: "unreadable_characters" }],
  ["a day that may be two", { ...figure, as_of: "05/07/2025" }, { as_of: "day_month_unclear" }],
  ["a day without year", { ...figure, as_of: "5 июля" }, { as_of: "year_missing" }],
  ["a day with half its year", { ...figure, as_of: "05.07.25" }, { as_of: "year_short" }],
  ["an hour of no zone", { ...figure, as_of: "05.07.2025 18:00" }, { as_of: "zone_missing" }],
  ["a written day that is none", { ...figure, as_of: "30.02.2025" }, { as_of: "no_such_date" }],
  ["a written interval in reverse", { ...figure, as_of: "5–1 июля 2025" }, { as_of: "span_reversed" }],
  ["a written day of tomorrow", { ...figure, as_of: "11 February 2026", source: { title: "x" } }, { as_of: "in_the_future" }],
  ["a day before anybody could be counted", { ...figure, as_of: "1500-01-01" }, { as_of: "too_long_ago" }],
  ["a day that is not here yet", { ...figure, as_of: "2026-02-11", source: { title: "x" } }, { as_of: "in_the_future" }],
  ["a moment after its publication", { ...figure, as_of: "2025-07-30" }, { as_of: "after_publication" }],

  ["no answer", { ...figure, answer: undefined }, { answer: "required" }],
  ["an answer that is none", { ...figure, answer: "guess" }, { answer: "unknown_choice" }],

  ["a figure without number", { ...figure, value: undefined }, { value: "required" }],
  ["a blank number", { ...figure, value: "\u00a0" }, { value: "required" }],
  ["a number in words", { ...figure, value: "many" }, { value: "not_a_number" }],
  ["a number of another unit", { ...figure, value: "113 percent" }, { value: "not_a_number" }],
  ["a number that may be two", { ...figure, value: "1,063 thousand" }, { value: "not_a_number" }],
  ["words around the lower number", { ...between, low: "about 110000" }, { low: "not_a_number" }],
  ["a number with an exponent", { ...figure, value: "1e5" }, { value: "not_a_number" }],
  ["a number in base sixteen", { ...figure, value: "0x10" }, { value: "not_a_number" }],
  ["a number in other digits", { ...figure, value: "١١٣" }, { value: "not_a_number" }],
  ["a number grouped wrongly", { ...figure, value: "113 00" }, { value: "not_a_number" }],
  ["a number with two signs between", { ...figure, value: "1,234.567" }, { value: "not_a_number" }],
  ["a number that is none", { ...figure, value: Number.NaN }, { value: "not_a_number" }],
  ["a number without end", { ...figure, value: Number.POSITIVE_INFINITY }, { value: "not_a_number" }],
  ["a list of one number", { ...figure, value: [113_000] }, { value: "not_a_number" }],
  ["yes for a number", { ...figure, value: true }, { value: "not_a_number" }],
  ["half a person", { ...figure, value: 112.5 }, { value: "not_whole" }],
  ["half a person as text", { ...figure, value: "112,5" }, { value: "not_whole" }],
  ["one nought too many", { ...figure, value: "113,0000" }, { value: "not_whole" }],
  ["a share for a number", { ...figure, value: "0.300" }, { value: "not_whole" }],
  ["fewer than none", { ...figure, value: "-1" }, { value: "below_zero" }],
  ["fewer than nobody", { ...figure, qualifier: "less_than", value: 0 }, { value: "below_zero" }],
  ["more than there are", { ...figure, value: "1000000001" }, { value: "too_many" }],
  ["more than can be counted", { ...figure, value: "9".repeat(20) }, { value: "too_many" }],
  ["a number with “between”", { ...between, value: 1 }, { value: "not_with_between" }],
  ["a number where there is no figure", { ...missing, value: 1 }, { value: "only_with_a_figure" }],
  ["a number where nothing changed", { ...unchanged, value: 0 }, { value: "only_with_a_figure" }],

  ["no lower number", { ...between, low: undefined }, { low: "required" }],
  ["a lower number in words", { ...between, low: "few" }, { low: "not_a_number" }],
  ["a lower number below zero", { ...between, low: -1 }, { low: "below_zero" }],
  ["a lower number without “between”", { ...figure, low: 1 }, { low: "only_with_between" }],
  ["a lower number where there is no figure", { ...missing, low: 1 }, { low: "only_with_a_figure" }],
  ["no higher number", { ...between, high: "" }, { high: "required" }],
  ["a higher number that is not whole", { ...between, high: "1.5" }, { high: "not_whole" }],
  ["a higher number beyond everybody", { ...between, high: 2e9 }, { high: "too_many" }],
  ["a higher number that is the lower one", { ...between, high: 110_000 }, { high: "not_above_low" }],
  ["numbers in reverse", { ...between, low: 115_000, high: 110_000 }, { high: "not_above_low" }],
  ["a higher number without “between”", { ...figure, high: 1 }, { high: "only_with_between" }],
  ["a higher number where nothing changed", { ...unchanged, high: 1 }, { high: "only_with_a_figure" }],
  ["neither number of “between”", { ...between, low: null, high: null }, { low: "required", high: "required" }],

  ["no qualifier", { ...figure, qualifier: "" }, { qualifier: "required" }],
  ["a qualifier that is none", { ...figure, qualifier: "roughly" }, { qualifier: "unknown_choice" }],
  ["a qualifier that was not said", { ...figure, qualifier: "", value: "113 тыс." }, { qualifier: "required" }],
  ["a qualifier beside another in words", { ...figure, value: "более 80 000" }, { qualifier: "says_otherwise" }],
  ["a qualifier beside a range", { ...figure, value: "100–110 тыс." }, { qualifier: "says_otherwise" }],
  ["“between” beside a qualifier in words", { ...between, value: "about 5" }, { qualifier: "says_otherwise" }],
  ["a range beside its numbers", { ...between, value: "110 000–115 000" }, { value: "not_with_between" }],
  ["less than nobody in words", { ...figure, qualifier: "", value: "менее 0" }, { value: "below_zero" }],
  ["everything left blank", { answer: "figure", source: {} }, BLANK],
  ["a range in reverse", { ...figure, qualifier: "", value: "110–100 тыс." }, { value: "not_above_low" }],
  ["a range where there is no figure", { ...missing, value: "100–110" }, { value: "only_with_a_figure" }],
  ["a qualifier where there is no figure", { ...missing, qualifier: "exact" }, { qualifier: "only_with_a_figure" }],

  ["long wording", { ...figure, wording: "a".repeat(301) }, { wording: "too_long" }],
  ["wording that is no text", { ...figure, wording: {} }, { wording: "not_text" }],
  ["wording where there is no figure", { ...missing, wording: "some" }, { wording: "only_with_a_figure" }],

  ["no reason why there is none", { ...missing, missing_reason: undefined }, { missing_reason: "required" }],
  ["a reason that is none", { ...missing, missing_reason: "forgot" }, { missing_reason: "unknown_choice" }],
  ["a reason beside a figure", { ...figure, missing_reason: "declined" }, { missing_reason: "not_with_a_figure" }],
  ["a reason where nothing changed", { ...unchanged, missing_reason: "declined" }, { missing_reason: "only_with_no_figure" }],

  ["a share without its sign", { ...figure, children_share: "30" }, { children_share: "share_out_of_range" }],
  ["more than all", { ...figure, children_share: "100.1%" }, { children_share: "share_out_of_range" }],
  ["less than none", { ...figure, children_share: "-1%" }, { children_share: "share_out_of_range" }],
  ["a share in words", { ...figure, children_share: "a third" }, { children_share: "not_a_number" }],
  ["a share of two signs", { ...figure, children_share: "0,3,0" }, { children_share: "not_a_number" }],
  ["a share that is a list", { ...figure, children_share: [] }, { children_share: "not_a_number" }],
  ["a share where there is no figure", { ...missing, children_share: 0.3 }, { children_share: "only_with_a_figure" }],

  ["a long note", { ...figure, note: "a".repeat(2001) }, { note: "too_long" }],
  ["a note that is no text", { ...figure, note: ["a"] }, { note: "not_text" }],
  ["a long name of what it restates", { ...figure, restates: "a".repeat(101) }, { restates: "too_long" }],
  ["a name that is no text", { ...figure, restates: 1 }, { restates: "not_text" }],

  ["no source", { ...figure, source: undefined }, { source: "required" }],
  ["a source that is a text", { ...figure, source: "TCA" }, { source: "required" }],
  ["a source that is a list", { ...figure, source: [] }, { source: "required" }],
  ["no title", withSource({ title: " \t\n" }), { "source.title": "required" }],
  ["a title that is no text", withSource({ title: 24 }), { "source.title": "not_text" }],
  ["a long title", withSource({ title: "a".repeat(501) }), { "source.title": "too_long" }],
  ["a long publisher", withSource({ publisher: "a".repeat(301) }), { "source.publisher": "too_long" }],
  ["a publisher that is no text", withSource({ publisher: false }), { "source.publisher": "not_text" }],
  ["a long speaker", withSource({ speaker: "a".repeat(301) }), { "source.speaker": "too_long" }],
  ["a speaker that is no text", withSource({ speaker: {} }), { "source.speaker": "not_text" }],
  ["a long office", withSource({ speaker_role: "a".repeat(301) }), { "source.speaker_role": "too_long" }],
  ["an office that is no text", withSource({ speaker_role: 1 }), { "source.speaker_role": "not_text" }],
  ["a publication in words", withSource({ published_on: "yesterday" }), { "source.published_on": "moment_unreadable" }],
  ["a publication on no day", withSource({ published_on: "2025-06-31" }), { "source.published_on": "moment_unreadable" }],
  ["a publication that is no text", withSource({ published_on: 2025 }), { "source.published_on": "not_text" }],
  ["a long publication", withSource({ published_on: "2".repeat(101) }), { "source.published_on": "too_long" }],
  ["a publication that is not here yet", withSource({ published_on: "2026-03" }), { "source.published_on": "in_the_future" }],
  ["an address that runs", withSource({ url: "javascript:alert(1)" }), { "source.url": "not_a_web_address" }],
  ["an address that holds its page", withSource({ url: "data:text/html,x" }), { "source.url": "not_a_web_address" }],
  ["an address that anybody on the way can change", withSource({ url: "http://example.org/a" }), { "source.url": "not_a_web_address" }],
  ["an address of a file", withSource({ url: "ftp://example.org/a" }), { "source.url": "not_a_web_address" }],
  ["an address without its beginning", withSource({ url: "example.org" }), { "source.url": "not_a_web_address" }],
  ["an address of no place", withSource({ url: "https://" }), { "source.url": "not_a_web_address" }],
  ["an address of no host", withSource({ url: "https:///path" }), { "source.url": "not_a_web_address" }],
  ["an address over two lines", withSource({ url: "https://exam\nple.org" }), { "source.url": "not_a_web_address" }],
  ["an address with NUL", withSource({ url: "https://example.org/\0" }), { "source.url": "not_a_web_address" }],
  ["a long address", withSource({ url: `https://example.org/${"a".repeat(1981)}` }), { "source.url": "too_long" }],
  ["a copy that cannot be one", withSource({ copy_id: "../../etc/passwd" }), { "source.copy_id": "no_such_copy" }],
  ["a long name of a copy", withSource({ copy_id: "a".repeat(65) }), { "source.copy_id": "too_long" }],
  ["a copy that is no text", withSource({ copy_id: 7 }), { "source.copy_id": "not_text" }],
  ["an address that is no text", withSource({ url: { href: "https://example.org" } }), { "source.url": "not_text" }],

  ...["wording", "note", "restates"].flatMap((field): Refusal[] =>
    UNREADABLE.map((text) => [`${field} with ${JSON.stringify(text)}`, { ...figure, [field]: text }, { [field]: "unreadable_characters" }]),
  ),
  ...["title", "publisher", "speaker", "speaker_role", "published_on"].flatMap((field): Refusal[] =>
    UNREADABLE.map((text) => [
      `${field} with ${JSON.stringify(text)}`,
      withSource({ [field]: text }),
      { [`source.${field}`]: "unreadable_characters" },
    ]),
  ),

  ["nothing", undefined, { "": "required" }],
  ["a number", 5, { "": "required" }],
  ["a list", [figure], { "": "required" }],
  [
    "an empty form",
    { source: {} },
    { country: "required", measure: "required", as_of: "required", answer: "required", "source.title": "required" },
  ],
  [
    "slips in several fields at once",
    { ...figure, as_of: "July", value: "many", note: 5 },
    { as_of: "moment_unreadable", value: "not_a_number", note: "not_text" },
  ],
];

describe("what is impossible is refused, field by field", () => {
  test.each(impossible)("%s", (_what, sent, fields) => {
    expect(refusals(sent)).toEqual(fields);
  });

  test("every field is refused for something here", () => {
    const { source: _source, ...own } = input.in.shape;
    const fields = [...Object.keys(own), "source", ...Object.keys(input.in.shape.source.shape).map((name) => `source.${name}`)];
    const named = new Set(impossible.flatMap(([, , refused]) => Object.keys(refused)));
    expect(fields.filter((field) => !named.has(field))).toEqual([]);
    expect(fields).toHaveLength(22);
  });
});
