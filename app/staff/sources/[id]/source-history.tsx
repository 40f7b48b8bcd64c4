import { SourceLine } from "@/app/_components/figure";
import { enteredBy } from "@/app/_server/history-words";
import type { Words } from "@/lib/i18n/words";
import type { SourceRevision } from "@/lib/sources/read";
import { SYSTEM } from "@/lib/staff/rules";

type Props = { revisions: readonly SourceRevision[]; names: ReadonlyMap<string, string>; words: Words };

/** The history of a source, newest first: what it said and held, who wrote it, when and why. */
export function SourceHistory({ revisions, names, words }: Props) {
  const { t } = words;
  const who = ({ recordedBy, publishedBy, tokenId }: SourceRevision) => {
    if (recordedBy === SYSTEM.personId) return t("record.starter");
    const name = enteredBy(names, { personId: recordedBy, tokenId }, words);
    return recordedBy === publishedBy ? `${name} (${t("record.alone")})` : `${name}, ${names.get(publishedBy) ?? publishedBy}`;
  };
  return (
    <ol className="revisions" reversed>
      {revisions.map((revision) => (
        <li key={revision.revision}>
          <h3>{t("record.old", { number: revision.revision })}</h3>
          {revision.state === "withdrawn" && <p>{t("sources.withdrawn")}</p>}
          <p>
            <SourceLine source={{ ...revision, id: revision.statementId }} words={words} />
            {revision.publisher && (
              <span className="line">
                {t("record.publisher")}: <span lang="">{revision.publisher}</span>
              </span>
            )}
          </p>
          {revision.copyId && (
            <p>
              {t("sources.copy", { state: t(revision.copyPublic ? "sources.copyPublic" : "sources.copyStaff") })}, {t("copies.hash")}{" "}
              <code>{revision.copyId}</code>
            </p>
          )}
          {revision.reason && (
            <p>
              {t("snapshot.reason")}: <span lang="">{revision.reason}</span>
            </p>
          )}
          <p className="aside">
            {t("record.who")}: {who(revision)} · {t("record.from")}: {words.instant(revision.recordedAt)}
          </p>
        </li>
      ))}
    </ol>
  );
}
