import type { Contact } from "@/lib/contacts/rules";
import { textsAs, textsIn, tickedAs, tickedIn } from "./form-parts";

const TEXTS = ["name", "address", "hours", "note"] as const;
const FIELDS = ["country", "kind", "telephone", "email", "url", "confirmed_on", "hide_after_days"] as const;

/** A contact form's fields as `contactInput` reads them. */
export function contactSent(typed: Record<string, string>): Record<string, unknown> {
  return {
    ...Object.fromEntries(FIELDS.map((name) => [name, typed[name]])),
    ...Object.fromEntries(TEXTS.map((name) => [name, textsIn(typed, name)])),
    languages: tickedIn(typed, "languages"),
  };
}

/** A contact as its form shows it, by input name. */
export function contactTyped(contact: Contact): Record<string, string> {
  return {
    ...Object.assign({}, ...TEXTS.map((name) => textsAs(name, contact[name]))),
    ...tickedAs("languages", contact.languages),
    country: contact.country,
    kind: contact.kind,
    telephone: contact.telephone ?? "",
    email: contact.email ?? "",
    url: contact.url ?? "",
    confirmed_on: contact.confirmedOn,
    hide_after_days: String(contact.hideAfterDays),
  };
}
