import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, formatMoment } from "@/lib/i18n/dates";
import { languages } from "@/lib/i18n/languages";
import { MESSAGES } from "@/lib/i18n/translator";
import { DATE_WORDS, SMALL_WORDS } from "@/lib/moments/date-words";
import { momentOf, parseMoment } from "@/lib/moments/rules";
import { LONGEST_MOMENT, readMoment } from "@/lib/moments/spelling";

const INSTANT = "2025-07-24T18:00+03:00";
const SPAN = "2025-07-01/2025-07-05";
const OVER_THE_MONTH = "2025-06-28/2025-07-03";

/** What a moment is understood as, and every way to type it. */
const understood: [iso: string, typed: string[]][] = [
  [
    "2025-07-24",
    [
      ...["2025-07-24", " 2025-07-24\n", "2025-7-24", "2025/07/24", "2025.07.24"],
      ...["24.07.2025", "24.7.2025", "24.07.2025 г.", "24/07/2025", "07/24/2025", "24-07-2025"],
      ...["24 July 2025", "July 24, 2025", "July 24 2025", "24 Jul 2025", "Jul. 24, 2025", "24th July 2025", "24-Jul-2025", "24 JULY 2025"],
      ...[
        "24 июля 2025",
        "24 июля 2025 г.",
        "24 июля 2025г.",
        "24 июля 2025 года",
        "24 июл. 2025",
        "24\u00a0июля\u202f2025",
        "24-го июля 2025",
      ],
      ...["2025-жылдын 24-июлу", "2025-ж. 24-июль", "24-июль 2025", "2025 жылдын 24 июлу", "24-июлу 2025-жылы"],
      ...["2025-yil 24-iyul", "24-iyul 2025-yil", "24 iyul 2025", "2025 yil 24 iyul", "2025-йил 24-июл", "24 iyul 2025 y."],
      ...["24 июли соли 2025", "24 июли 2025", "24 июл 2025"],
    ],
  ],
  [
    "2025-07",
    [
      ...[
        "2025-07",
        "07.2025",
        "7.2025",
        "07/2025",
        "07-2025",
        "2025.07",
        "July 2025",
        "Jul 2025",
        "июль 2025",
        "июля 2025",
        "Июль 2025 г.",
      ],
      ...["2025-жылдын июлу", "2025-жыл июль", "2025-жылдын июль айы", "2025-yil iyul", "iyul 2025", "2025-yil iyul oyi"],
      ...["июли 2025", "июли соли 2025", "моҳи июли соли 2025"],
    ],
  ],
  ["2025", ["2025", "2025 год", "2025 г.", "2025г", "2025-жыл", "2025-жылы", "2025-yil", "2025 yil", "соли 2025"]],
  ["2025-05-05", ["05/05/2025", "5 May 2025", "5 мая 2025", "2025-жылдын 5-майы", "5-may 2025-yil", "5 майи 2025"]],
  [
    SPAN,
    [
      ...[SPAN, "1-5.07.2025", "01.07.2025–05.07.2025", "01.07.2025 - 05.07.2025", "01.07-05.07.2025", "2025-07-01 – 2025-07-05"],
      ...["1–5 июля 2025", "1-5 июля 2025", "1—5 июля 2025 г.", "1 – 5 июля 2025 года", "с 1 по 5 июля 2025", "1 июля – 5 июля 2025"],
      ...["1–5 July 2025", "1 to 5 July 2025", "from 1 to 5 July 2025", "1st to 5th July 2025", "July 1-5, 2025", "1 July - 5 July 2025"],
      ...["2025-жылдын 1–5-июлу", "2025-yil 1–5-iyul", "1-5-iyul 2025-yil", "1–5 июли 2025", "аз 1 то 5 июли соли 2025"],
    ],
  ],
  [
    OVER_THE_MONTH,
    [
      ...["28 июня – 3 июля 2025", "с 28 июня по 3 июля 2025 г.", "28 June – 3 July 2025", "28.06–03.07.2025", "28.06.2025-03.07.2025"],
      ...["2025-жылдын 28-июну – 3-июлу", "2025-жылдын 28-июну – 2025-жылдын 3-июлу", "2025-yil 28-iyun – 3-iyul", "28 июни – 3 июли 2025"],
    ],
  ],
  ["2024-12-28/2025-01-03", ["28 декабря 2024 – 3 января 2025", "28.12.2024–03.01.2025", "from 28 December 2024 to 3 January 2025"]],
  ["2025-07/2025-08", ["июль–август 2025", "July – August 2025", "07.2025-08.2025", "2025-yil iyul – avgust", "2025-07 – 2025-08"]],
  ["2024/2025", ["2024/2025", "2024–2025", "2024 год – 2025 год", "с 2024 по 2025 год", "соли 2024 – соли 2025"]],
  [
    INSTANT,
    [
      ...[INSTANT, "2025-07-24 18:00 +03:00", "24.07.2025 18:00 +03:00", "24.07.2025, 18:00 +0300", "24.07.2025 18:00 UTC+3"],
      ...["24.07.2025 18:00 МСК", "24.07.2025 18:00 MSK", "24.07.2025 18:00 по Москве", "24.07.2025 18:00 (МСК)"],
      ...["24.07.2025 18:00 Moscow time", "24 July 2025 at 18:00 Moscow time", "July 24, 2025, 18:00 (Moscow)"],
      ...["24 июля 2025, 18:00 (Москва)", "24 июля 2025 в 18:00 по московскому времени", "2025-жылдын 24-июлу, 18:00 (Москва)"],
      ...[
        "2025-yil 24-iyul, 18:00 (Moskva)",
        "24.07.2025 18:00 Moskva vaqti",
        "24 июли 2025, 18:00 (Москва)",
        "24 июли 2025 18:00 вақти Москва",
      ],
    ],
  ],
  ["2025-07-24T15:00Z", ["2025-07-24T15:00Z", "24.07.2025 15:00 UTC", "24 июля 2025, 15:00 GMT"]],
  ["2025-07-24T09:05:30+06:00", ["24.07.2025 9:05:30 +06:00", "24 июля 2025 9:05:30 +6"]],
  // Moscow was an hour further ahead of Greenwich then.
  ["2012-07-24T18:00+04:00", ["24.07.2012 18:00 МСК"]],
  [`${INSTANT}/2025-07-25T09:00+03:00`, ["24.07.2025 18:00 МСК – 25.07.2025 09:00 МСК"]],
];

