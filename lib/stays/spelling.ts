import { dayOf, numberOf } from "./rules";

/** A day, `YYYY-MM-DD`, or why a text is none. */
export type ReadDay = { day: string; code?: undefined } | { day?: undefined; code: "not_a_day" | "year_out_of_range" };

/** Years in which a stay can be entered; what lies outside is a slip of the hand. */
export const FIRST_YEAR = 2000;
export const LAST_YEAR = 2099;

// No named groups: phones of 2019 read none.
const YEAR_FIRST = /^(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})$/;

/**
 * A calendar day as people write it in figures, the day before the month (`24.07.2025`, `24/7/2025`) or the year
 * first (`2025-07-24`), as `YYYY-MM-DD`. A year of two digits is refused, and so is a day that no calendar has.
 */
export function readDay(typed: string): ReadDay {
  const text = typed.trim();
  const [y = "", m = "", d = ""] = YEAR_FIRST.exec(text)?.slice(1) ?? DAY_FIRST.exec(text)?.slice(1).reverse() ?? [];
  const day = `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const number = numberOf(day);
  if (Number.isNaN(number) || dayOf(number) !== day) return { code: "not_a_day" };
  return Number(y) < FIRST_YEAR || Number(y) > LAST_YEAR ? { code: "year_out_of_range" } : { day };
}
