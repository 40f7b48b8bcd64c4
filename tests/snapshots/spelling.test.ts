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

/** A number with nothing around it; its source need not have meant it exactly. */
const bare: [value: number, typed: string[]][] = [
  [113_000, ["113000", "113 000", "113\u00a0000", "113\u202f000", "113,000", "113.000", "113'000", "113’000", " 113 000 ", "0113000"]],
  [1_234_567, ["1 234 567", "1,234,567", "1.234.567"]],
  [0, ["0"]],
  [MOST_PERSONS, ["1,000,000,000"]],
];

/** A number in words, still without qualifier. */
const worded: [value: number, typed: string[]][] = [
  [
    113_000,
    [
      ...["113 тыс.", "113 тыс", "113тыс", "113 тысяч", "113 thousand", "113k", "113 K", "113 миң", "113 ming", "113 минг", "113 ҳазор"],
      ...["113 000 чел.", "113 000 человек", "113 тыс. человек", "113,000 people", "113 000 адам", "113 ming kishi", "113 ҳазор нафар"],
      ...["113,0 тыс.", "0,113 млн"],
    ],
  ],
  [1_063_000, ["1,063 млн", "1.063 million", "1,063 миллиона", "1 063 тыс.", "1.063 mln", "1,063 миллион"]],
  [500_000, ["0,5 млн", "0.5 million", "500 тыс.", "500 ming"]],
  [112_500, ["112,5 тыс.", "112.5k", "112,50 тыс."]],
];

const qualified: [said: Figure, typed: string[]][] = [
  [
    { qualifier: "exact", value: 34_786 },
    ["exactly 34,786", "ровно 34 786", "точно 34 786 человек", "так 34 786", "aniq 34 786", "дақиқ 34 786"],
  ],
  [
    { qualifier: "about", value: 113_000 },
    [
      ...[
        "~113 000",
        "~ 113 тыс.",
        "≈113000",
        "about 113,000",
        "some 113,000",
        "only some 113,000",
        "approximately 113k",
        "Roughly 113,000 people",
      ],
      ...["около 113 000", "ОКОЛО 113 тыс.", "примерно 113 тыс. человек", "приблизительно 113 000", "порядка 113 000"],
      ...["болжол менен 113 000", "болжол менен 113 миң адам", "113 000 чамасында", "чамасында 113 000"],
      ...[
        "taxminan 113 000",
        "taxminan 113 ming kishi",
        "113 ming atrofida",
        "тахминан 113 минг",
        "тақрибан 113 000",
        "тақрибан 113 ҳазор нафар",
        "қариб 113 000",
      ],
    ],
  ],
  [
    { qualifier: "more_than", value: 80_000 },
    [
      ...[
        "> 80 000",
        ">80000",
        "≥ 80 000",
        "80 000+",
        "80k+",
        "more than 80,000",
        "over 80,000",
        "at least 80,000",
        "no fewer than 80,000",
      ],
      ...["более 80 000", "больше 80 тыс.", "свыше 80 тысяч человек", "не менее 80 000", "более чем 80 000"],
      ...["80 000ден ашык", "80 000-ден ашык", "80 миңден ашуун", "80 миңден ашык адам", "80 миңден кем эмес", "кеминде 80 000"],
      ...[
        "80 000 dan ortiq",
        "80 000 dan koʻproq",
        "80 000 dan ko'proq",
        "80 mingdan ko’p",
        "80 mingdan ortiq kishi",
        "kamida 80 000",
        "80 минг дан ортиқ",
      ],
      ...["зиёда аз 80 000", "беш аз 80 000", "беш аз 80 ҳазор нафар", "на камтар аз 80 000"],
    ],
  ],
  [
    { qualifier: "less_than", value: 800_000 },
    [
      ...["< 800000", "<800 000", "≤ 800 000", "less than 800,000", "almost 800,000", "nearly 800,000", "under 800k", "at most 800,000"],
      ...["менее 800 000", "меньше 800 тыс.", "почти 800 000", "не более 800 тысяч"],
      ...[
        "800 000ден аз",
        "800 миңден аз",
        "дээрлик 800 000",
        "800 000 dan kam",
        "800 mingdan kam",
        "deyarli 800 000",
        "камтар аз 800 000",
        "кам аз 800 ҳазор",
      ],
    ],
  ],
  [
    { qualifier: "between", low: 100_000, high: 110_000 },
    [
      ...[
        "100–110 тыс.",
        "100-110 тыс",
        "100 — 110 тысяч",
        "100 тыс. – 110 тыс.",
        "100 тыс. – 110 000",
        "100 000 – 110 000",
        "100000-110000",
      ],
      ...[
        "от 100 до 110 тысяч",
        "от 100 000 до 110 000 человек",
        "между 100 000 и 110 000",
        "between 100,000 and 110,000",
        "from 100 to 110 thousand",
        "100k to 110k",
      ],
      ...[
        "100 миңден 110 миңге чейин",
        "100 000 – 110 000 адам",
        "100 000 dan 110 000 gacha",
        "100 dan 110 minggacha",
        "аз 100 000 то 110 000",
        "аз 100 то 110 ҳазор нафар",
      ],
    ],
  ],
  [{ qualifier: "between", low: 900_000, high: 1_200_000 }, ["0,9–1,2 млн", "900 тыс. – 1,2 млн", "between 0.9 and 1.2 million"]],
];

