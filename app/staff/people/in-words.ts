import type { Words } from "@/lib/i18n/words";
import type { ManagedPerson } from "@/lib/staff/read";

/** For which countries somebody works. */
export const countriesInWords = ({ role, countries }: Pick<ManagedPerson, "role" | "countries">, words: Words): string =>
  role === "central_admin" ? words.t("people.allCountries") : countries.map(words.country).join(", ");

/** Whether somebody can sign in, and if not yet, until when their link holds. */
export function stateInWords({ active, hasPassword, bound, linkUntil }: ManagedPerson, { t, instant }: Words): string {
  if (!active) return t("people.states.inactive");
  if (hasPassword || bound) return t("people.states.active");
  return linkUntil ? t("people.states.invited", { instant: instant(linkUntil) }) : t("people.states.linkOver");
}

/** In how many browsers somebody is signed in. */
export const sessionsInWords = ({ sessions }: ManagedPerson, { t }: Words): string =>
  sessions === 0 ? t("people.noSession") : t("people.sessions", { count: sessions });

/** What somebody has set up as second factors. */
export const factorsInWords = ({ factors }: ManagedPerson, { t }: Words): string =>
  factors.length === 0 ? t("people.factors.none") : factors.map((factor) => t(`people.factors.${factor}`)).join(", ");
