import { KINDS, SPOKEN } from "@/lib/contacts/rules";
import { ALL, countryCodes } from "@/lib/countries/rules";
import { ownLanguageName } from "@/lib/i18n/language-names";
import { languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { type Actor, may } from "@/lib/staff/rules";
import { textLanguages } from "./form-parts";

/** What a person may choose for a contact; the languages of its texts begin with the person's own. Nobody, whose session ended, may for now choose all. */
export function contactChoices(actor: Actor | undefined, words: Words) {
  const spoken = SPOKEN.map((value) => ({ value, label: ownLanguageName(value), lang: value }));
  return {
    countries: countryCodes
      .filter((code) => !actor || may(actor, "announce", [code]) === "yes")
      .map((value) => ({ value, label: words.country(value) }))
      .sort((a, b) => Number(b.value === ALL) - Number(a.value === ALL) || a.label.localeCompare(b.label, words.language)),
    kinds: KINDS.map((value) => ({ value, label: words.t(`contacts.kinds.${value}`) })),
    spoken: spoken.slice(0, languages.length),
    otherSpoken: spoken.slice(languages.length),
    texts: textLanguages(words.language),
  };
}

export type ContactChoices = ReturnType<typeof contactChoices>;
