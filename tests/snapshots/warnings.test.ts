import { describe, expect, test } from "vitest";
import { FEWEST_CHANGES } from "@/lib/snapshots/jumps";
import type { Figure } from "@/lib/snapshots/rules";
import type { Candidate } from "@/lib/snapshots/warnings";
import { drawnAt } from "@/lib/trends/rules/bounds";
import { about, answer, black, breakOn, calm, candidate, codes, found, warnings } from "./candidates";
import { figureOf, noFigureOf } from "./statements";

describe("a jump", () => {
  test.each<[string, number | Figure, boolean]>([
    ["a zero too many", 980_000, true],
    ["a zero too few", 9_800, true],
    ["two digits that changed places", 79_000, true],
    ["a change like those before", 94_000, false],
    ["a vague figure that may be like those before", about(100_000), false],
    ["one that is open towards the others", { qualifier: "more_than", value: 10_000 }, false],
    ["one that is open away from them", { qualifier: "more_than", value: 900_000 }, true],
    ["one between two numbers that reach the others", { qualifier: "between", low: 96_000, high: 900_000 }, false],
  ])("%s", (_what, said, warns) => {
    expect(codes(candidate("2025-12-11", said), calm).includes("jump")).toBe(warns);
  });

  test("tells both figures, how many times, in how many days, what is ordinary and the sharpest so far", () => {
    const jump = found("jump", candidate("2025-12-11", 980_000), calm);
    expect(jump?.rests).toMatchObject({ neighbour: { statementId: calm[6]?.statementId }, days: 11 });
    expect(jump?.rests.times).toBeCloseTo(980 / 97, 2);
    expect(jump?.rests.ordinary).toBeGreaterThan(1);
    expect(jump?.rests.ordinary).toBeLessThan(1.2);
    expect([jump?.rests.sharpest.from, jump?.rests.sharpest.to].map((s) => s && drawnAt(s.answer.figure))).toEqual([101_000, 97_500]);
  });

  test("needs longer for a greater change", () => {
    expect(codes(candidate("2025-12-02", 88_000), calm)).toContain("jump");
    expect(codes(candidate("2026-02-20", 88_000), calm)).not.toContain("jump");
  });

  test("is looked for on both sides", () => {
    expect(codes(candidate("2025-09-25", 980_000), calm)).toContain("jump");
    expect(codes(candidate("2025-10-15", 980_000), calm)).toContain("jump");
  });

  test("is not looked for across a break, nor in what is counted over a period", () => {
    expect(codes(candidate("2025-12-11", 980_000), calm, [breakOn("2025-12-05")])).not.toContain("jump");
    const flows = calm.map((s) => ({ ...s, measure: "left" as const }));
    expect(codes(candidate("2025-12-11", 980_000, { measure: "left" }), flows)).toEqual([]);
  });

  test("is not called where the series has fewer than five changes; that they are few is noted", () => {
    const few = calm.slice(0, FEWEST_CHANGES);
    const [note] = warnings(candidate("2025-12-11", 980_000), few);
    expect(note).toEqual({ code: "too_few_figures", kind: "note", rests: { changes: 4, needed: 5 } });
    expect(codes(candidate("2025-12-11", 980_000), calm.slice(0, FEWEST_CHANGES + 1))).toEqual(["jump"]);
  });

  test("is more than chance: a count that never moved may move by one", () => {
    const still = calm.map((s) => figureOf(s.asOf.text, 1_000));
    expect(codes(candidate("2025-12-11", 1_001), still)).toEqual([]);
    expect(codes(candidate("2025-12-11", 10_000), still)).toEqual(["jump"]);
  });

  test("is not called against the statement that is corrected or restated", () => {
    const wrong = figureOf("2025-12-10", 970_000);
    expect(codes(candidate("2025-12-11", 97_500), [...calm, wrong])).toContain("jump");
    expect(codes(candidate("2025-12-11", 97_500, { statementId: wrong.statementId }), [...calm, wrong])).toEqual([]);
    expect(codes(candidate("2025-12-11", 97_500, { restates: wrong.statementId }), [...calm, wrong])).toEqual([]);
  });
});

