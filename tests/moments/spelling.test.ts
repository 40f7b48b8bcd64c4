import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, formatMoment } from "@/lib/i18n/dates";
import { languages } from "@/lib/i18n/languages";
import { MESSAGES } from "@/lib/i18n/translator";
import { DATE_WORDS, SMALL_WORDS } from "@/lib/moments/date-words";
import { momentOf, parseMoment } from "@/lib/moments/rules";
import { LONGEST_MOMENT, readMoment } from "@/lib/moments/spelling";
import { refused, understood } from "./typed-moments";

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
    expect(read).toEqual({ ok: true, iso: "2025-07-24T18:00+03:00" });
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
