import { CHECKS, type Contact, isCheck } from "@/lib/contacts/rules";
import type { MessageKey } from "@/lib/i18n/translator";
import type { Words } from "@/lib/i18n/words";
import { GRAY, MEANING_READ_IN, type Read, WAYS_OFF } from "@/lib/measures/meaning";
import { GivenText } from "./given-text";

function Sources({ read, words }: { read: readonly Read[]; words: Words }) {
  return (
    <p className="explained">
      {words.t("figure.source")}:{" "}
      {read.map(({ title, published }, index) => (
        <span key={title}>
          {index > 0 && "; "}
          <span lang="">{title}</span>
          {published && <>, {words.moment({ text: published })}</>}
        </span>
      ))}
    </p>
  );
}

/** Where one looks up one's own entry: pages that staff have confirmed, with the day; else that none is known. */
function Checks({ contacts, words }: { contacts: readonly Contact[]; words: Words }) {
  const { t } = words;
  return (
    <>
      <h3>{t("listed.check.title")}</h3>
      <p>{t("listed.check.text")}</p>
      <ul className="plain">
        {CHECKS.map((kind) => {
          const found = contacts.filter(isCheck).filter((contact) => contact.kind === kind);
          return (
            <li key={kind}>
              <strong>{t(`contacts.kinds.${kind}`)}</strong>: {found.length === 0 && <em className="nothing">{t("listed.check.none")}</em>}
              {found.map(({ statementId, url, name, confirmedOn }) => (
                <span className="line" key={statementId}>
                  <a className="tap" href={url ?? undefined} rel="noreferrer">
                    <GivenText texts={name} words={words} />
                  </a>{" "}
                  <small className="aside">{t("contacts.confirmed", { day: words.day(confirmedOn) })}</small>
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What a list means for those on it, what gets them off it, and where one's own entry is looked up. */
export function IfListed({ contacts, words }: { contacts: readonly Contact[]; words: Words }) {
  const { t } = words;
  const items = (keys: readonly MessageKey[]) => (
    <ul>
      {keys.map((key) => (
        <li key={key}>{t(key)}</li>
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="listed">
      <h2 id="listed">{t("listed.title")}</h2>
      <h3>{t("listed.gray.title")}</h3>
      <p>{t("listed.gray.lead")}</p>
      {items(GRAY.map((name) => `listed.gray.${name}` as const))}
      <p>{t("listed.gray.school")}</p>
      <Sources read={MEANING_READ_IN.gray} words={words} />
      <h3>{t("listed.off.title")}</h3>
      {items(WAYS_OFF.map((name) => `listed.off.${name}` as const))}
      <Sources read={MEANING_READ_IN.off} words={words} />
      <h3>{t("listed.black.title")}</h3>
      <p>{t("listed.black.text")}</p>
      <Sources read={MEANING_READ_IN.black} words={words} />
      <Checks contacts={contacts} words={words} />
      <p className="explained">{t("listed.noAdvice")}</p>
    </section>
  );
}
