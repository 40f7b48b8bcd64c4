import { expect, test } from "vitest";
import { momentOf } from "@/lib/moments/rules";
import type { Figure, FigureSnapshot } from "@/lib/snapshots/rules";
import { backTest, knownBy, verdictOf } from "@/lib/trends/rules/back-test";
import { flowBetween, latestFlow, newEntries, newEntriesBetween } from "@/lib/trends/rules/flows";
import { paceBetween } from "@/lib/trends/rules/pace";
import { trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { indexAt, perThousand } from "@/lib/trends/rules/shares";
import { figureOf, knownOn } from "../snapshots/statements";

const about = (value: number): Figure => ({ qualifier: "about", value });
const moreThan = (value: number): Figure => ({ qualifier: "more_than", value });

// What was said of Kyrgyz citizens on the gray list in the summer of 2025.
const july1 = figureOf("2025-07-01/2025-07-05", about(113_000), knownOn("2025-07-24"));
const july22 = figureOf("2025-07-22/2025-07-25", about(103_000), knownOn("2025-07-25"));
const later = [
  figureOf("2025-08-12", about(91_000), knownOn("2025-08-12")),
  figureOf("2025-08-28/2025-08-31", about(98_000), knownOn("2025-09-05")),
  figureOf("2025-09-05", about(85_000), knownOn("2025-09-05")),
  figureOf("2025-09-11", 73_278, knownOn("2025-09-11")),
];
const deadline = momentOf("2025-09-10").to;
const on26July = momentOf("2025-07-26").to;

const trend = (...series: FigureSnapshot[]) => trendOf(series, []);
const toTrend = (known: Parameters<typeof trendOf>[0]) => trendOf(known, []);

test("the pace: −488 a day, from −360 to −688, over 20.5 days", () => {
  const pace = paceBetween(july1, july22);
  expect(pace.change).toEqual({ value: -10_000, low: -11_000, high: -9000 });
  expect(pace.days).toBe(20.5);
  expect(Math.round(pace.perDay.value)).toBe(-488);
  expect(pace.perDay.high).toBe(-360);
  expect(pace.perDay.low).toBe(-687.5);
});

test("the projection: 79,100, band 67,400 to 86,600, needed 2,100 a day, 4.3 times the pace", () => {
  const projection = project(trend(july1, july22), deadline, on26July);
  if ("refused" in projection) throw new Error(projection.refused);
  const hundreds = (n: number) => Math.round(n / 100) * 100;
  expect(projection.days).toBe(49);
  expect(hundreds(projection.value)).toBe(79_100);
  expect(hundreds(projection.low)).toBe(67_400);
  // The slowest pace from the end of the last figure's time, the fastest from its beginning.
  expect(projection.band.low).toMatchObject({ bound: 102_500, days: 51 });
  expect(projection.band.high).toMatchObject({ bound: 103_500, days: 47 });
  expect(hundreds(projection.high)).toBe(86_600);
  expect(hundreds(projection.needed.perDay.value)).toBe(2100);
  expect(projection.needed.timesThePace?.toFixed(1)).toBe("4.3");
  expect(projection.rises).toBe(false);
});

test("what came, 73,278, lies inside the band of what could be projected on 26 July", () => {
  const series = [july1, july22, ...later];
  const { trials, outcome } = backTest(series, { endsAt: deadline, knownFrom: momentOf("2025-05-16").to }, toTrend);
  const known = trials.find(({ firstDay, lastDay }) => firstDay <= "2025-07-26" && "2025-07-26" <= lastDay);
  const hundreds = (n = 0) => Math.round(n / 100) * 100;
  expect([known?.projection.value, known?.projection.low, known?.projection.high].map(hundreds)).toEqual([79_100, 67_400, 86_600]);
  expect(outcome).toBe(later.at(-1));
  expect(known && verdictOf(known.projection, outcome as FigureSnapshot)).toBe("inside");
});

test("a figure that is restated later still was what could be projected from until then", () => {
  const restated = figureOf("2025-07-22/2025-07-25", about(109_000), { ...knownOn("2026-03-01"), restates: july22.statementId });
  const past = { endsAt: deadline, knownFrom: momentOf("2025-05-16").to };
  const series = [july1, july22, ...later];
  expect(backTest([...series, restated], past, toTrend)).toEqual(backTest(series, past, toTrend));
  const outcome = figureOf("2025-09-13", 70_000, { ...knownOn("2025-09-20"), restates: series.at(-1)?.statementId ?? null });
  expect(backTest([...series, outcome], past, toTrend).outcome).toBe(outcome);
});

test("settled between 30 April and 1 July: 3,000 in 62 days, 48 a day as said, at least 40 by the bounds", () => {
  const settled = { measure: "regularised" as const, periodStart: "2025-02-05" };
  const flow = flowBetween(figureOf("2025-04-30", about(4000), settled), figureOf("2025-07-01", moreThan(7000), settled), []);
  expect(flow?.count).toEqual({ value: 3000, low: 2500, high: null });
  expect(flow?.days).toBe(62);
  expect(Math.round(flow?.perDay.value ?? 0)).toBe(48);
  expect(Math.round(flow?.perDay.low ?? 0)).toBe(40);
  expect(flow?.perDay.high).toBeNull();
});

test("flows with other beginnings, none, or overlapping ends give none", () => {
  const settled = (asOf: string, periodStart: string | null) => figureOf(asOf, 1000, { measure: "regularised", periodStart });
  expect(flowBetween(settled("2025-04-30", "2025-02-05"), settled("2025-09-10", "2025-01-01"), [])).toBeUndefined();
  expect(flowBetween(settled("2025-04-30", null), settled("2025-09-10", null), [])).toBeUndefined();
  expect(flowBetween(settled("2025-07", "2025-02-05"), settled("2025-07-20", "2025-02-05"), [])).toBeUndefined();
});

test("new entries: the stock fell by less than were removed, so the rest must have been added", () => {
  const removed = (low: number, value: number, high: number) => ({ begins: july1.asOf, ends: july22.asOf, count: { value, low, high } });
  const removals = removed(14_000, 15_000, 16_000);
  const count = { value: 5000, low: 3000, high: 7000 };
  expect(newEntries(july1, july22, removals, [])).toEqual({ from: july1, to: july22, removals, count });
  expect(newEntries(july1, july22, { ...removed(1, 1, 1), ends: momentOf("2025-09-10") }, [])).toBeUndefined();
});

test("removals serve as one figure over the whole time, or as the flow between two", () => {
  const removed = (asOf: string, value: number, periodStart: string) => figureOf(asOf, value, { measure: "removed", periodStart });
  const whole = removed("2025-07-24", 15_000, "2025-07-03");
  expect(newEntriesBetween(july1, july22, [whole], [])?.count).toEqual({ value: 5000, low: 4000, high: 6000 });
  const two = [removed("2025-07-02", 7000, "2025-01-01"), removed("2025-07-23", 22_000, "2025-01-01")];
  expect(newEntriesBetween(july1, july22, two, [])?.count.value).toBe(5000);
  expect(newEntriesBetween(july1, july22, [removed("2025-09-10", 123_000, "2025-01-01")], [])).toBeUndefined();
  expect(newEntriesBetween(july1, july22, [{ ...whole, rank: "deprecated" }], [])).toBeUndefined();
});

test("a count of citizens present that stands behind another is not divided by, though it ends later", () => {
  const preferred = figureOf("2025-01/2025-03", about(352_000), { measure: "present", rank: "preferred" });
  const rival = figureOf("2025-02/2025-04", about(700_000), { measure: "present" });
  expect(perThousand(july22, [rival, preferred])?.present).toBe(preferred);
});

test("103,000 of 352,000 present are 293 per 1,000; a count older than a year or later than the figure does not serve", () => {
  const present = figureOf("2025-01/2025-03", about(352_000), { measure: "present" });
  const old = figureOf("2023", about(650_000), { measure: "present" });
  const tooLate = figureOf("2026-01-30", about(532_000), { measure: "present" });
  const result = perThousand(july22, [old, present, tooLate]);
  expect(result?.present).toBe(present);
  expect(Math.round(result?.perThousand.value ?? 0)).toBe(293);
  expect(perThousand(july22, [old, tooLate])).toBeUndefined();
  expect(perThousand({ ...july22, country: "ALL" }, [present])).toBeUndefined();
});

test("what is open on one side stays so per 1,000: less than 84,000 of 352,000 are at most 239", () => {
  const present = figureOf("2025-01/2025-03", about(352_000), { measure: "present" });
  const { perThousand: share } = perThousand(figureOf("2025-09-11", { qualifier: "less_than", value: 84_000 }), [present]) ?? {};
  expect(share?.low).toBeNull();
  expect(Math.round(share?.high ?? 0)).toBe(239);
  const most = figureOf("2025-01/2025-03", moreThan(352_000), { measure: "present" });
  expect(perThousand(figureOf("2025-09-11", 84_000), [most])?.perThousand.low).toBeNull();
});

test("the newest flow of a series is between the last two figures that count from the same day on", () => {
  const settled = (asOf: string, value: number, periodStart: string | null, told = {}) =>
    figureOf(asOf, value, { measure: "regularised", periodStart, ...told });
  const series = [
    settled("2025-04-30", 4000, "2025-02-05"),
    settled("2025-07-01", 7000, "2025-02-05"),
    settled("2025-08-01", 9000, "2025-02-05", { rank: "deprecated" }),
    settled("2025-07-22/2025-07-31", 17_000, "2025-02-05"),
    settled("2025-09-10", 39_096, "2025-01-01"),
    settled("2025-12", 50_000, null),
  ];
  expect(latestFlow(series, [])).toMatchObject({ count: { value: 10_000 }, days: 30 });
  expect(latestFlow(series.slice(1, 3), [])).toBeUndefined();
});

test("the index is 100 at the figure whose span holds the day, else at the last before it", () => {
  const whole = trend(july1, july22, ...later);
  const index = indexAt(whole, new Date("2025-07-03T00:00:00Z"));
  expect(index?.base).toBe(july1);
  expect(index?.points.map((p) => Math.round(p.index))).toEqual([100, 91, 81, 87, 75, 65]);
  expect(indexAt(whole, new Date("2025-07-15T00:00:00Z"))?.base).toBe(july1);
  expect(indexAt(whole, new Date("2025-06-01T00:00:00Z"))).toBeUndefined();
});

test("a statement restated by one known by then is not among the known", () => {
  const first = figureOf("2025-09-11", 14_584, knownOn("2025-09-11"));
  const second = figureOf("2025-09-10", 39_096, { ...knownOn("2025-09-17"), restates: first.statementId });
  expect(knownBy([first, second], momentOf("2025-09-16").to)).toEqual([first]);
  expect(knownBy([first, second], momentOf("2025-09-17").to)).toEqual([second]);
});
