import type { Contact } from "@/lib/contacts/rules";
import { ALL } from "@/lib/countries/rules";
import { ownLanguageName } from "@/lib/i18n/language-names";
import { textIn, type Words } from "@/lib/i18n/words";
import { GivenText } from "./given-text";

/** Whom citizens can turn to, each with the day on which it was confirmed. */
export function Contacts({ contacts, words }: { contacts: readonly Contact[]; words: Words }) {
  const { t } = words;
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">{t("contacts.public")}</h2>
      {contacts.length === 0 && <p className="nothing">{t("contacts.nonePublic")}</p>}
      {contacts.map((contact) => (
        <ContactCard key={contact.statementId} contact={contact} words={words} />
      ))}
    </section>
  );
}

function ContactCard({ contact, words }: { contact: Contact; words: Words }) {
  const { t } = words;
  const { telephone, email, url } = contact;
  const given = (name: "address" | "hours" | "note") =>
    textIn(contact[name], words.language) && (
      <div>
        <dt>{t(`contacts.${name}`)}</dt>
        <dd>
          <GivenText texts={contact[name]} words={words} />
        </dd>
      </div>
    );
  return (
    <article className="contact">
      <h3>
        <GivenText texts={contact.name} words={words} />
      </h3>
      <p className="aside">
        {t(`contacts.kinds.${contact.kind}`)}
        {contact.country === ALL && <> · {t("contacts.forAll")}</>} · {t("contacts.confirmed", { day: words.day(contact.confirmedOn) })}
      </p>
      <dl className="facts">
        {telephone && (
          <div>
            <dt>{t("contacts.telephone")}</dt>
            <dd>
              <a href={`tel:${telephone.replaceAll(" ", "")}`}>{telephone}</a>
            </dd>
          </div>
        )}
        {email && (
          <div>
            <dt>{t("contacts.email")}</dt>
            <dd>
              <a href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}>{email}</a>
            </dd>
          </div>
        )}
        {url && (
          <div>
            <dt>{t("contacts.url")}</dt>
            <dd>
              <a href={url} rel="noreferrer">
                {url}
              </a>
            </dd>
          </div>
        )}
        {given("hours")}
        {given("address")}
        {contact.languages.length > 0 && (
          <div>
            <dt>{t("contacts.languages")}</dt>
            <dd>{contact.languages.map(ownLanguageName).join(", ")}</dd>
          </div>
        )}
        {given("note")}
      </dl>
    </article>
  );
}
