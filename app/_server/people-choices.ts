import { ALL, countryCodes } from "@/lib/countries/rules";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import type { Words } from "@/lib/i18n/words";
import { type Actor, GIVEN_ROLES, WHO_MAY } from "@/lib/staff/rules";

/** What a person may choose for those whom they manage: roles, and countries, those with a page of ours before the others. */
export function peopleChoices(actor: Actor | undefined, listed: readonly string[], words: Words) {
  // Nobody, whose session ended, chooses among all: it is refused until they are signed in again.
  const everywhere = !actor || WHO_MAY[actor.role].reach === "all";
  const codes = countryCodes.filter((code) => code !== ALL && (everywhere || actor.countries.includes(code)));
  const named = codes
    .map((value) => ({ value, label: words.country(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, words.language));
  const first = named.filter(({ value }) => !everywhere || listed.includes(value));
  return {
    roles: GIVEN_ROLES.filter((role) => everywhere || role !== "central_admin").map((value) => ({
      value,
      label: words.t(`staff.roles.${value}`),
    })),
    countries: first,
    otherCountries: named.filter((country) => !first.includes(country)),
    languages: languages.map((value) => ({ value, label: LANGUAGES[value].name })),
  };
}

export type PeopleChoices = ReturnType<typeof peopleChoices>;
