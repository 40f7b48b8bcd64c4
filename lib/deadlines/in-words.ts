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

/** The last minute on the clocks of Moscow, of the deadline's own zone and of the visitor's capital, each told once. */
export function lastMoments(deadline: Deadline, zone: string | undefined, words: Words): string[] {
  const moment = lastMinute(deadline);
  return [...new Set([deadline.zone, zone ?? MOSCOW])].map((z) => {
    const at = { day: words.day(dayIn(z, moment)), time: formatTime(moment, z) };
    if (z === MOSCOW) return words.t("deadline.inMoscow", at);
    const city = cityOf(z, words);
    return city ? words.t("deadline.inCity", { ...at, city }) : words.t("deadline.inZone", { ...at, zone: z });
  });
}

/** Whom something binds, in words. */
export function whomInWords({ countries, exceptCountries }: Whom, { t, country }: Words): string {
  if (!countries.includes(ALL)) return countries.map(country).join(", ");
  return exceptCountries.length > 0
    ? t("deadline.bindsAllExcept", { countries: exceptCountries.map(country).join(", ") })
    : t("deadline.bindsAll");
}
