import { aboutWhen, SourceLine } from "@/app/_components/figure";
import { answerInWords } from "@/app/_components/series-table";
import { enteredBy } from "@/app/_server/history-words";
import { typedOf } from "@/app/_server/record-choices";
import { confirmationInWords } from "@/lib/history/in-words";
import type { Words } from "@/lib/i18n/words";
import type { Revision } from "@/lib/snapshots/rules";
import { SYSTEM } from "@/lib/staff/rules";
import { FieldsSideBySide } from "../../_components/fields-side-by-side";

const fieldsOf = ({ snapshot }: Revision): Record<string, string> => ({ ...typedOf(snapshot), rank: snapshot.rank });

/** The history of a statement, newest first: what it said, who wrote it, when and why. */
export function Revisions({
  revisions,
  names,
  words,
}: {
  revisions: readonly Revision[];
  names: ReadonlyMap<string, string>;
  words: Words;
}) {
  const { t } = words;
  const who = (revision: Revision) => {
    if (revision.recordedBy === SYSTEM.personId) return t("record.starter");
    const name = enteredBy(names, { personId: revision.recordedBy, tokenId: revision.tokenId }, words);
    return revision.recordedBy === revision.publishedBy
      ? `${name} (${t("record.alone")})`
      : `${name}, ${names.get(revision.publishedBy) ?? revision.publishedBy}`;
  };
  return (
    <ol className="revisions" reversed>
      {revisions.map((revision, index) => (
        <li key={revision.snapshot.revision}>
          <h3>{t("record.old", { number: revision.snapshot.revision })}</h3>
          <p className="number">
            {revision.state === "withdrawn" ? t("snapshot.withdrawn") : <strong>{answerInWords(revision.snapshot, words)}</strong>}{" "}
            <span className="when">{aboutWhen(revision.snapshot, words)}</span>
          </p>
          <SourceLine source={revision.snapshot.source} words={words} />
          {revision.reason && (
            <p>
              {t("snapshot.reason")}: {revision.reason}
            </p>
          )}
          {revisions[index + 1] && (
            <FieldsSideBySide before={fieldsOf(revisions[index + 1] as Revision)} after={fieldsOf(revision)} words={words} />
          )}
          {revision.confirmation && (
            <p className="aside">
              {t("record.confirmed")}: {confirmationInWords(revision.confirmation, words)}
            </p>
          )}
          <p className="aside">
            {t("record.who")}: {who(revision)} · {t("record.from")}: {words.instant(revision.snapshot.recordedAt)}
          </p>
        </li>
      ))}
    </ol>
  );
}
