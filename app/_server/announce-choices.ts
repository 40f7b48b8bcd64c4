import { ALL, type CountryFacts, countryCodes } from "@/lib/countries/rules";
import type { Words } from "@/lib/i18n/words";
import { MOSCOW } from "@/lib/moments/rules";
import { type Actor, may } from "@/lib/staff/rules";
import { textLanguages } from "./form-parts";

/** What a person may choose who announces something: the countries with a page first, the others behind them. */
export function announceChoices(actor: Actor | undefined, listed: readonly CountryFacts[], words: Words) {
  // Somebody whose session ended while the form was open has all of them before them until they sign in again.
  const mine = (code: string) => !actor || may(actor, "announce", [code]) === "yes";
  const named = countryCodes
    .filter((code) => code !== ALL && mine(code))
    .map((value) => ({ value, label: words.country(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, words.language));
  const hasPage = (code: string) => listed.some((facts) => facts.code === code);
  return {
    everybody: mine(ALL),
    countries: named.filter(({ value }) => hasPage(value)),
    others: named.filter(({ value }) => !hasPage(value)),
    zones: [...new Set([MOSCOW, ...listed.map((facts) => facts.zone)])].map((zone) => ({ value: zone, label: zoneInWords(zone, words) })),
    languages: textLanguages(words.language),
  };
}

export type AnnounceChoices = ReturnType<typeof announceChoices>;

function zoneInWords(zone: string, { t }: Words): string {
  const key = `cities.${zone.split("/").at(-1) ?? ""}` as Parameters<Words["t"]["has"]>[0];
  return t.has(key) ? `${t(key as "cities.Moscow")} (${zone})` : zone;
}