describe("out of range", () => {
  const later = (said: number | Figure, asOf = "2026-02-20") => codes(candidate(asOf, said), calm);

  test.each<[string, number | Figure, string[]]>([
    ["far above all figures, though long after the last", 115_000, ["out_of_range"]],
    ["far below them", 84_000, ["out_of_range"]],
    ["beyond the others, but not far from their middle", 102_000, []],
    ["one that may be near by its bounds", { qualifier: "between", low: 102_000, high: 130_000 }, []],
    ["open towards the others", { qualifier: "more_than", value: 90_000 }, []],
    ["open away from them", { qualifier: "less_than", value: 84_000 }, ["out_of_range"]],
    ["one between two numbers that reach the others", { qualifier: "between", low: 96_000, high: 900_000 }, []],
    ["so far that it is a jump too: told once", 980_000, ["jump"]],
  ])("%s", (_what, said, told) => {
    expect(later(said)).toEqual(told);
  });

  test("tells the middle, the limits, and the lowest and the highest figure so far", () => {
    const { rests } = found("out_of_range", candidate("2026-02-20", 115_000), calm) ?? {};
    expect(rests).toMatchObject({ lowest: calm[5], highest: calm[2], said: { asOf: { text: "2026-02-20" } } });
    expect(rests?.median).toBeCloseTo(98_000, 5);
    // The middle distance from 98,000 is that of 97,000: 3.5 × 1.4826 × ln(98,001 ÷ 97,001) = 5.46%.
    const reach = 3.5 * 1.4826 * Math.log(98_001 / 97_001);
    expect(rests?.low).toBeCloseTo(98_001 * Math.exp(-reach) - 1, 5);
    expect(rests?.high).toBeCloseTo(98_001 * Math.exp(reach) - 1, 5);
  });

  test("is not called by fewer than six figures, across a break, or in what is counted over a period", () => {
    const said = candidate("2026-02-20", 115_000);
    expect(codes(said, calm.slice(1))).toEqual(["out_of_range"]);
    expect(codes(said, calm.slice(2))).not.toContain("out_of_range");
    expect(codes(said, calm, [breakOn("2026-01-01")])).not.toContain("out_of_range");
    expect(codes(said, calm, [breakOn("2025-10-15")])).not.toContain("out_of_range");
    const flows = calm.map((s) => ({ ...s, measure: "left" as const }));
    expect(codes(candidate("2026-02-20", 115_000, { measure: "left" }), flows)).toEqual([]);
  });

  test("takes rivals for figures of the series, deprecated ones and the corrected one not", () => {
    const high = figureOf("2026-02-20", 116_000);
    expect(codes(candidate("2026-02-20", 115_000), [...calm, high])).toEqual(["rival"]);
    expect(codes(candidate("2026-02-20", 115_000), [...calm, { ...high, rank: "deprecated" }])).toEqual(["rival", "out_of_range"]);
    expect(codes(candidate("2026-02-20", 115_000, { statementId: high.statementId }), [...calm, high])).toEqual(["out_of_range"]);
  });

  test("is more than chance: a count that never moved may move by one", () => {
    const still = calm.map((s) => figureOf(s.asOf.text, 1_000));
    expect(codes(candidate("2026-02-20", 1_001), still)).toEqual([]);
  });

  test("takes a figure that is open upwards for the number it names", () => {
    const open = figureOf("2025-12-05", { qualifier: "more_than", value: 106_000 });
    expect(codes(candidate("2026-02-20", 105_900), [...calm, open])).toEqual([]);
    expect(codes(candidate("2026-02-20", 115_000), [...calm, open])).toEqual(["out_of_range"]);
  });
});

describe("two lists mixed up", () => {
  test("a figure of the other list is told, with both", () => {
    const mixed = found("mixed_up_list", candidate("2025-12-02", 84_100), [...calm, ...black]);
    expect([mixed?.rests.own, mixed?.rests.other].map((s) => s?.statementId)).toEqual([calm[6]?.statementId, black[6]?.statementId]);
    expect(codes(candidate("2025-12-02", 97_200, { measure: "black_list" }), [...calm, ...black])).toContain("mixed_up_list");
  });

  test("one that fits its own list, or neither, or has no other beside it, is not", () => {
    expect(codes(candidate("2025-12-02", 96_500), [...calm, ...black])).toEqual([]);
    expect(codes(candidate("2025-12-02", 980_000), [...calm, ...black])).toEqual(["jump"]);
    expect(codes(candidate("2025-12-02", 84_100), calm)).toEqual(["jump"]);
    expect(codes(candidate("2025-12-02", 84_100, { measure: "present" }), black)).toEqual(["too_few_figures"]);
  });
});

