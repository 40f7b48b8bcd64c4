import { CONFIRMED_AGAIN } from "@/lib/contacts/rules";
import { FEATURES, VERBS } from "@/lib/history/rules";
import type { Words } from "@/lib/i18n/words";
import { SYSTEM } from "@/lib/staff/rules";

/** What was done and to what, in words; a verb that nobody named is called as it is written. */
export function actInWords({ verb, feature }: { verb: string; feature: string }, { t }: Words): { verb: string; feature: string } {
  const known = VERBS.find((one) => one === verb);
  const about = FEATURES.find((one) => one === feature);
  return { verb: known ? t(`history.verbs.${known}`) : verb, feature: about ? t(`history.features.${about}`) : feature };
}

/** The reason of an act, in words where the product itself gave it. */
export const reasonInWords = (reason: string | null, { t }: Words): string =>
  reason === CONFIRMED_AGAIN ? t("contacts.confirmedAgain") : (reason ?? "");

/** Somebody's name; the product's own where it acted. */
export const nameIn = (names: ReadonlyMap<string, string>, personId: string, { t }: Words): string =>
  personId === SYSTEM.personId ? t("history.system") : (names.get(personId) ?? personId);

/** Who entered something: a person, or a token with the name of whoever answers for it. */
export function enteredBy(
  names: ReadonlyMap<string, string>,
  { personId, tokenId }: { personId: string; tokenId: string | null },
  words: Words,
): string {
  const name = nameIn(names, personId, words);
  return tokenId === null ? name : words.t("tokens.through", { token: names.get(tokenId) ?? tokenId, name });
}
