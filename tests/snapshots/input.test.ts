import { describe, expect, test } from "vitest";
import { reasonInput } from "@/lib/snapshots/input";
import { between, figure, flow, input, missing, refusals, source, unchanged, withSource } from "./sent";

describe("what is possible is let through", () => {
  const parsed = { country: "KG", measure: "gray_list", as_of: "2025-07-01/2025-07-05", source };

  test("a figure, with what belongs to it", () => {
    const full = {
      ...figure,
      wording: " some 113,000 ",
      children_share: "30%",
      note: "line\nline",
      restates: "kg-gray-list-2025-07",
      missing_reason: "",
      low: "",
      high: null,
      period_start: " ",
      somebody_elses_field: 1,
      source: { ...source, publisher: "", speaker: "The ambassador", speaker_role: null, url: " https://example.org/a?b#c " },
    };
    expect(input.parse(full)).toEqual({
      ...parsed,
      answer: "figure",
      qualifier: "about",
      value: 113_000,
      wording: "some 113,000",
      children_share: 0.3,
      note: "line\nline",
      restates: "kg-gray-list-2025-07",
      source: { ...source, speaker: "The ambassador", url: "https://example.org/a?b#c" },
    });
  });

  test("“between”, no figure, and the same again", () => {
    expect(input.parse(between)).toEqual({ ...parsed, answer: "figure", qualifier: "between", low: 110_000, high: 115_000 });
    expect(input.parse({ ...between, low: 0, high: 1 })).toMatchObject({ low: 0, high: 1 });
    expect(input.parse(missing)).toEqual({ ...parsed, answer: "missing", missing_reason: "declined" });
    expect(input.parse(unchanged)).toEqual({ ...parsed, answer: "unchanged" });
  });

  test.each([
    ["около 113 000", { qualifier: "about", value: 113_000 }],
    ["80 mingdan koʻproq", { qualifier: "more_than", value: 80_000 }],
    [" < 800000 ", { qualifier: "less_than", value: 800_000 }],
    ["ровно 34 786", { qualifier: "exact", value: 34_786 }],
    ["100–110 тыс.", { qualifier: "between", low: 100_000, high: 110_000 }],
  ])("%j says its qualifier itself", (value, said) => {
    expect(input.parse({ ...figure, qualifier: "", value })).toEqual({ ...parsed, answer: "figure", ...said });
    expect(input.parse({ ...figure, qualifier: said.qualifier, value })).toMatchObject(said);
  });

  test("words that were typed around a number are not taken for the source's own", () => {
    const { wording, ...read } = input.parse({ ...figure, value: "113 тыс." });
    expect(read).toMatchObject({ qualifier: "about", value: 113_000 });
    expect(wording).toBeUndefined();
    expect(input.parse({ ...figure, value: "about 113,000", wording: "some 113,000" })).toMatchObject({ wording: "some 113,000" });
    expect(input.parse({ ...between, low: "110 тыс.", high: "115k" })).toMatchObject({ low: 110_000, high: 115_000 });
  });

  test("what came out goes in again", () => {
    for (const value of ["около 113 000", "100–110 тыс.", "113 тыс."]) {
      const once = input.parse({ ...figure, qualifier: value === "113 тыс." ? "exact" : "", value });
      expect(input.parse(once)).toEqual(once);
    }
  });

  test("moments in any spelling come out as ISO 8601", () => {
    const sent = { ...flow, as_of: "1–5 июля 2025", period_start: "01.01.2025", source: { ...source, published_on: "29-iyul 2025-yil" } };
    expect(input.parse(sent)).toMatchObject({ as_of: "2025-07-01/2025-07-05", period_start: "2025-01-01", source });
  });

  test("a flow, with or without its beginning, on the last day too", () => {
    expect(input.parse(flow)).toMatchObject({ measure: "regularised", period_start: "2025-01-01" });
    expect(input.parse({ ...flow, period_start: "2025-07-05" })).toMatchObject({ period_start: "2025-07-05" });
    expect(input.parse({ ...flow, period_start: undefined })).not.toHaveProperty("period_start", expect.anything());
  });

  test.each([
    113_000,
    "113000",
    "113 000",
    "113\u00a0000",
    "113\u202f000",
    "113,000",
    "113.000",
    "113'000",
    "113’000",
    " 113 000\n",
    "0113000",
  ])("%j is 113000 people", (value) => {
    expect(input.parse({ ...figure, value })).toMatchObject({ value: 113_000 });
  });

  test.each([
    ["1\u00a0234 567", 1_234_567],
    ["1,000,000,000", 1_000_000_000],
    ["34,786", 34_786],
    ["0", 0],
    [0, 0],
  ])("%j is %i people", (value, people) => {
    expect(input.parse({ ...figure, value })).toMatchObject({ value: people });
  });

  test.each([
    ["30%", 0.3],
    ["30 %", 0.3],
    ["30\u00a0%", 0.3],
    ["0,3", 0.3],
    ["0.3", 0.3],
    [0.3, 0.3],
    ["12,5%", 0.125],
    ["33.333%", 0.3333],
    ["0%", 0],
    ["100%", 1],
    [1, 1],
  ])("a share of %j is %d", (share, expected) => {
    expect(input.parse({ ...figure, children_share: share })).toMatchObject({ children_share: expected });
  });

  test.each(["2026-02-10", "2026-02", "2026", "2026-02-10T12:00+03:00", "2025-11/2026-02-05"])("a moment that has begun: %s", (as_of) => {
    expect(refusals({ ...figure, as_of, source: { title: "x" } })).toEqual({});
  });

  test("a source published on the day it speaks of, or in the month", () => {
    expect(refusals({ ...figure, as_of: "2025-07-29" })).toEqual({});
    expect(refusals({ ...withSource({ published_on: "2025-07" }), as_of: "2025-07-31" })).toEqual({});
    expect(refusals({ ...withSource({ published_on: "2025-06" }), as_of: "2025-07-01" })).toEqual({ as_of: "after_publication" });
  });
});

test.each([
  ["a reason", "The ambassador's office sent the transcript.", true],
  ["no reason", "  ", false],
  ["a long reason", "a".repeat(1001), false],
  ["a reason that is no text", 5, false],
])("whether %s is one for a correction", (_what, reason, good) => {
  expect(reasonInput.safeParse(reason).success).toBe(good);
});
