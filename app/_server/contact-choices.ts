import { KINDS, SPOKEN } from "@/lib/contacts/rules";
import { ALL, countryCodes } from "@/lib/countries/rules";
import { ownLanguageName } from "@/lib/i18n/language-names";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { type Actor, may } from "@/lib/staff/rules";

/** What a person may choose for a contact; the languages of its texts begin with the person's own. */
export function contactChoices(actor: Actor, words: Words) {
  const spoken = SPOKEN.map((value) => ({ value, label: ownLanguageName(value), lang: value }));
  return {
    countries: countryCodes
      .filter((code) => may(actor, "announce", [code]) === "yes")
      .map((value) => ({ value, label: words.country(value) }))
      .sort((a, b) => Number(b.value === ALL) - Number(a.value === ALL) || a.label.localeCompare(b.label, words.language)),
    kinds: KINDS.map((value) => ({ value, label: words.t(`contacts.kinds.${value}`) })),
    spoken: spoken.slice(0, languages.length),
    otherSpoken: spoken.slice(languages.length),
    texts: [words.language, ...languages.filter((language) => language !== words.language)].map((value) => ({
      value,
      label: LANGUAGES[value].name,
    })),
  };
}

export type ContactChoices = ReturnType<typeof contactChoices>;