const refused: [code: string, typed: string[]][] = [
  ["year_short", ["24.07.25", "24/07/25", "24-07-25", "24 июля 25 г.", "24 July 25", "1-5.07.25"]],
  ["day_month_unclear", ["05/07/2025", "5/7/2025", "05-07-2025", "05/07/2025 18:00 МСК", "05/07/2025 – 13/07/2025"]],
  [
    "year_missing",
    ["24 июля", "24.07", "July 24", "24-июль", "1–5 июля", "с 1 по 5 июля", "28 June – 3 July", "24 июля 18:00 МСК", "28.06.2025 – 03.07"],
  ],
  ["zone_missing", ["24.07.2025 18:00", "2025-07-24T18:00", "24 июля 2025, 18:00", "2025-07-24 18:00:00", "24 July 2025 at 18:00"]],
  [
    "no_such_date",
    [
      ...[
        "30.02.2025",
        "2025-02-30",
        "30 февраля 2025",
        "February 30, 2025",
        "2025-жылдын 31-июну",
        "29.02.2025",
        "30/02/2025",
        "13/13/2025",
      ],
      ...["2025-13", "13.2025", "00.07.2025", "32.07.2025", "1–31 июня 2025", "24.07.2025 24:00 МСК", "24.07.2025 18:60 МСК"],
      // The clocks of Moscow were put forward over this hour.
      ...["24.07.2025 18:00 +24:00", "28.03.2010 02:30 МСК"],
    ],
  ],
  [
    "span_reversed",
    // Whether December is of the year before would be a guess.
    ["5–1 июля 2025", "5–5 июля 2025", "2025-07-05/2025-07-01", "05.07.2025–01.07.2025", "28 декабря – 3 января 2026", "2025–2024"],
  ],
  [
    "moment_unreadable",
    [
      ...["", " ", "soon", "вчера", "июль", "July", "24", "1-5", "18:00", "0001", "0999", "20250724", "٢٠٢٥", "２０２５", "2025?"],
      ...[
        "24 июля 2025.",
        "24 июля 2025 утром",
        "около 24 июля 2025",
        "24 июля 2025 18",
        "24 25 июля 2025",
        "июль июль 2025",
        "24 июля 2025 2026",
      ],
      // A beginning or an end alone is half a span.
      ...[
        "с 1 июля 2025",
        "по 5 июля 2025",
        "1 июля 2025 –",
        "/2025-07-01",
        "2025-07-01/",
        "from July 2025",
        "до 5 июля 2025",
        "к 1 июля 2025",
      ],
      // May be 2024 to July 2025, or July 2024 to 2025.
      ...["2024-07-2025", "1-07.2025", "2025-07-01/2025-07-02/2025-07-03", "24.07.2025 18:00 по Бишкеку", "24.07.2025 18:00 МСК+2"],
      ...["июль 2025 18:00 МСК", "24.07.2025 6 pm MSK", "24 июля 2025 18:00-19:00 МСК", "<24 июля 2025>", "24 A 2025", "1 и 5 июля 2025"],
    ],
  ],
];

