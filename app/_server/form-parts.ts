import { LANGUAGES, type Language, languages } from "@/lib/i18n/languages";

/** The boxes ticked in a group: `countries.KG` sent as ticked makes `KG` one of `countries`. */
export const tickedIn = (typed: Record<string, string>, group: string): string[] =>
  Object.keys(typed)
    .filter((name) => name.startsWith(`${group}.`))
    .map((name) => name.slice(group.length + 1));

/** The boxes of a group as a form shows them ticked. */
export const tickedAs = (group: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value) => [`${group}.${value}`, "✓"]));

/** A text by language code, from its fields `name.en`, `name.ru` … */
export const textsIn = (typed: Record<string, string>, group: string): Partial<Record<Language, string>> =>
  Object.fromEntries(languages.map((language) => [language, typed[`${group}.${language}`] ?? ""]));

/** A text by language code as the fields of a form. */
export const textsAs = (group: string, texts: Partial<Record<Language, string>>): Record<string, string> =>
  Object.fromEntries(languages.map((language) => [`${group}.${language}`, texts[language] ?? ""]));

/** The five languages as a form offers them for a text, the person's own first. */
export const textLanguages = (own: Language) =>
  [own, ...languages.filter((language) => language !== own)].map((value) => ({ value, label: LANGUAGES[value].name }));
