import type { CopyFacts } from "@/lib/copies/rules";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import type { Revision } from "@/lib/snapshots/rules";
import { pagePath, type Vintage } from "@/lib/vintage";
import { aboutWhen, SourceLine } from "./figure";
import { answerInWords } from "./series-table";
import { StoredCopy } from "./stored-copy";

type Props = {
  /** Newest first, at least one. */
  revisions: readonly [Revision, ...Revision[]];
  copy: CopyFacts | undefined;
  vintage?: Vintage;
  words: Words;
};

/** All about one figure: what it says, who said it, and every revision with its reason. */
export function SnapshotBody({ revisions, copy, vintage, words }: Props) {
  const { t } = words;
  const [newest] = revisions;
  const { snapshot } = newest;
  const figure = snapshot.answer.kind === "figure" ? words.figure(snapshot.answer.figure) : t("snapshot.none");
  const country = pagePath(`countries/${snapshot.country.toLowerCase()}`, vintage);
  return (
    <>
      <p className="back">
        <a href={`/${words.language}/${country}`}>{words.country(snapshot.country)}</a>
      </p>
      <h1>{t("snapshot.title", { measure: t(`measures.${snapshot.measure}`), country: words.country(snapshot.country), figure })}</h1>
      <p className="lead">{aboutWhen(snapshot, words)}</p>
      {newest.state === "withdrawn" && <p className="band">{t("snapshot.withdrawn")}</p>}
      <p>{t(`explained.${snapshot.measure}`)}</p>
      <p>
        {t("snapshot.known")}: {words.day(dayIn(MOSCOW, new Date(snapshot.knownFrom.getTime() - 1)))}
      </p>
      <StoredCopy copy={copy} address={`/sources/${snapshot.source.id}/copy`} words={words} />
      {snapshot.restates && (
        <p>
          {t("snapshot.restates")}:{" "}
          <a href={`/${words.language}/${pagePath(`snapshots/${snapshot.restates}`, vintage)}`}>{t("snapshot.restated")}</a>
        </p>
      )}
      <h2>{t("snapshot.revisions")}</h2>
      <ol className="revisions" reversed>
        {revisions.map((revision) => (
          <li key={revision.snapshot.revision}>
            <h3>
              {t("snapshot.revision", { number: revision.snapshot.revision })}
              {revision === newest && revision.state === "published" && <small className="aside"> · {t("snapshot.current")}</small>}
            </h3>
            <p className="number">
              {revision.state === "withdrawn" ? t("snapshot.withdrawn") : <strong>{answerInWords(revision.snapshot, words)}</strong>}
            </p>
            <p>{aboutWhen(revision.snapshot, words)}</p>
            <p>
              <SourceLine source={revision.snapshot.source} words={words} />
            </p>
            {revision.snapshot.answer.kind === "figure" && revision.snapshot.answer.wording && (
              <p lang="">{t("figure.inWords", { wording: revision.snapshot.answer.wording })}</p>
            )}
            {revision.snapshot.answer.kind === "figure" && revision.snapshot.answer.childrenShare !== null && (
              <p>{t("figure.children", { share: words.share(revision.snapshot.answer.childrenShare) })}</p>
            )}
            {revision.snapshot.note && (
              <p>
                {t("figure.note")}: <span lang="">{revision.snapshot.note}</span>
              </p>
            )}
            {revision.reason && (
              <p>
                {t("snapshot.reason")}: <span lang="">{revision.reason}</span>
              </p>
            )}
            <p className="aside">
              {t("snapshot.recorded")}: {words.instant(revision.snapshot.recordedAt)}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
