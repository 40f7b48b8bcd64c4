import { type Contact, isShown, shownUntil } from "@/lib/contacts/rules";
import type { Words } from "@/lib/i18n/words";

/** Whether the public sees a contact on a Moscow day, and until when or since when not. */
export function whetherShown(contact: Pick<Contact, "confirmedOn" | "hideAfterDays">, day: string, words: Words): string {
  const last = words.day(shownUntil(contact));
  return isShown(contact, day) ? words.t("contacts.shownUntil", { day: last }) : words.t("contacts.notShown", { day: last });
}
