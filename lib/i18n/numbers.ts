import type { Language } from "./languages";

/** A whole number of persons with the language's digit grouping. */
export function formatNumber(language: Language, value: number): string {
  // Written here, not by Intl: a browser without Kyrgyz or Tajik would group as its own language does.
  return String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, language === "en" ? "," : "\u00a0");
}

/** A share as percent: `30%`. */
export function formatShare(language: Language, share: number): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

// Kyrgyz says "more than 80,000" with an ending that follows the last word of the number as spoken.
const KYRGYZ_ONES = ["", "ден", "ден", "төн", "төн", "тен", "дан", "ден", "ден", "дан"];
const KYRGYZ_TENS = ["", "дон", "дан", "дан", "тан", "дөн", "тан", "тен", "ден", "дон"];

function kyrgyzAblative(value: number): string {
  if (value === 0) return "дөн";
  if (value % 10 !== 0) return KYRGYZ_ONES[value % 10] ?? "";
  if (value % 100 !== 0) return KYRGYZ_TENS[(value % 100) / 10] ?? "";
  if (value % 1000 !== 0) return "дөн";
  if (value % 1_000_000 !== 0) return "ден";
  return value % 1_000_000_000 !== 0 ? "дон" : "дан";
}

/** A whole number as it stands in "more than" and "less than": with its ending in Kyrgyz, plain elsewhere. */
export function formatThreshold(language: Language, value: number): string {
  return formatNumber(language, value) + (language === "ky" ? kyrgyzAblative(value) : "");
}

const signed = (text: string, value: number) => (value < 0 ? `−${text}` : text);

/** A number that was worked out: three significant digits, whole from ten on, with a true minus sign. */
export function formatWorkedOut(language: Language, value: number): string {
  const size = Number(Math.abs(value).toPrecision(3));
  const digits = size >= 10 ? 0 : 1;
  return signed(new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size), value);
}

/** A number with at most one digit behind the point: days between two centres. */
export function formatDecimal(language: Language, value: number): string {
  return signed(new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(Math.abs(value)), value);
}

/** How many times as many, to three digits: 1.05, 3.69, 10. */
export function formatTimes(language: Language, times: number): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(times);
}
