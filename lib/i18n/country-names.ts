import type { Language } from "./languages";

// Where the platform's names differ from those the states themselves use, ours stand here.
const OURS: Partial<Record<Language, Record<string, string>>> = {
  ru: { KG: "Кыргызстан" },
  tg: { BY: "Беларус" },
};

const platform = new Map<Language, Intl.DisplayNames>();

/**
 * The name of a country (ISO 3166-1 alpha-2) in a language. ALL has no name here: pages say
 * "all nationalities" in a sentence of their own.
 */
export function countryName(language: Language, code: string): string {
  const ours = OURS[language]?.[code];
  if (ours) return ours;
  let names = platform.get(language);
  if (!names) {
    names = new Intl.DisplayNames(language, { type: "region", fallback: "code" });
    platform.set(language, names);
  }
  return names.of(code) ?? code;
}
