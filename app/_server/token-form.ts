import { ALL } from "@/lib/countries/rules";
import type { Words } from "@/lib/i18n/words";
import { type Actor, WHO_MAY } from "@/lib/staff/rules";
import { LIVES } from "@/lib/tokens/rules";
import type { FormState } from "./form";
import { peopleChoices } from "./people-choices";

/** What the form shows that may have made a token: it, once; the same form sent again has it no more. */
export type TokenState = FormState & { made?: { tokenId: string; name: string; token: string | undefined } };

/** What may be chosen for a token: countries as for people, the total for who reaches to it, and for how long. */
export function tokenChoices(actor: Actor | undefined, listed: readonly string[], words: Words) {
  const { countries, otherCountries } = peopleChoices(actor, listed, words);
  const total = !actor || WHO_MAY[actor.role].reach === "all" ? [{ value: ALL, label: words.country(ALL) }] : [];
  return {
    countries: [...countries, ...total],
    otherCountries,
    lives: LIVES.map((value) => ({ value, label: words.t(`tokens.lives.${value}`) })),
  };
}

export type TokenChoices = ReturnType<typeof tokenChoices>;