describe("what is counted over a period", () => {
  const left = (asOf: string, said: number | Figure, periodStart: string | null = "2025-01-01") =>
    figureOf(asOf, said, { measure: "left", periodStart });
  const toBe = (asOf: string, said: number | Figure, periodStart: string | null = "2025-01-01") =>
    candidate(asOf, said, { measure: "left", periodStart });

  test("cannot go down while it counts from the same day", () => {
    const down = found("flow_goes_down", toBe("2025-10-01", 13_000), [left("2025-09-01", 14_000)]);
    expect([down?.rests.earlier, down?.rests.later].map((s) => s && drawnAt(s.answer.figure))).toEqual([14_000, 13_000]);
    expect(codes(toBe("2025-08-01", 15_000), [left("2025-09-01", 14_000)])).toContain("flow_goes_down");
  });

  test.each<[string, Candidate]>([
    ["goes up", toBe("2025-10-01", 15_000)],
    ["may not have gone down by its bounds", toBe("2025-10-01", about(10_000))],
    ["counts from another day", toBe("2025-10-01", 13_000, "2025-09-01")],
  ])("one that %s is not told", (_what, said) => {
    expect(codes(said, [left("2025-09-01", 14_000)])).toEqual([]);
  });

  test("is told when it has the very number of a count at a moment, and the other way round", () => {
    const stock = figureOf("2026-01-15", 34_786);
    expect(found("stock_for_flow", toBe("2026-01-20", 34_786), [stock])?.rests.same).toBe(stock);
    const flow = left("2025-12-31", 34_786);
    expect(found("flow_for_stock", candidate("2026-01-15", 34_786), [flow])?.rests.same).toBe(flow);
  });

  test("is not told for a round number, another number, or an older one", () => {
    expect(codes(toBe("2026-01-20", about(34_000)), [figureOf("2026-01-15", about(34_000))])).toEqual([]);
    expect(codes(toBe("2026-01-20", 34_787), [figureOf("2026-01-15", 34_786)])).toEqual([]);
    expect(codes(toBe("2026-01-20", 34_786), [figureOf("2025-12-15", 34_786), figureOf("2026-01-15", 30_001)])).toEqual([]);
  });

  test("is told when it does not say from which day, and the others do", () => {
    const missing = found("period_start_missing", toBe("2025-10-01", 20_000, null), [left("2025-08-01", 1), left("2025-09-01", 2)]);
    expect(missing?.rests).toMatchObject({ periodStart: "2025-01-01", newest: { asOf: { text: "2025-09-01" } } });
    expect(codes(toBe("2025-10-01", 20_000, null), [left("2025-09-01", 14_000, null)])).toEqual([]);
  });
});

describe("a share of children", () => {
  test("of one is told, of nearly one is not", () => {
    expect(codes(candidate("2025-10-01", answer(500, 1)))).toContain("children_share_unusual");
    expect(codes(candidate("2025-10-01", answer(500, 0.99)))).not.toContain("children_share_unusual");
    expect(codes(candidate("2025-10-01", answer(500, 0.01)))).not.toContain("children_share_unusual");
  });
});

describe("a time that is not over", () => {
  const published = (publishedOn: string) => ({
    source: { title: "A briefing", publisher: null, speaker: null, publishedOn, url: null },
  });
  const told = (asOf: string, more: Partial<Candidate> = {}) => found("span_into_future", candidate(asOf, 1, more), []);

  test("is told against today, or the day of publication where that is known", () => {
    expect(told("2026-02-20/2026-03-02")).toMatchObject({ kind: "warning", rests: { until: "2026-03-01", published: false } });
    expect(told("2025-11-20/2025-11-28", published("2025-11-25"))).toMatchObject({ rests: { until: "2025-11-25", published: true } });
  });

  test("is only noted where a month or a year was said", () => {
    expect(told("2026-03")).toMatchObject({ kind: "note" });
    expect(told("2025-11", published("2025-11-19"))).toMatchObject({ kind: "note" });
  });

  test.each<[string, Partial<Candidate>]>([
    ["2026-03-01", {}],
    ["2026-02-20/2026-03-01", {}],
    ["2025-11-25", published("2025-11-25")],
    ["2025-11-20/2025-11-25", published("2025-11-25")],
    ["2025-11", published("2025-11/2026-02-05")],
  ])("%s is over", (asOf, more) => {
    expect(told(asOf, more)).toBeUndefined();
  });
});

