import type { ContactRevision } from "@/lib/contacts/read";
import { CONFIRMED_AGAIN } from "@/lib/contacts/rules";
import { textIn, type Words } from "@/lib/i18n/words";

type Props = { revisions: readonly ContactRevision[]; names: ReadonlyMap<string, string>; words: Words };

/** What became of a contact, newest first: how it stood, who wrote it, when and why. */
export function ContactHistory({ revisions, names, words }: Props) {
  const { t } = words;
  return (
    <ol className="revisions" reversed>
      {revisions.map((one) => (
        <li key={one.revision}>
          <h3>{t("record.old", { number: one.revision })}</h3>
          <p>
            {one.state === "withdrawn" && <strong>{t("contacts.withdrawn")} </strong>}
            {[textIn(one.name, words.language)?.text, one.telephone, one.email, one.url].filter(Boolean).join(" · ")} ·{" "}
            {t("contacts.confirmed", { day: words.day(one.confirmedOn) })}
          </p>
          {one.reason && (
            <p>
              {t("snapshot.reason")}: {one.reason === CONFIRMED_AGAIN ? t("contacts.confirmedAgain") : one.reason}
            </p>
          )}
          <p className="aside">
            {t("record.who")}: {names.get(one.recordedBy) ?? one.recordedBy} · {t("record.from")}: {words.instant(one.recordedAt)}
          </p>
        </li>
      ))}
    </ol>
  );
}
