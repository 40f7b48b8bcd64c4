import { isLanguage, LANGUAGES } from "./languages";

/** The name of a language (ISO 639-1) in itself: who speaks it finds it by that, whatever the page's language. */
export function ownLanguageName(code: string): string {
  if (isLanguage(code)) return LANGUAGES[code].name;
  const name = new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}
