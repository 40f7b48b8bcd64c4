import { Temporal } from "temporal-polyfill";
import { DATE_WORDS, SMALL_WORDS } from "./date-words";
import { MOSCOW, parseMoment } from "./rules";

export type MomentRefusal =
  | "moment_unreadable"
  | "day_month_unclear"
  | "year_missing"
  | "year_short"
  | "zone_missing"
  | "no_such_date"
  | "span_reversed";

export type ReadMoment = { ok: true; iso: string } | { ok: false; code: MomentRefusal };

const wrong = (code: MomentRefusal): { ok: false; code: MomentRefusal } => ({ ok: false, code });
const UNREADABLE = wrong("moment_unreadable");

/** Characters; more than any moment has that the product itself writes. */
export const LONGEST_MOMENT = 100;

// Every month has 28 days: no calendar need be asked, and an import asks often.
const SURELY = /^[1-9]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?$/;
const exists = (iso: string) => SURELY.test(iso) || parseMoment(iso) !== undefined;

// A word becomes one capital letter: the months A to L, the others below. What is typed is made small
// before, so that a capital always comes from here.
const SIGNS = {
  from: "S",
  to: "U",
  at: "V",
  in: "R",
  the: "T",
  of: "P",
  month: "Q",
  ordinal: "O",
  moscow: "M",
  time: "N",
  utc: "W",
  hour: "X",
};
const YEAR = "Y";

function signsOfWords(): Map<string, string> {
  const signs = new Map<string, string>();
  const add = (words: string, sign: string) => {
    for (const word of words.split(" ").filter(Boolean)) {
      signs.set(word, sign);
      if (word.endsWith(".")) signs.set(word.slice(0, -1), sign);
    }
  };
  for (const { months, year } of Object.values(DATE_WORDS)) {
    months.forEach((spellings, month) => {
      add(spellings, String.fromCharCode(65 + month));
    });
    add(year, YEAR);
  }
  for (const [kind, words] of Object.entries(SMALL_WORDS)) add(words, SIGNS[kind as keyof typeof SIGNS]);
  return signs;
}

const SIGN_OF = signsOfWords();

/** The text with its words as signs; undefined when it has a word or a sign that no date has. */
function signed(typed: string): string | undefined {
  let known = true;
  const text = typed
    .normalize("NFC")
    .toLowerCase()
    .replace(/[ \u00a0\u2007\u2009\u202f]+/g, " ")
    .replace(/[\u2010-\u2014\u2212]/g, "-")
    .trim()
    .replace(/\p{L}[\p{L}\p{M}]*\.?/gu, (word) => {
      const sign = SIGN_OF.get(word);
      if (sign) return sign;
      const bare = word.endsWith(".") ? SIGN_OF.get(word.slice(0, -1)) : undefined;
      known &&= bare !== undefined;
      return `${bare}.`;
    })
    .replace(/Q ([A-L])/g, "$1")
    .replace(/([A-L]) Q/g, "$1")
    .replace(/^[VR] /, "")
    .replace(/(^|\W)T (?=\d)/g, "$1")
    .replace(/(\dO?|[A-L]) P (?=[A-L]|[1-9]\d{3}\b)/g, "$1 ");
  return known && /^[\dA-Z .,:()/+-]+$/.test(text) ? text : undefined;
}

type Groups = { d?: string; m?: string; y?: string; a?: string; b?: string };

const Y4 = "(?<y>[1-9]\\d{3})";
const Y_SHORT = "(?<y>[1-9]\\d{3}|\\d\\d)";
const YEAR_WORD = "(?: ?-?Y)?";
const DAY = "(?<d>\\d{1,2})(?:-?O)?";

