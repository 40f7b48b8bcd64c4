import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { formatNumber } from "@/lib/i18n/numbers";
import { wordsFor } from "@/lib/i18n/words";
import { FIGURE_WORDS } from "@/lib/snapshots/figure-words";
import type { Figure } from "@/lib/snapshots/rules";
import { MOST_PERSONS, readCount, readFigure } from "@/lib/snapshots/spelling";
import { bare, qualified, refused, worded } from "./typed-figures";

const table = <T>(rows: [T, string[]][]) => rows.flatMap(([expected, typed]) => typed.map((text) => [text, expected] as const));

describe("a figure as people type it", () => {
  test.each(table(bare))("%j is %i", (text, value) => {
    expect(readFigure(text)).toEqual({ ok: true, said: false, qualifier: "exact", value });
    expect(readCount(text)).toEqual({ ok: true, value });
  });

  test.each(table(worded))("%j is %i, in words", (text, value) => {
    expect(readFigure(text)).toEqual({ ok: true, said: false, qualifier: "exact", value });
  });

  test.each(table(qualified))("%j is %j", (text, figure) => {
    expect(readFigure(` ${text}\n`)).toEqual({ ok: true, said: true, ...figure });
    expect(readCount(text)).toHaveProperty("ok", false);
  });

  test("forty spellings and more, in five languages", () => {
    expect(new Set([...table(bare), ...table(worded), ...table(qualified)].map(([text]) => text)).size).toBeGreaterThan(120);
  });

  test("the words of the starter record are read as it has them", () => {
    const file = path.resolve(import.meta.dirname, "../../data/starter/statements.csv");
    const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true });
    const said = rows.filter(({ wording }) => wording);
    expect(said.length).toBeGreaterThan(8);
    for (const { wording = "", qualifier, value } of said)
      expect(readFigure(wording), wording).toMatchObject({ qualifier, value: Number(value), said: true });
  });
});

describe("what is not wholly understood is refused", () => {
  test.each(refused.flatMap(([code, why, typed]) => typed.map((text) => [text, why, code])))("%j, %s: %s", (text, _why, code) => {
    expect(readFigure(text)).toEqual({ ok: false, code });
  });
});

const count = fc.oneof(
  fc.integer({ min: 1, max: MOST_PERSONS }),
  fc.integer({ min: 1, max: 10_000 }),
  fc.integer({ min: 1, max: 1000 }).map((n) => n * 1000),
);
const figure: fc.Arbitrary<Figure> = fc.oneof(
  fc.record({ qualifier: fc.constantFrom("about", "more_than", "less_than"), value: count }),
  fc
    .tuple(count, count)
    // "100–110 000" is refused, since its beginning may lack its thousand.
    .filter(([low, high]) => low < high && !(low < 1000 && low * 1000 < high))
    .map(([low, high]) => ({ qualifier: "between", low, high }) as const),
);

describe.each(languages)("what the product writes in %s it reads again", (language) => {
  test("numbers", () => {
    fc.assert(
      fc.property(count, (value) => {
        const written = formatNumber(language, value);
        expect(readFigure(written), written).toEqual({ ok: true, said: false, qualifier: "exact", value });
        expect(readFigure(wordsFor(language).figure({ qualifier: "exact", value }))).toMatchObject({ qualifier: "exact", value });
      }),
      { numRuns: 300 },
    );
  });

  test("figures", () => {
    fc.assert(
      fc.property(figure, (said) => {
        const written = wordsFor(language).figure(said);
        expect(readFigure(written), written).toEqual({ ok: true, said: true, ...said });
      }),
      { numRuns: 500 },
    );
  });
});

const KNOWN = new Set(
  Object.values(FIGURE_WORDS).flatMap(({ before, after, afterFrom, fromEnding, thousand, million, people, ranges }) =>
    [
      ...[before, after, afterFrom].flatMap((kind) => Object.values(kind).flat()),
      ...fromEnding,
      ...thousand,
      ...million,
      ...people,
      ...ranges.flat(),
    ].flatMap((words) => words.split(" ")),
  ),
);
const stranger = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
    fc.constantFrom("граждан", "-", ".", "(", "%", "около80", "m", "?"),
  )
  .filter((text) => !/[\s\d]/.test(text) && !KNOWN.has(text.normalize("NFC").toLowerCase()));

/** The digits that say something, without the noughts that a scale may add or take away. */
const digitsOf = (text: string) => text.replace(/\D/g, "").replace(/0/g, "");

describe("no string is too strange", () => {
  const typed = [...table(bare), ...table(worded), ...table(qualified)].map(([text]) => text.trim());

  test("none makes it throw, and every digit typed is in the result", () => {
    const pieces = fc.array(fc.constantFrom(...KNOWN, ..."0123456789 .,'-–+~<>", "113", "000", "80", "\u00a0", "\0"), { maxLength: 8 });
    const number = fc.tuple(count, fc.constantFrom(...languages)).map(([value, language]) => formatNumber(language, value));
    const word = fc.oneof(fc.constant(""), fc.constantFrom(...KNOWN));
    const said = fc
      .tuple(word, number, word, fc.constantFrom("", "", "1", "2,5", "80 000"), word)
      .map((list) => list.filter(Boolean).join(" "));
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string(),
          pieces.map((list) => list.join("")),
          pieces.map((list) => list.join(" ")),
          said,
        ),
        (text) => {
          const read = readFigure(text);
          readCount(text);
          if (!read.ok) return;
          taken += 1;
          const values = read.qualifier === "between" ? [read.low, read.high] : [read.value];
          expect(digitsOf(values.join()), text).toBe(digitsOf(text));
          for (const value of values) expect(Number.isInteger(value) && value >= 0 && value <= MOST_PERSONS, text).toBe(true);
        },
      ),
      { numRuns: 10_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  test("a word that no figure has is never dropped", () => {
    fc.assert(
      fc.property(fc.constantFrom(...typed), stranger, (text, more) => {
        expect(readFigure(`${text} ${more}`), `${text} ${more}`).toHaveProperty("ok", false);
        expect(readFigure(`${more} ${text}`), `${more} ${text}`).toHaveProperty("ok", false);
      }),
      { numRuns: 3000 },
    );
  });
});
