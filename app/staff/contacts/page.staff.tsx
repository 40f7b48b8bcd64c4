import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { requestTime } from "@/app/_server/public-page";
import { requirePerson, staffWords } from "@/app/_server/session";
import { listedContacts } from "@/lib/contacts/read";
import { isShown } from "@/lib/contacts/rules";
import { textIn } from "@/lib/i18n/words";
import { namesOf } from "@/lib/staff/read";
import { mayAnnounceAnything } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import { whetherShown } from "./in-words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("contacts.title") };
}

/** Every contact by country: who confirmed it, when, and whether the public still sees it. */
export default async function ContactsPage() {
  const person = await requirePerson("/staff/contacts");
  const words = await staffWords();
  const { t } = words;
  const contacts = await listedContacts(staffDb());
  const names = await namesOf(
    staffDb(),
    contacts.map((contact) => contact.confirmedBy),
  );
  const day = today(requestTime()).knownOn;
  const codes = [...new Set(contacts.map((contact) => contact.country))];
  const countries = codes
    .map((code) => ({ code, name: words.country(code), contacts: contacts.filter((contact) => contact.country === code) }))
    .sort((a, b) => a.name.localeCompare(b.name, words.language));
  return (
    <>
      <h1>{t("contacts.title")}</h1>
      <p className="lead">{t("contacts.lead")}</p>
      {mayAnnounceAnything(person) && (
        <p>
          <a className="button" href="/staff/contacts/new">
            {t("contacts.new")}
          </a>
        </p>
      )}
      {contacts.length === 0 && <p className="nothing">{t("contacts.empty")}</p>}
      {countries.map((country) => (
        <section key={country.code} aria-labelledby={`of-${country.code}`}>
          <h2 id={`of-${country.code}`}>{country.name}</h2>
          <ul className="plain">
            {country.contacts.map((contact) => (
              <li key={contact.statementId}>
                <a href={`/staff/contacts/${contact.statementId}`}>{textIn(contact.name, words.language)?.text}</a>{" "}
                <small className="aside">
                  {t(`contacts.kinds.${contact.kind}`)}
                  {contact.telephone && <> · {contact.telephone}</>}
                </small>
                <span className={isShown(contact, day) ? "line" : "line error"}>{whetherShown(contact, day, words)}</span>
                <small className="aside">
                  {t("contacts.confirmedBy", {
                    day: words.day(contact.confirmedOn),
                    name: names.get(contact.confirmedBy) ?? contact.confirmedBy,
                  })}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
