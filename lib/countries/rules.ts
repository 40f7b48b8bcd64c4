import isoCountries from "i18n-iso-countries";

/** Every nationality together, as said by a source; never computed as a sum. */
export const ALL = "ALL";

/** Russia's own citizens cannot be on a list of foreigners. */
const HOST = "RU";

const codes = new Set(Object.keys(isoCountries.getAlpha2Codes()).filter((code) => code !== HOST && code !== "XK"));

/** Whether statements can be about it: an ISO 3166-1 alpha-2 code in upper case (Russia excepted), or ALL. */
export function isCountry(code: string): boolean {
  return code === ALL || codes.has(code);
}

/** Every code that statements can be about, ALL first. */
export const countryCodes: readonly string[] = [ALL, ...[...codes].sort()];

/** ISO 3166-1 alpha-3 code; undefined for ALL. */
export function iso3(code: string): string | undefined {
  return code === ALL ? undefined : isoCountries.alpha2ToAlpha3(code);
}

/** The code an address stands for (`kg` → `KG`), undefined when it is none or not in lower case. */
export function countryFromAddress(part: string): string | undefined {
  // Other scripts have small letters too, and "ß" in capitals would be South Sudan.
  const code = /^[a-z]+$/.test(part) ? part.toUpperCase() : "";
  return isCountry(code) ? code : undefined;
}

/** Whether something that names countries concerns one: ALL means every country and the total. */
export function concerns(named: { countries: readonly string[]; exceptCountries?: readonly string[] }, country: string): boolean {
  if (named.exceptCountries?.includes(country)) return false;
  return named.countries.includes(ALL) || named.countries.includes(country);
}

/** What is recorded of a country as such. */
export type CountryFacts = { code: string; unionMember: boolean | null; zone: string; remittancesShareOfGdp: number | null };
