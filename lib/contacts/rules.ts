import { Temporal } from "temporal-polyfill";
import { ALL } from "../countries/rules";

export const KINDS = ["embassy", "consulate", "hotline", "other", "status_check", "ban_check"] as const;

/** The kinds that are no one to turn to, but a web page on which one looks up one's own entry. */
export const CHECKS = ["status_check", "ban_check"] as const;

/** Whether a contact is such a page, which therefore has an address. */
export const isCheck = <T extends { kind: string }>(contact: T): contact is T & { kind: (typeof CHECKS)[number] } =>
  CHECKS.some((kind) => kind === contact.kind);

/** Days after its confirmation from which the public no longer sees a contact, where nobody said otherwise. */
export const HIDE_AFTER_DAYS = 180;

/** Languages that may be spoken at a contact, by ISO 639-1 code: our five, then those of other citizens in Russia. */
export const SPOKEN = [
  "ky",
  "tg",
  "uz",
  "ru",
  "en",
  "kk",
  "hy",
  "az",
  "be",
  "ro",
  "ka",
  "tk",
  "uk",
  "tr",
  "zh",
  "vi",
  "hi",
  "ar",
  "fa",
] as const;

/** The reason of a revision that only moves the day of confirmation. */
export const CONFIRMED_AGAIN = "confirmed_again";

type Texts = Partial<Record<"en" | "ru" | "ky" | "uz" | "tg", string>>;

/** Whom citizens of a country can turn to; `confirmedOn` is the Moscow day on which somebody last made sure. */
export type Contact = {
  statementId: string;
  revision: number;
  country: string;
  kind: (typeof KINDS)[number];
  name: Texts;
  telephone: string | null;
  email: string | null;
  url: string | null;
  address: Texts;
  hours: Texts;
  languages: string[];
  note: Texts;
  confirmedOn: string;
  hideAfterDays: number;
};

type Confirmed = Pick<Contact, "confirmedOn" | "hideAfterDays">;

/** The last Moscow day on which the public sees a contact: `2026-03-01`. */
export function shownUntil({ confirmedOn, hideAfterDays }: Confirmed): string {
  return Temporal.PlainDate.from(confirmedOn)
    .add({ days: hideAfterDays - 1 })
    .toString();
}

/** Whether the public sees a contact on a Moscow day. */
export const isShown = (contact: Confirmed, day: string): boolean => day <= shownUntil(contact);

/** A country's own contacts before those for everybody; embassies first, then in the order of kinds. */
export function inOrder<T extends Pick<Contact, "country" | "kind" | "statementId">>(contacts: readonly T[]): T[] {
  const rank = (contact: T) => [Number(contact.country === ALL), KINDS.indexOf(contact.kind)] as const;
  return [...contacts].sort((a, b) => {
    const [[forAll, kind], [otherForAll, otherKind]] = [rank(a), rank(b)];
    return forAll - otherForAll || kind - otherKind || (a.statementId < b.statementId ? -1 : 1);
  });
}