describe("a moment as people type it", () => {
  test.each(understood.flatMap(([iso, typed]) => typed.map((text) => [text, iso])))("%j is %s", (text, iso) => {
    expect(readMoment(text)).toEqual({ ok: true, iso });
    expect(parseMoment(iso)).toBeDefined();
  });

  test("forty spellings and more, in five languages", () => {
    expect(new Set(understood.flatMap(([, typed]) => typed)).size).toBeGreaterThan(120);
  });
});

describe("what is not wholly understood is refused", () => {
  test.each(refused.flatMap(([code, typed]) => typed.map((text) => [text, code])))("%j: %s", (text, code) => {
    expect(readMoment(text)).toEqual({ ok: false, code });
  });
});

describe("the tables of words", () => {
  const spellings = Object.values(DATE_WORDS).flatMap(({ months, year }) => [
    ...months.flatMap((names, month) => names.split(" ").map((name) => [name, `month ${month}`] as const)),
    ...year.split(" ").map((name) => [name, "year"] as const),
  ]);
  const small = Object.entries(SMALL_WORDS).flatMap(([kind, names]) => names.split(" ").map((name) => [name, kind] as const));

  test("one word has one meaning in all five languages", () => {
    const meanings = new Map<string, Set<string>>();
    for (const [name, meaning] of [...spellings, ...small]) {
      const bare = name.replace(".", "");
      meanings.set(bare, (meanings.get(bare) ?? new Set()).add(meaning));
    }
    expect([...meanings].filter(([, of]) => of.size > 1)).toEqual([]);
  });

  test.each(languages)("%s has twelve months", (language) => {
    expect(DATE_WORDS[language].months).toHaveLength(12);
  });
});