/** A year, month or day; what has no year takes it from the other end of a span. */
const SHAPES = [
  `${Y4}${YEAR_WORD}`,
  `Y ?${Y4}`,
  `${Y4}[./-](?<m>\\d\\d)`,
  `(?<m>\\d{1,2}[./]|\\d\\d-)${Y4}${YEAR_WORD}`,
  `${Y4}([./-])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})`,
  `(?<d>\\d{1,2})\\.(?<m>\\d{1,2})\\.${Y_SHORT}(?: ?Y)?`,
  `(?<a>\\d{1,2})([/-])(?<b>\\d{1,2})\\2${Y_SHORT}`,
  `(?:${DAY}[ -]?)?(?<m>[A-L])(?:, ?| |-)?${Y4}${YEAR_WORD}`,
  `${DAY}[ -]?(?<m>[A-L])[ -](?<y>\\d\\d)${YEAR_WORD}`,
  `(?:${DAY}[ -]?)?(?<m>[A-L]) Y ${Y4}`,
  `(?<m>[A-L]) ?${DAY}(?:, ?| )${Y4}`,
  `(?<m>[A-L]) ?${DAY}`,
  `(?:${DAY}[ -]?)?(?<m>[A-L])`,
  "(?<d>\\d{1,2})\\.(?<m>\\d{1,2})",
  DAY,
].map((shape) => new RegExp(`^${shape}$`));

/** Kyrgyz and Uzbek begin with the year; with it at the end the rest is read as elsewhere. */
const YEAR_FIRST = new RegExp(`^${Y4}(?: ?-?Y)?,? (.*[A-L].*)$`);
const withYearLast = (text: string) => text.replace(YEAR_FIRST, "$2 $1");

type Part = { year?: string; month?: string; day?: string; instant?: string };
type PartRead = Part | ReturnType<typeof wrong> | undefined;

const two = (digits: string) => digits.padStart(2, "0");
const monthOf = (m: string) => two(/[A-L]/.test(m) ? String(m.charCodeAt(0) - 64) : m.replace(/\D/, ""));

function partOf({ d, m, y, a, b }: Groups): PartRead {
  if (y?.length === 2) return wrong("year_short");
  if (a !== undefined && b !== undefined) {
    if (a !== b && Number(a) <= 12 && Number(b) <= 12) return wrong("day_month_unclear");
    return Number(b) > 12 ? { year: y, month: two(a), day: two(b) } : { year: y, month: two(b), day: two(a) };
  }
  return { year: y, month: m && monthOf(m), day: d && two(d) };
}

const isoOf = ({ year, month, day, instant }: Part) => instant ?? [year, month, day].filter(Boolean).join("-");

function readDate(text: string): PartRead {
  for (const shape of SHAPES) {
    const groups = shape.exec(text)?.groups;
    if (groups) return partOf(groups);
  }
  return undefined;
}

const ZONE = "(?:W?(?<offset>[+-]\\d{1,2}(?::?\\d\\d)?)|(?<utc>W)|(?<moscow>\\((?:N )?M(?: N)?\\)|(?:U )?(?:N )?M(?: N)?))";
const INSTANT = new RegExp(`^(?<date>.+?)(?:X|,? (?:V )?)(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?<second>:\\d\\d)?(?: ?${ZONE})?$`);

/** `+3` and `+0300` as `+03:00`. */
function fullOffset(offset: string): string {
  const digits = offset.slice(1).replace(":", "");
  const hours = digits.length > 2 ? digits.slice(0, -2) : digits;
  return `${offset[0]}${two(hours)}:${digits.length > 2 ? digits.slice(-2) : "00"}`;
}

function readInstant(text: string): PartRead {
  const groups = INSTANT.exec(text)?.groups;
  if (!groups) return undefined;
  const date = readDate(withYearLast(groups.date ?? ""));
  if (!date || "code" in date) return date;
  if (!date.day) return undefined;
  if (!date.year) return wrong("year_missing");
  const local = `${isoOf(date)}T${two(groups.hour ?? "")}:${groups.minute}${groups.second ?? ""}`;
  if (!exists(`${local}Z`)) return wrong("no_such_date");
  if (groups.offset) return { instant: local + fullOffset(groups.offset) };
  if (groups.utc) return { instant: `${local}Z` };
  if (!groups.moscow) return wrong("zone_missing");
  // Moscow's clocks were put forward and back until 2014.
  const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(MOSCOW);
  return zoned.toPlainDateTime().equals(local) ? { instant: local + zoned.offset } : wrong("no_such_date");
}

