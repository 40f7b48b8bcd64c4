import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { SeriesTable } from "@/app/_components/series-table";
import { TrendChart } from "@/app/_components/trend-chart";
import type { Deadline } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import { wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import { type FigureSnapshot, hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { drawnAt } from "@/lib/trends/rules/bounds";
import { gapBetween, trendOf } from "@/lib/trends/rules/pieces";
import { figureOf, knownOn, noFigureOf } from "../snapshots/statements";

const words = wordsFor("en");
const dayAt = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const breakAt = (day: number): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(dayAt(day)),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: { en: "Another thing is counted" },
  source: { id: "s", title: "t", url: null },
});

const number = fc.integer({ min: 1, max: 900 });
const said = fc.oneof(
  number.map((n) => ({ qualifier: "exact" as const, value: n * 1000 })),
  number.map((n) => ({ qualifier: "about" as const, value: n * 1000 })),
  number.map((n) => ({ qualifier: "more_than" as const, value: n * 1000 })),
  number.map((n) => ({ qualifier: "less_than" as const, value: n * 1000 })),
  number.map((n) => ({ qualifier: "between" as const, low: n * 1000, high: n * 1000 + 8000 })),
);
const statement = fc
  .record({ day: fc.nat(300), length: fc.nat(30), said: fc.option(said, { nil: undefined, freq: 6 }), known: fc.nat(300) })
  .map(({ day, length, said, known }): Snapshot => {
    const asOf = length === 0 ? dayAt(day) : `${dayAt(day)}/${dayAt(day + length)}`;
    return said ? figureOf(asOf, said, knownOn(dayAt(known))) : noFigureOf(asOf);
  });
const series = fc.array(statement, { minLength: 2, maxLength: 12 });
const breaks = fc.array(fc.nat(300).map(breakAt), { maxLength: 2 });

