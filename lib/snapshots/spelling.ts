import { FIGURE_WORDS, type FigureWords } from "./figure-words";
import type { Figure, Qualifier } from "./rules";

export type FigureRefusal = "not_a_number" | "not_whole" | "below_zero" | "too_many" | "not_above_low";

export type ReadCount = { ok: true; value: number } | { ok: false; code: FigureRefusal };

/**
 * A figure as it was typed. `said` is whether its qualifier was said: a number without any is read as exact,
 * which its source need not have meant.
 */
export type ReadFigure = ({ ok: true; said: boolean } & Figure) | { ok: false; code: FigureRefusal };

/** More people than live in any country the list could concern: certainly a slip. */
export const MOST_PERSONS = 1_000_000_000;

/** Longer than any figure with its words. */
const LONGEST = 150;

const wrong = (code: FigureRefusal): { ok: false; code: FigureRefusal } => ({ ok: false, code });
const NOT_A_NUMBER = wrong("not_a_number");

// One sign throughout, and no zero in front: 1,234.567 and 0.300 mean something else.
const GROUPED = /^-?[1-9]\d{0,2}([ ,.'])\d{3}(?:\1\d{3})*$/;
const DECIMAL = /^(-?\d+)[.,](\d+)$/;

const words = Object.values(FIGURE_WORDS);
const escaped = (word: string) => word.replace(/[.+]/g, "\\$&");
const anyOf = (list: readonly string[]) =>
  [...new Set(list)]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join("|");
const all = (pick: (words: FigureWords) => readonly string[]) => anyOf(words.flatMap(pick));

const THOUSAND = all(({ thousand }) => thousand);
const MILLION = all(({ million }) => million);
const FROM = all(({ fromEnding }) => fromEnding);

const SCALED = new RegExp(`^(\\S.*?) ?(?:(${THOUSAND})|(${MILLION}))$`);
/** "1 млн 200 тыс.", "113 тыс. 500": a smaller number behind a larger one, each with its word but the last. */
const COMPOUND = new RegExp(`^(?:(\\d{1,3}) ?(?:${MILLION}) )?(\\d{1,3}) ?(?:${THOUSAND})(?: (\\d{3}))?$`);
const PEOPLE = new RegExp(` (?:${all(({ people }) => people)})$`);

const SAID = ["exact", "about", "more_than", "less_than"] as const satisfies readonly Qualifier[];

/** How a qualifier stands around its number, which is the one group. A word wants a space before the number, a sign does not. */
const QUALIFIED = SAID.flatMap((qualifier) => {
  const before = words.flatMap((language) => language.before[qualifier] ?? []);
  const after = words.flatMap((language) => language.after[qualifier] ?? []);
  const afterFrom = words.flatMap((language) => language.afterFrom[qualifier] ?? []);
  const isSign = (word: string) => !/\p{L}/u.test(word);
  const signs = before.filter(isSign);
  return [
    `^(?:${anyOf(before.filter((word) => !isSign(word)))}) (.+)$`,
    ...(signs.length > 0 ? [`^(?:${anyOf(signs)}) ?(.+)$`] : []),
    ...(after.length > 0 ? [`^(.+?) ?(?:${anyOf(after)})$`] : []),
    ...(afterFrom.length > 0 ? [`^(.+?)[ -]?(?:${FROM}) (?:${anyOf(afterFrom)})$`] : []),
  ].map((pattern) => ({ qualifier, pattern: new RegExp(pattern) }));
});

/** How two numbers stand together; the two are the groups. */
const RANGES = words
  .flatMap(({ ranges }) => ranges)
  .map(([open, middle, close]) => {
    const between = middle === "FROM" ? `[ -]?(?:${FROM}) ` : middle === "-" ? " ?- ?" : ` ${middle} `;
    return new RegExp(`^${open && `${open} `}(\\S.*?)${between}(\\S.*?)${close && `[ -]?${close}`}$`);
  });

/** Small letters, one kind of space, hyphen and apostrophe. */
const plain = (typed: string) =>
  typed
    .trim()
    .normalize("NFC")
    .toLowerCase()
    .replace(/[ \u00a0\u2007\u2009\u202f]+/g, " ")
    .replace(/[\u2010-\u2014\u2212]/g, "-")
    .replace(/[’‘ʻʼ`´]/g, "'");

function within(value: number): ReadCount {
  if (value < 0) return wrong("below_zero");
  return value > MOST_PERSONS ? wrong("too_many") : { ok: true, value };
}

function countOf(text: string): ReadCount {
  const digits = GROUPED.test(text) ? text.replace(/[ ,.']/g, "") : text;
  if (/^-?\d+$/.test(digits)) return within(Number(digits));
  // 113,0000 is a slip for more than 113, so a fraction is refused even where it is zero.
  return DECIMAL.test(digits) ? wrong("not_whole") : NOT_A_NUMBER;
}

/** A number with its "thousand" or "million"; only such a one may have a fraction, that comes to whole persons. */
function amountOf(text: string): ReadCount {
  const [, millions, thousands, rest] = COMPOUND.exec(text) ?? [];
  if (millions ?? rest) return within(Number(millions ?? 0) * 1_000_000 + Number(thousands) * 1000 + Number(rest ?? 0));
  const [, number = "", thousand, million] = SCALED.exec(text) ?? [];
  const places = million ? 6 : thousand ? 3 : 0;
  if (places === 0) return countOf(text);
  const decimal = DECIMAL.exec(number);
  const grouped = countOf(number);
  if (!decimal || !/^\d/.test(number)) return grouped.ok ? within(grouped.value * 10 ** places) : grouped;
  // 1,063 thousand may be 1063 or a million and more; 1,063 million cannot be a thousand million.
  if (grouped.ok && grouped.value * 10 ** places <= MOST_PERSONS) return NOT_A_NUMBER;
  const [, whole = "", fraction = ""] = decimal;
  if (/[1-9]/.test(fraction.slice(places))) return wrong("not_whole");
  return within(Number(whole + fraction.slice(0, places).padEnd(places, "0")));
}

function rangeOf(text: string): ReadFigure | undefined {
  for (const range of RANGES) {
    const [, first, last] = range.exec(text) ?? [];
    if (!first || !last) continue;
    // "100–110 тыс." says thousand once, for both.
    const [, , thousand, million] = SCALED.exec(last) ?? [];
    const scale = thousand ?? million;
    // In "1–1 млн 200 тыс." the first may be one of either.
    if (scale && COMPOUND.exec(last)?.[1] && !SCALED.test(first)) return NOT_A_NUMBER;
    const low = amountOf(scale && !SCALED.test(first) ? `${first} ${scale}` : first);
    const high = amountOf(last);
    if (!low.ok || !high.ok) {
      const refusal = low.ok ? high : low;
      if (refusal.ok || refusal.code === "not_a_number") continue;
      return refusal;
    }
    // "100–110 000" may begin at a hundred or at a hundred thousand.
    if (!scale && /\D/.test(last) && low.value * 1000 < high.value && /^\d{1,3}$/.test(first)) return NOT_A_NUMBER;
    return low.value < high.value
      ? { ok: true, said: true, qualifier: "between", low: low.value, high: high.value }
      : wrong("not_above_low");
  }
  return undefined;
}

function figureOf(text: string): ReadFigure {
  const amount = amountOf(text);
  if (amount.ok) return { ...amount, qualifier: "exact", said: false };
  for (const { qualifier, pattern } of QUALIFIED) {
    const number = pattern.exec(text)?.[1];
    if (number === undefined) continue;
    const said = amountOf(number);
    if (said.ok && said.value === 0 && qualifier === "less_than") return wrong("below_zero");
    if (said.ok) return { ...said, qualifier, said: true };
    if (said.code !== "not_a_number") return said;
    // "~100–110 тыс.": where the truth lies between two numbers it is not exact anyway.
    if (qualifier === "about") {
      const range = rangeOf(number);
      if (range) return range;
    }
  }
  return amount.code === "not_a_number" ? (rangeOf(text) ?? amount) : amount;
}

/**
 * Reads a whole number of persons, from 0 to 1,000,000,000, as people type it: `113 000`, `113,000`, `113 тыс.`,
 * `0.5 million`. No qualifier.
 */
export function readCount(typed: string): ReadCount {
  return typed.length > LONGEST ? NOT_A_NUMBER : amountOf(plain(typed));
}

/**
 * Reads a figure as people type it in any of the five languages: `около 113 000`, `80 000ден ашык`, `100–110 тыс.`.
 * All of the text counts: what is not understood, or could mean two numbers, is refused.
 */
export function readFigure(typed: string): ReadFigure {
  if (typed.length > LONGEST) return NOT_A_NUMBER;
  const text = plain(typed);
  const count = countOf(text);
  if (count.ok) return { ...count, qualifier: "exact", said: false };
  return figureOf(text.replace(PEOPLE, ""));
}
