import { ALL } from "../countries/rules";
import { formatTime } from "../i18n/dates";
import type { Words } from "../i18n/words";
import { dayIn, MOSCOW } from "../moments/rules";
import type { Deadline, Whom } from "./rules";

/** The last minute in which one is still in time, as clocks show it: 23:59 where a deadline ends with its day. */
export const lastMinute = (deadline: Pick<Deadline, "endsAt">): Date => new Date(deadline.endsAt.getTime() - 60_000);

/** The city that a zone is told by, in the words' language; undefined where no name of it is known. */
export function cityOf(zone: string, { t }: Words): string | undefined {
  const key = `cities.${zone.split("/").at(-1) ?? ""}` as Parameters<Words["t"]["has"]>[0];
  return t.has(key) ? t(key as "cities.Moscow") : undefined;
}

/** The minute that a deadline ends with, as told in a zone: `10 September 2025, 23:59 in Moscow`. */
export function lastMomentIn(zone: string, deadline: Deadline, words: Words): string {
  const moment = lastMinute(deadline);
  const at = { day: words.day(dayIn(zone, moment)), time: formatTime(moment, zone) };
  if (zone === MOSCOW) return words.t("deadline.inMoscow", at);
  const city = cityOf(zone, words);
  return city ? words.t("deadline.inCity", { ...at, city }) : words.t("deadline.inZone", { ...at, zone });
}

/** The same on the clocks of the deadline's own zone and of the visitor's capital, each told once. */
export const lastMoments = (deadline: Deadline, zone: string | undefined, words: Words): string[] =>
  [...new Set([deadline.zone, zone ?? MOSCOW])].map((each) => lastMomentIn(each, deadline, words));

/** Whom something binds, in words. */
export function whomInWords({ countries, exceptCountries }: Whom, { t, country }: Words): string {
  if (!countries.includes(ALL)) return countries.map(country).join(", ");
  return exceptCountries.length > 0
    ? t("deadline.bindsAllExcept", { countries: exceptCountries.map(country).join(", ") })
    : t("deadline.bindsAll");
}