const readPart = (text: string): PartRead => readDate(text) ?? readDate(withYearLast(text)) ?? readInstant(text);

/** What the beginning of a span leaves out stands at its end: `1–5 июля 2025`. */
function completed(first: Part, last: Part): Part | undefined {
  if (first.instant || first.year) return first;
  if (last.instant || !last.month) return undefined;
  if (first.day && !last.day) return undefined;
  return { ...first, year: last.year, month: first.month ?? last.month };
}

function readSpan(first: PartRead, last: PartRead, wholeOnly: boolean): ReadMoment | undefined {
  if (!first || !last) return undefined;
  for (const part of [last, first]) if ("code" in part) return part;
  const [from, to] = [first as Part, last as Part];
  if (wholeOnly && !from.year && !from.instant) return undefined;
  if (!to.year && !to.instant) return from.month || to.month ? wrong("year_missing") : undefined;
  const begin = completed(from, to);
  if (!begin) return undefined;
  const [a, b] = [isoOf(begin), isoOf(to)];
  if (!exists(a) || !exists(b)) return wrong("no_such_date");
  return exists(`${a}/${b}`) ? { ok: true, iso: `${a}/${b}` } : wrong("span_reversed");
}

/** Every way to cut the text in two at a sign between the ends of a span. */
function spansIn(text: string): ReadMoment[] {
  const named = /^(?:S )?(.+) U (.+)$/.exec(text);
  const cuts = named ? [[named[1] ?? "", named[2] ?? "", "U"]] : [];
  // "July 1-5, 2025" names the month once, before both.
  const turned = text.replace(/^([A-L]) (\d{1,2}(?:O)?) ?- ?(\d{1,2}(?:O)?)(?:, ?| )(\d{4})$/, "$2-$3 $1 $4");
  for (const { index, 0: sign } of turned.matchAll(/[-/]/g))
    cuts.push([turned.slice(0, index).trim(), turned.slice(index + 1).trim(), sign]);
  return cuts.flatMap(([first = "", last = "", sign]) => readSpan(readPart(first), readPart(last), sign === "/") ?? []);
}

/** The one reading of a text; where there are two, none. */
function oneOf(readings: readonly ReadMoment[]): ReadMoment | undefined {
  const good = new Set(readings.flatMap((read) => (read.ok ? read.iso : [])));
  if (good.size > 1) return UNREADABLE;
  const [iso] = good;
  return iso ? { ok: true, iso } : readings[0];
}

/**
 * Reads a moment as people type it, in any of the five languages, into the ISO 8601 text that
 * `parseMoment` takes: `24.07.2025`, `1–5 июля 2025`, `2025-жылдын июлу`, `July 2025`.
 *
 * All of the text counts: what is not understood, or could be understood in two ways, is refused. Nothing is
 * taken from today's date, and an hour is an hour of a named zone.
 */
export function readMoment(typed: string): ReadMoment {
  if (typed.length > LONGEST_MOMENT) return UNREADABLE;
  const trimmed = typed.trim();
  if (exists(trimmed)) return { ok: true, iso: trimmed };
  const text = signed(trimmed);
  if (!text) return UNREADABLE;
  const part = readPart(text);
  if (part && "code" in part) return part;
  if (part && (part.year || part.instant)) {
    const iso = isoOf(part);
    return exists(iso) ? { ok: true, iso } : wrong("no_such_date");
  }
  // A word alone, or a number alone, is not yet a date that lacks its year.
  if (part) return part.month && /\d/.test(text) ? wrong("year_missing") : UNREADABLE;
  const span = oneOf(spansIn(text));
  if (span?.ok || (span && span.code !== "year_missing")) return span;
  return oneOf(spansIn(withYearLast(text))) ?? span ?? UNREADABLE;
}
