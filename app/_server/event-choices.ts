import type { CountryFacts } from "@/lib/countries/rules";
import type { Words } from "@/lib/i18n/words";
import { measureCodes } from "@/lib/measures/rules";
import type { Actor } from "@/lib/staff/rules";
import { announceChoices } from "./announce-choices";

/** What a person may choose who records an event. */
export const eventChoices = (actor: Actor | undefined, listed: readonly CountryFacts[], words: Words) => ({
  ...announceChoices(actor, listed, words),
  measures: measureCodes.map((value) => ({ value: value as string, label: words.t(`measures.${value}`) })),
});