type Point = { x: number; y: number };
const attributes = (tag: string) => Object.fromEntries([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
const numbers = (tag: string, ...names: string[]) => names.map((name) => Number.parseFloat(attributes(tag)[name] ?? ""));

/** What a chart's picture holds, read from its markup alone: its marks, its lines, and the number that a height stands for. */
function pictured(html: string) {
  const marks = [...html.matchAll(/<g class="mark( rival)?">.*?<svg ([^>]*)>/g)].map(([, rival, tag = ""]) => {
    const [x = 0, y = 0] = numbers(tag, "x", "y");
    return { x, y, rival: rival !== undefined };
  });
  const changes = [...html.matchAll(/<line class="change"[^>]*>/g)].map(([tag]) => {
    const [x1 = 0, x2 = 0, y1 = 0, y2 = 0] = numbers(tag, "x1", "x2", "y1", "y2");
    return [
      { x: x1, y: y1 },
      { x: x2, y: y2 },
    ] as [Point, Point];
  });
  const scale = html.slice(html.indexOf('class="scale"'), html.indexOf('role="img"'));
  const labels = [...scale.matchAll(/y="([\d.]+)"[^>]*>([\d,]+)</g)].map(
    ([, y, n]) => [Number(y) - 4, Number(n?.replaceAll(",", ""))] as const,
  );
  const [[y1, n1] = [0, 0], [y2, n2] = [0, 0]] = [labels[0], labels.at(-1)];
  const perPixel = (n2 - n1) / (y2 - y1);
  const dots = (html.slice(0, html.indexOf("<figcaption")).match(/class="dot/g) ?? []).length;
  return { marks, changes, dots, perPixel: Math.abs(perPixel), valueAt: (y: number) => n1 + (y - y1) * perPixel };
}

type Around = { deadlines?: Deadline[]; at?: Date };
const chart = (statements: readonly Snapshot[], cuts: readonly Event[], next?: Deadline, { deadlines, at }: Around = {}) =>
  renderToStaticMarkup(
    <TrendChart
      measure="gray_list"
      trend={trendOf(statements, cuts)}
      deadlines={deadlines ?? (next ? [next] : [])}
      next={next}
      events={[]}
      at={at ?? new Date("2026-03-01")}
      words={words}
    />,
  );

describe("a chart adds nothing to what was said", () => {
  test("it has one mark for each figure, each at a figure's own number, and none beside", () => {
    let drawn = 0;
    fc.assert(
      fc.property(series, breaks, (statements, cuts) => {
        const trend = trendOf(statements, cuts);
        const front = trend.pieces.flat();
        if (front.length < 2) return;
        drawn += 1;
        const { marks, dots, perPixel, valueAt } = pictured(chart(statements, cuts));
        expect(dots).toBe(marks.length);
        for (const [rival, figures] of [
          [false, front],
          [true, trend.rivals],
        ] as const) {
          const values = figures.map((f) => drawnAt(f.answer.figure)).sort((a, b) => a - b);
          const levels = marks.filter((m) => m.rival === rival).map((m) => valueAt(m.y));
          expect(levels).toHaveLength(values.length);
          for (const [index, level] of levels.sort((a, b) => a - b).entries())
            expect(Math.abs(level - (values[index] ?? Number.NaN))).toBeLessThanOrEqual(perPixel);
        }
      }),
    );
    expect(drawn).toBeGreaterThan(20);
  });

  test("its lines run from mark to mark, between neighbours with no break and no gap between, and nowhere else", () => {
    let lines = 0;
    fc.assert(
      fc.property(series, breaks, (statements, cuts) => {
        const trend = trendOf(statements, cuts);
        if (trend.pieces.flat().length < 2) return;
        const { marks, changes } = pictured(chart(statements, cuts));
        const front = marks.filter((m) => !m.rival);
        const at = (point: Point) => front.findIndex((m) => m.x === point.x && m.y === point.y);
        const joined = trend.pieces.flatMap((piece) =>
          piece.slice(1).filter((to, index) => !gapBetween(trend, piece[index] as FigureSnapshot, to)),
        );
        expect(changes).toHaveLength(joined.length);
        for (const [from, to] of changes) {
          expect(at(from)).toBeGreaterThanOrEqual(0);
          expect(at(to)).toBe(at(from) + 1);
          lines += 1;
        }
      }),
    );
    expect(lines).toBeGreaterThan(20);
  });

  test("its table has every statement once, with what was said and nothing else", () => {
    fc.assert(
      fc.property(series, (statements) => {
        const html = renderToStaticMarkup(<SeriesTable series={statements} of={undefined} vintage={undefined} words={words} />);
        const cells = [...html.matchAll(/<a href="\/en\/snapshots\/([^"]+)">([^<]*)<\/a>/g)].map(([, id, text]) => [id, text]);
        expect(cells).toEqual(
          statements.map((s) => [s.statementId, hasFigure(s) ? words.figure(s.answer.figure) : words.t("missing.declined")]),
        );
      }),
    );
  });
});

describe("a chart reaches to the deadline ahead", () => {
  const figures = [figureOf("2025-07-01", 113_000), figureOf("2025-07-25", 103_000)];
  const deadline = (day: string) => ({ statementId: "d", endsAt: momentOf(day).to, zone: "Europe/Moscow" }) as Deadline;

  test("with its line right of every figure, and its day in words", () => {
    const html = chart(figures, [], deadline("2025-09-10"));
    expect(html).toContain("10 September 2025: deadline");
    const [line = 0] = numbers(/<g class="dated deadline"><line [^>]*>/.exec(html)?.[0] ?? "", "x1");
    for (const { x } of pictured(html).marks) expect(x).toBeLessThan(line - 20);
  });

  test("but not to one so far off that the figures had no room", () => {
    expect(chart(figures, [], deadline("2027-09-10"))).not.toContain("dated deadline");
    expect(chart(figures, [])).not.toContain("dated deadline");
  });

  test("and to one that has passed since the last figure, but not to one it was never near", () => {
    const of = (day: string, at: string) => chart(figures, [], undefined, { deadlines: [deadline(day)], at: new Date(at) });
    expect(of("2025-09-10", "2025-10-01")).toContain("10 September 2025: deadline");
    expect(of("2025-09-10", "2025-09-01")).not.toContain("dated deadline");
    expect(of("2026-09-10", "2026-10-01")).not.toContain("dated deadline");
  });
});

test("the picture in words names the rivals, and the key every kind of mark there is", () => {
  const rivals = [
    figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30")),
    figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26")),
  ];
  const html = chart([figureOf("2025-09-15", 72_739), ...rivals], []);
  expect(html).toMatch(/aria-label="[^"]*Other statements about the same times: more than 128,497\./);
  for (const key of ["trend.rivalMark", "trend.boundsMark", "trend.openMark"] as const) expect(html).toContain(words.t(key));
  const exact = chart([figureOf("2025-09-15", 72_739), figureOf("2026-01-15", 34_786)], []);
  for (const key of ["trend.rivalMark", "trend.boundsMark", "trend.openMark"] as const) expect(exact).not.toContain(words.t(key));
});