const refused: [code: string, why: string, typed: string[]][] = [
  [
    "not_a_number",
    "no number",
    ["", " ", "many", "тыс.", "около", "~", "-", "+", "тысяча", "сто тысяч", "1e5", "0x10", "١١٣", "１１３", "½"],
  ],
  [
    "not_a_number",
    "grouped wrongly, or by two signs",
    ["113 00", "1,234.567", "1 234,567 890", "113 0000", "1,23,456", "113, 000", "113\n000"],
  ],
  [
    "not_a_number",
    "up to and from: at most, or a half of a range",
    ["до 80 000", "up to 80,000", "от 80 000", "from 80,000", "то 80 000", "аз 80 000"],
  ],
  ["not_a_number", "about, or almost: the language leaves it open", ["113 миңге жакын", "qariyb 113 ming", "80 000 аз", "80 000 dan"]],
  [
    "not_a_number",
    "two qualifiers at once",
    ["~>80 000", "более около 5", "~80 000+", "около 100–110 тыс.", "более 80 000+", "almost over 5"],
  ],
  [
    "not_a_number",
    "words beyond the number",
    ["чуть более 80 000", "80 000 граждан Узбекистана", "80 000 (оценка)", "80 000?", "113 000 5%", "80 000 80 000"],
  ],
  ["not_a_number", "1063, or a million and more", ["1,063 тыс.", "1.063 thousand", "113,000k", "1,000 million"]],
  ["not_a_number", "from a hundred, or from a hundred thousand", ["100–110 000", "between 5 and 10,000"]],
  ["not_a_number", "three numbers, or half a range", ["100–110–120", "100 –", "– 100", "от 100 до", "between 100", "100 to"]],
  ["not_whole", "parts of persons", ["113,0000", "0.300", "112,5", "1.5", "около 1,5", "1,0635 тыс.", "0,0000005 млн", "100–110,5"]],
  ["below_zero", "fewer than nobody", ["-1", "−1", "-113 000", "около -5", "less than 0", "менее 0", "-5 тыс."]],
  ["too_many", "more than there are", ["1000000001", "1 000 000 001", "2000 млн", "около 1500 million", "9".repeat(20)]],
  ["not_above_low", "reversed", ["110–100 тыс.", "100–100", "between 5 and 4", "от 110 до 100 тысяч", "113-000", "100 000–110 тыс."]],
];

const table = <T>(rows: [T, string[]][]) => rows.flatMap(([expected, typed]) => typed.map((text) => [text, expected] as const));

describe("a figure as people type it", () => {
  test.each(table(bare))("%j is %i", (text, value) => {
    expect(readFigure(text)).toEqual({ ok: true, said: false, qualifier: "exact", value });
    expect(readCount(text)).toEqual({ ok: true, value });
  });

  test.each(table(worded))("%j is %i, in words", (text, value) => {
    expect(readFigure(text)).toEqual({ ok: true, said: false, qualifier: "exact", value, wording: text });
  });

  test.each(table(qualified))("%j is %j", (text, figure) => {
    expect(readFigure(` ${text}\n`)).toEqual({ ok: true, said: true, ...figure, wording: text });
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
        expect(readFigure(written), written).toEqual({ ok: true, said: true, ...said, wording: written });
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
