import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { warningInWords } from "@/lib/i18n/warning-words";
import { wordsFor } from "@/lib/i18n/words";
import { type Measure, measureCodes } from "@/lib/measures/rules";
import { courseOf, FEWEST_CHANGES } from "@/lib/snapshots/jumps";
import { FEWEST_FIGURES } from "@/lib/snapshots/levels";
import { type Answer, type Figure, QUALIFIERS } from "@/lib/snapshots/rules";
import { WARNINGS } from "@/lib/snapshots/warnings";
import { breakOn, candidate, codes, warnings } from "./candidates";
import { figureOf, noFigureOf, unchangedAt } from "./statements";

const day = fc.integer({ min: 0, max: 800 }).map((n) => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const asOf = fc.oneof(
  day,
  day.map((text) => text.slice(0, 7)),
  day.map((text) => text.slice(0, 4)),
);
const persons = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1_000_000_000 }));
const anyFigure: fc.Arbitrary<Figure> = fc
  .record({ qualifier: fc.constantFrom(...QUALIFIERS), value: persons, more: fc.integer({ min: 1, max: 9_999 }) })
  .map(({ qualifier, value, more }) => (qualifier === "between" ? { qualifier, low: value, high: value + more } : { qualifier, value }));
const measure = fc.constantFrom<Measure>(...measureCodes);
const periodStart = fc.constantFrom(null, "2023-01-01", "2024-01-01");
const rank = fc.constantFrom("preferred", "normal", "deprecated");
const anyStatement = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(asOf, anyFigure, fc.record({ measure, periodStart, rank }))
      .map(([at, figure, told]) => figureOf(at, figure, told as object)),
  },
  asOf.map((at) => noFigureOf(at)),
  asOf.map((at) => unchangedAt(at)),
);
const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(anyFigure, fc.constantFrom(null, 0, 0.3, 1))
      .map(([figure, share]): Answer => ({ kind: "figure", figure, wording: null, childrenShare: share })),
  },
  fc.constant<Answer>({ kind: "unchanged" }),
  fc.constant<Answer>({ kind: "missing", reason: "declined" }),
);
const anyCandidate = fc
  .tuple(asOf, anyAnswer, measure, periodStart)
  .map(([at, said, of, start]) => candidate(at, said, { measure: of, periodStart: start }));

describe("whatever is recorded, after whatever was", () => {
  test("warnings are values with a code, a kind, sound numbers and a sentence; the same twice", () => {
    fc.assert(
      fc.property(anyCandidate, fc.array(anyStatement, { maxLength: 30 }), (said, statements) => {
        const told = warnings(said, statements, [breakOn("2025-02-05")]);
        expect(warnings(said, statements, [breakOn("2025-02-05")])).toEqual(told);
        for (const warning of told) {
          expect(WARNINGS).toHaveProperty(warning.code);
          expect(["warning", "note"]).toContain(warning.kind);
          expect(warningInWords(warning, wordsFor("en"))).not.toMatch(/NaN|undefined|∞|Infinity/);
        }
        expect(new Set(told.map(({ code }) => code)).size).toBe(told.length);
      }),
      { numRuns: 300 },
    );
  });

  test("few figures make no jump", () => {
    const few = fc.array(
      fc.tuple(asOf, anyFigure).map(([at, figure]) => figureOf(at, figure)),
      { maxLength: FEWEST_CHANGES },
    );
    fc.assert(fc.property(asOf, anyFigure, few, (at, figure, statements) => !codes(candidate(at, figure), statements).includes("jump")));
  });

  test("a change no sharper than one the series has seen is no jump", () => {
    const values = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: FEWEST_CHANGES + 1, maxLength: 15 });
    fc.assert(
      fc.property(values, fc.double({ min: -1, max: 1, noNaN: true }), (all, part) => {
        const every10Days = (n: number) => new Date(Date.UTC(2025, 2, 1) + n * 10 * 86_400_000).toISOString().slice(0, 10);
        const series = all.map((value, i) => figureOf(every10Days(i), value));
        const sharpest = Math.max(...courseOf(figureOf(every10Days(all.length), 1), series, []).changes.map(({ apart }) => apart));
        const next = Math.round(Math.expm1(Math.log1p(all.at(-1) ?? 0) + part * sharpest) * 0.999_999);
        fc.pre(Math.abs(Math.log1p(next) - Math.log1p(all.at(-1) ?? 0)) <= sharpest);
        expect(codes(candidate(every10Days(all.length), next), series)).not.toContain("jump");
      }),
    );
  });

  test("a figure inside the range so far is never out of range", () => {
    const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: FEWEST_FIGURES, maxLength: 20 });
    const days = fc.integer({ min: 1, max: 600 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), days, (all, part, after) => {
        const on = (n: number) => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
        const [lowest, highest] = [Math.min(...all), Math.max(...all)];
        const said = Math.round(lowest + part * (highest - lowest));
        const series = all.map((value, i) => figureOf(on(i * 10), value));
        expect(codes(candidate(on(all.length * 10 + after), said), series)).not.toContain("out_of_range");
      }),
    );
  });

  test("a figure is never both a jump and out of range, and never out of the range of few", () => {
    fc.assert(
      fc.property(anyCandidate, fc.array(anyStatement, { maxLength: 30 }), (said, statements) => {
        const told = codes(said, statements);
        if (!told.includes("out_of_range")) return;
        expect(told).not.toContain("jump");
        expect(statements.length).toBeGreaterThanOrEqual(FEWEST_FIGURES);
      }),
      { numRuns: 300 },
    );
  });
});
