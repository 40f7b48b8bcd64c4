import { dayOf, LIMIT, numberOf, type Stay } from "@/lib/stays/rules";

/** The days of stays as a set, each put in one by one: slow, and too plain to be wrong. */
export function daysIn(stays: readonly Stay[], today: string): Set<string> {
  const days = new Set<string>();
  for (const { arrived, left } of stays)
    for (let number = numberOf(arrived); number <= numberOf(left ?? today); number += 1) days.add(dayOf(number));
  return days;
}

/** How many of the days lie in a year, up to and with a last one. */
export const ofYear = (days: ReadonlySet<string>, year: number, upTo = "9999"): number =>
  [...days].filter((day) => day.startsWith(`${year}-`) && day <= upTo).length;

/** Walks from a day on, as somebody would who stays: the day before the first that is one too many in its year. */
export function lastDayOfStaying(days: ReadonlySet<string>, from: string): string {
  let [year, count] = [0, 0];
  for (let number = numberOf(from); ; number += 1) {
    const day = dayOf(number);
    const itsYear = Number(day.slice(0, 4));
    count = itsYear === year ? count + 1 : ofYear(new Set([...days, day]), itsYear, day);
    year = itsYear;
    if (count > LIMIT) return dayOf(number - 1);
  }
}