const day = fc
  .date({ min: new Date("1992-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const part = fc.tuple(day, fc.constantFrom(4, 7, 10)).map(([iso, length]) => iso.slice(0, length));
const daysOfMonth = fc.tuple(day, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 15, max: 28 })).map(([iso, first, last]) => {
  const at = (n: number) => `${iso.slice(0, 7)}-${String(n).padStart(2, "0")}`;
  return `${at(first)}/${at(last)}`;
});
const span = fc.tuple(part, part).map(([first, last]) => `${first}/${last}`);
const instant = fc
  .tuple(
    day.filter((iso) => iso > "2015"),
    fc.nat(23),
    fc.nat(59),
  )
  .map(([iso, hour, minute]) => {
    return `${iso}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}+03:00`;
  });
const moment = fc.oneof(part, daysOfMonth, span, instant).filter((text) => parseMoment(text) !== undefined);

describe.each(languages)("what the product writes in %s it reads again", (language) => {
  test("moments", () => {
    fc.assert(
      fc.property(moment, (text) => {
        const written = formatMoment(language, momentOf(text));
        expect(written.length).toBeLessThanOrEqual(LONGEST_MOMENT);
        expect(readMoment(written), written).toEqual({ ok: true, iso: text });
        expect(readMoment(written.toUpperCase()), written).toEqual({ ok: true, iso: text });
      }),
      { numRuns: 500 },
    );
  });

  test("an instant of any offset, told in Moscow", () => {
    const read = readMoment(formatInstant(language, momentOf("2025-07-24T21:00+06:00").from));
    expect(read).toEqual({ ok: true, iso: INSTANT });
  });

  test("and what it tells people to write", () => {
    const examples = (text: string) => (/: (.+)\.$/.exec(text)?.[1] ?? "").split(/, | or | или | же | yoki | ё /);
    for (const code of [
      "moment_unreadable",
      "year_missing",
      "day_month_unclear",
      "zone_missing",
      "no_such_date",
      "span_reversed",
    ] as const) {
      const shown = examples(MESSAGES[language].errors[code].replace(/ as (?=\d)/, ": "));
      expect(
        shown.filter((example) => !readMoment(example).ok),
        code,
      ).toEqual([]);
      expect(readMoment(shown[0] ?? "").ok, code).toBe(true);
    }
  });
});

const KNOWN = new Set(
  [...Object.values(DATE_WORDS).flatMap(({ months, year }) => [...months, year]), ...Object.values(SMALL_WORDS)]
    .join(" ")
    .split(" ")
    .flatMap((word) => [word, word.replace(".", "")]),
);
const stranger = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.string({ unit: "binary", minLength: 1, maxLength: 4 }),
    fc.constantFrom("утром", "-", ",", "(", ":", "+", "/", "г?", "year", "ж"),
  )
  .filter((text) => !/[\s\d]/.test(text) && !KNOWN.has(text.normalize("NFC").toLowerCase().replace(/[.,-]/g, "")));

describe("no string is too strange", () => {
  const typed = understood.flatMap(([, texts]) => texts).map((text) => text.trim());

  test("none makes it throw, and what it takes is a moment", () => {
    const pieces = fc.array(fc.constantFrom(...KNOWN, ..."0123456789 .,-–/:()+TZ", "2025", "24", "07", "\u00a0", "\0"), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string(),
          pieces.map((list) => list.join("")),
          pieces.map((list) => list.join(" ")),
        ),
        (text) => {
          const read = readMoment(text);
          if (read.ok) expect(parseMoment(read.iso), text).toBeDefined();
          // Whatever number of days, months or years was typed stands in the result, or is the month of a word.
          if (read.ok) for (const number of text.match(/\d+/g) ?? []) expect(read.iso, text).toContain(String(Number(number)));
        },
      ),
      { numRuns: 5000 },
    );
  });

  test("a word that no date has is never dropped", () => {
    fc.assert(
      fc.property(fc.constantFrom(...typed), stranger, (text, more) => {
        expect(readMoment(`${text} ${more}`), `${text} ${more}`).toHaveProperty("ok", false);
        expect(readMoment(`${more} ${text}`), `${more} ${text}`).toHaveProperty("ok", false);
      }),
      { numRuns: 3000 },
    );
  });
});
