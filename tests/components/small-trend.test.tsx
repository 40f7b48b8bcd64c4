import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SmallTrend } from "@/app/_components/small-trend";
import { momentOf } from "@/lib/moments/rules";
import type { Figure } from "@/lib/snapshots/rules";
import { type Drawn, drawn, drawnFigure } from "@/lib/trends/rules/drawn";
import { drawnSeries } from "@/lib/trends/rules/drawn-series";
import { trendOf } from "@/lib/trends/rules/pieces";
import { figureOf, noFigureOf } from "../snapshots/statements";

const about = (value: number): Figure => ({ qualifier: "about", value });

const series = [
  figureOf("2025-07-01/2025-07-05", about(113_000)),
  figureOf("2025-08-12", 91_000),
  figureOf("2025-09-11", 73_278),
  figureOf("2025-11", { qualifier: "more_than", value: 128_497 }),
];
const breakOn = (day: string) => ({
  statementId: "break",
  happenedOn: momentOf(day),
  kind: "break" as const,
  countries: ["ALL"],
  measures: ["gray_list" as const],
  what: {},
  source: { id: "source", title: "Somewhere", url: null },
});

const picture = (trend = trendOf(series, []), candidate?: Drawn) =>
  renderToStaticMarkup(<SmallTrend series={drawnSeries(trend)} candidate={candidate} alternative="Four figures" />);
const count = (text: string, part: string) => text.split(part).length - 1;

describe("the small trend", () => {
  test("has every figure as a dot, the vague ones hollow, and its own words", () => {
    const drawnPicture = picture();
    expect(drawnPicture).toContain('role="img" aria-label="Four figures" width="100%" height="120"');
    expect(count(drawnPicture, 'class="dot"')).toBe(2);
    expect(count(drawnPicture, 'class="dot vague"')).toBe(2);
    expect(count(drawnPicture, 'class="bounds"')).toBe(2);
    expect(count(drawnPicture, 'class="open"')).toBe(1);
    expect(count(drawnPicture, 'class="change"')).toBe(3);
  });

  test("draws a span of days wider than a day", () => {
    const [span, day] = [...picture().matchAll(/class="span" x1="([\d.]+)%" x2="([\d.]+)%"/g)].map(([, a, b]) => Number(b) - Number(a));
    expect(span).toBeCloseTo((day ?? 0) * 5, 1);
  });

  test("is cut at a break and at a gap", () => {
    expect(count(picture(trendOf(series, [breakOn("2025-09-01")])), 'class="change"')).toBe(2);
    expect(count(picture(trendOf([...series, noFigureOf("2025-10")], [])), 'class="change"')).toBe(2);
  });

  test("has the figure being entered, larger and joined to nothing, inside the picture", () => {
    const candidate = drawnFigure("entered", about(500_000), momentOf("2026-01"));
    const drawnPicture = picture(trendOf(series, []), candidate);
    expect(count(drawnPicture, 'class="mark candidate"')).toBe(1);
    expect(count(drawnPicture, 'r="6.5"')).toBe(1);
    expect(count(drawnPicture, 'class="change"')).toBe(3);
    const places = [...drawnPicture.matchAll(/(?:x1|x2|x)="([\d.-]+)%"/g)].map(([, at]) => Number(at));
    expect(Math.max(...places)).toBeLessThanOrEqual(100);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    const heights = [...drawnPicture.matchAll(/ y="([\d.-]+)"/g)].map(([, at]) => Number(at));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
  });

  test("draws a figure with nothing before it, a count of none too, and nothing where there is nothing", () => {
    const alone = picture(trendOf([], []), drawnFigure("entered", { qualifier: "exact", value: 0 }, momentOf("2026-01-15")));
    expect(count(alone, 'class="mark candidate"')).toBe(1);
    expect(alone).not.toMatch(/NaN|Infinity/);
    expect(picture(trendOf([], []))).toBe("");
  });

  test("has rivals as diamonds", () => {
    const rival = figureOf("2025-11-15", 124_000, { rank: "normal", knownFrom: new Date("2025-12-01T00:00:00Z") });
    expect(count(picture(trendOf([...series, rival], [])), 'class="mark rival"')).toBe(1);
  });

  test("is drawn from data that survives being sent", () => {
    const figure = drawn(series[0] as (typeof series)[number]);
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(figure).toMatchObject({ value: 113_000, low: 112_500, high: 113_500, exact: false });
  });
});
