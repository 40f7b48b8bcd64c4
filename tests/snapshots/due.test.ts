import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { measureCodes } from "@/lib/measures/rules";
import { DUE_AFTER_DAYS, standings } from "@/lib/snapshots/due";
import type { Snapshot } from "@/lib/snapshots/rules";
import { figureOf, noFigureOf, unchangedAt } from "./statements";

const NOW = new Date("2026-03-01T09:00:00Z");
const ofGray = (...statements: Snapshot[]) => standings(["KG"], ["gray_list"], statements, NOW)[0];

describe("a series is due", () => {
  test.each<[string, Snapshot[], boolean]>([
    ["that nobody was ever asked about", [], true],
    ["whose last moment was 31 days ago", [figureOf("2026-01-29", 1)], true],
    ["whose last moment was 30 days ago", [figureOf("2026-01-30", 1)], false],
    ["whose last span began long ago but ended now", [figureOf("2025-01-01/2026-02-28", 1)], false],
    ["of which today is the last day", [figureOf("2026-03", 1)], false],
    ["for which there was no figure lately", [figureOf("2025-07-01", 1), noFigureOf("2026-02-20")], false],
    ["that had not changed lately", [figureOf("2025-07-01", 1), unchangedAt("2026-02-20")], false],
    ["of which only another country's or another count's is new", [figureOf("2026-02-20", 1, { measure: "black_list" })], true],
  ])("%s: %#", (_what, statements, due) => {
    expect(ofGray(...statements)?.due).toBe(due);
  });

  test("by Moscow's days", () => {
    const last = figureOf("2026-01-29", 1);
    const at = (now: string) => standings(["KG"], ["gray_list"], [last], new Date(now))[0]?.due;
    expect([at("2026-02-28T20:59:59Z"), at("2026-02-28T21:00:00Z")]).toEqual([false, true]);
    expect(DUE_AFTER_DAYS).toBe(30);
  });
});

test("tells the newest figure in front, and what was said last, with or without a figure", () => {
  const [older, rival, newest, asked] = [
    figureOf("2026-01-01", 1),
    figureOf("2026-02-01", 2, { rank: "deprecated" }),
    figureOf("2026-02-01", 3),
    noFigureOf("2026-02-10"),
  ];
  expect(ofGray(asked, rival, newest, older)).toMatchObject({ newest, asked });
  expect(ofGray(asked)).toMatchObject({ newest: undefined, asked });
  expect(ofGray()).toEqual({ country: "KG", measure: "gray_list", newest: undefined, asked: undefined, due: true });
});

test("those due come first, among them the longest unasked, then those never asked about", () => {
  const statements = [
    figureOf("2025-06-01", 1),
    figureOf("2026-02-25", 1, { measure: "black_list" }),
    figureOf("2025-05-01", 1, { country: "TJ" }),
  ];
  const order = standings(["KG", "TJ"], ["gray_list", "black_list"], statements, NOW).map((s) => `${s.country} ${s.measure}`);
  expect(order).toEqual(["TJ gray_list", "KG gray_list", "TJ black_list", "KG black_list"]);
});

test("every series of the countries and measures stands exactly once, by its own statements alone", () => {
  const country = fc.constantFrom("KG", "TJ", "UZ");
  const measure = fc.constantFrom(...measureCodes);
  const statement = fc
    .tuple(country, measure, fc.integer({ min: 1, max: 28 }), fc.nat(3))
    .map(([of, counted, day, kind]) =>
      kind === 0
        ? noFigureOf(`2026-02-${String(day).padStart(2, "0")}`, "declined", { country: of, measure: counted })
        : figureOf(`202${3 + kind - 1}-02-${String(day).padStart(2, "0")}`, day, { country: of, measure: counted }),
    );
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 30 }), (statements) => {
      const made = standings(["KG", "TJ"], measureCodes, statements, NOW);
      // The two lists always, other counts once something was said of them.
      const wanted = ["KG", "TJ"].flatMap((of) =>
        measureCodes
          .filter((counted) => counted.endsWith("_list") || statements.some((s) => s.country === of && s.measure === counted))
          .map((counted) => `${of} ${counted}`),
      );
      expect(made.map((s) => `${s.country} ${s.measure}`).sort()).toEqual(wanted.sort());
      expect(made.map((s) => s.due)).toEqual([...made.map((s) => s.due)].sort((a, b) => Number(b) - Number(a)));
      for (const { country: of, measure: counted, newest, asked } of made) {
        const own = statements.filter((s) => s.country === of && s.measure === counted);
        expect(asked === undefined).toBe(own.length === 0);
        for (const one of own) expect(asked && one.asOf.to <= asked.asOf.to).toBe(true);
        if (newest) expect(own).toContain(newest);
      }
    }),
  );
});
