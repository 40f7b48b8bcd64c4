import { dictionary } from "@zxcvbn-ts/language-common";

let common: ReadonlySet<string> | undefined;

/** Nothing shorter counts as a word: two letters are in everything. */
const SHORTEST = 4;
const RUNS = [
  "abcdefghijklmnopqrstuvwxyz",
  "01234567890",
  "qwertyuiop",
  "asdfghjkl",
  "zxcvbnm",
  "йцукенгшщзхъ",
  "фывапролджэ",
  "ячсмитьбю",
];
const runs = [...RUNS, ...RUNS.map((run) => [...run].reverse().join(""))];

/** Where one is, and what everybody would say first, in the languages of those who work here. */
const PLACES = [
  "muhlat",
  "consulate",
  "embassy",
  "ministry",
  "консульство",
  "посольство",
  "министерство",
  "пароль",
  "сырсөз",
  "parol",
  "рамз",
];

/** A letter over and over, or one after the other as on a keyboard. */
const isRun = (text: string) => /^(.)\1+$/.test(text) || runs.some((run) => run.includes(text));

/**
 * Whether somebody who guesses would come to a password soon: it is put together from at most two of the passwords
 * used most, runs and words that say who or where one is, with at most four digits besides.
 * @param own what is known of its person: name, e-mail
 */
export function isEasy(password: string, own: readonly string[]): boolean {
  common ??= new Set(dictionary["passwords-common"] as string[]);
  const wordsOf = (text: string) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const theirs = new Set([...own.flatMap(wordsOf), ...own.map((one) => wordsOf(one).join("")), ...PLACES]);
  const text = wordsOf(password).join("");
  const isKnown = (part: string) => (theirs.has(part) ? part.length >= 3 : part.length >= SHORTEST && (common?.has(part) || isRun(part)));
  // The fewest known words that lead to each place.
  const fewest: number[] = [0];
  for (let end = 1; end <= text.length; end++) {
    fewest[end] = Number.POSITIVE_INFINITY;
    for (let begin = 0; begin < end; begin++)
      if (isKnown(text.slice(begin, end))) fewest[end] = Math.min(fewest[end] ?? 0, (fewest[begin] ?? 0) + 1);
  }
  const besides = /\d{0,4}$/.exec(text)?.[0].length ?? 0;
  const ends = Array.from({ length: besides + 1 }, (_, digits) => fewest[text.length - digits] ?? 0);
  return Math.min(...ends) <= 2;
}