describe("what stands about the same time", () => {
  const consul = {
    source: { id: "s", title: "Azattyk", publisher: null, speaker: "A Consul ", speakerRole: null, publishedOn: null, url: null },
  };
  const there = figureOf("2025-11-01/2025-11-05", about(1_240), consul);

  test("is told when the same speaker or source said the same", () => {
    expect(found("already_there", candidate("2025-11-03", about(1_240)), [there])?.rests.same).toBe(there);
    const article = candidate("2025-11-03", about(1_240), { source: { ...consul.source, title: "azattyk", speaker: null } });
    expect(codes(article, [there])).toContain("already_there");
  });

  test("is told of an answer without a figure too", () => {
    const declined = noFigureOf("2025-11-03", "declined", consul);
    expect(codes(candidate("2025-11-03", { kind: "missing", reason: "declined" }), [declined])).toEqual(["already_there"]);
    expect(codes(candidate("2025-11-03", { kind: "missing", reason: "not_asked" }), [declined])).toEqual([]);
  });

  test("is not when somebody else said the same, or the time is another, or it is the statement itself", () => {
    const somebody = { source: { title: "Elsewhere", publisher: null, speaker: "A minister", publishedOn: null, url: null } };
    expect(codes(candidate("2025-11-03", about(1_240), somebody), [there])).toEqual(["too_few_figures"]);
    expect(codes(candidate("2025-11-06", about(1_240)), [there])).toEqual(["too_few_figures"]);
    expect(codes(candidate("2025-11-03", about(1_240), { statementId: there.statementId }), [there])).toEqual(["too_few_figures"]);
  });

  test("is noted where another figure was said, with which of them will stand in front", () => {
    const newer = found("rival", candidate("2025-11-03", 1_300), [there]);
    expect(newer).toMatchObject({ kind: "note", rests: { rivals: [there] } });
    expect(newer?.rests.inFront).toBe(newer?.rests.said);
    const preferred = { ...there, rank: "preferred" as const };
    expect(found("rival", candidate("2025-11-03", 1_300), [preferred])?.rests.inFront).toBe(preferred);
    expect(codes(candidate("2025-11-06", 1_300), [there])).not.toContain("rival");
  });

  test("is not where a flow counts from another day", () => {
    const flow = figureOf("2025-11-03", 5, { measure: "left", periodStart: "2025-01-01" });
    expect(codes(candidate("2025-11-03", 7, { measure: "left", periodStart: "2025-11-01" }), [flow])).toEqual([]);
    expect(codes(candidate("2025-11-03", 7, { measure: "left", periodStart: "2025-01-01" }), [flow])).toContain("rival");
  });
});

describe("more people than are there", () => {
  const present = figureOf("2025-06", about(350_000), { measure: "present" });

  test.each<[string, Candidate, boolean]>([
    ["a gray list above the citizens present", candidate("2025-10-01", 360_000), true],
    ["one that may be below by the bounds", candidate("2025-10-01", 355_000), false],
    ["one that says less than", candidate("2025-10-01", { qualifier: "less_than", value: 400_000 }), false],
    ["one more than a year later", candidate("2026-07-15", 360_000), false],
    ["a black list, whose people are elsewhere", candidate("2025-10-01", 360_000, { measure: "black_list" }), false],
  ])("%s", (_what, said, warns) => {
    expect(codes(said, [present]).includes("above_present")).toBe(warns);
  });

  test("is not asked of all nationalities together", () => {
    const all = { ...present, country: "ALL" };
    expect(codes(candidate("2025-10-01", 360_000, { country: "ALL" }), [all])).not.toContain("above_present");
  });
});

describe("unchanged", () => {
  test("is told where there was no figure by then", () => {
    const later = figureOf("2025-12-01", 1_000);
    expect(codes(candidate("2025-11-01", { kind: "unchanged" }), [])).toEqual(["unchanged_without_figure"]);
    expect(codes(candidate("2025-11-01", { kind: "unchanged" }), [later, noFigureOf("2025-10-01")])).toEqual(["unchanged_without_figure"]);
    expect(codes(candidate("2026-01-01", { kind: "unchanged" }), [later])).toEqual([]);
  });
});
