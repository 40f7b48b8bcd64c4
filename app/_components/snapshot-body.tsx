import type { SnapshotRecord } from "@/app/_server/snapshot-record";
import type { Words } from "@/lib/i18n/words";
import type { Revision, Snapshot } from "@/lib/snapshots/rules";
import { pagePath, type Vintage } from "@/lib/vintage";
import { boundsInWords } from "./bounds-in-words";
import { aboutWhen, SourceLine } from "./figure";
import { answerInWords } from "./series-table";
import { Citation } from "./snapshot-citation";
import { knownSince, Rivals } from "./snapshot-rivals";
import { StoredCopy } from "./stored-copy";

/** What a source said beside the figure: its own words, the share of children, and what a reader must know. */
function SaidBeside({ snapshot: { answer, note }, words }: { snapshot: Snapshot; words: Words }) {
  const { t } = words;
  return (
    <>
      {answer.kind === "figure" && answer.wording && (
        <p className="wording" lang="">
          {t("figure.inWords", { wording: answer.wording })}
        </p>
      )}
      {answer.kind === "figure" && answer.childrenShare !== null && (
        <p>{t("figure.children", { share: words.share(answer.childrenShare) })}</p>
      )}
      {note && (
        <p>
          {t("figure.note")}: <span lang="">{note}</span>
        </p>
      )}
    </>
  );
}

function Reason({ reason, words }: { reason: string | null; words: Words }) {
  if (!reason) return null;
  return (
    <p>
      {words.t("snapshot.reason")}: <span lang="">{reason}</span>
    </p>
  );
}

/** Where a revision stands in the ledger, with the way to its hashes. */
function Sealed({ n, turn, words }: { n: number | undefined; turn: string | undefined; words: Words }) {
  if (n === undefined)
    return (
      <p className="aside" data-turns={turn}>
        {words.t("ledger.notSealed")}
      </p>
    );
  return (
    <p className="aside">
      <a href={`/api/v1/ledger?after=${n - 1}&limit=1`}>{words.t("ledger.sealedAs", { number: words.number(n) })}</a>
      {" · "}
      <a href={`/${words.language}/ledger`}>{words.t("ledger.title")}</a>
    </p>
  );
}

/** One revision: what it said and why it was written; of earlier ones also who had said it, which of the newest stands above. */
function Version({
  revision,
  newest,
  sealed,
  words,
}: {
  revision: Revision;
  newest: boolean;
  sealed: SnapshotRecord["sealed"];
  words: Words;
}) {
  const { t } = words;
  const { snapshot, state, reason } = revision;
  return (
    <li>
      <h3>
        {t("snapshot.revision", { number: snapshot.revision })}
        {newest && state === "published" && <small className="aside"> · {t("snapshot.current")}</small>}
      </h3>
      <p className="number">{state === "withdrawn" ? t("snapshot.withdrawn") : <strong>{answerInWords(snapshot, words)}</strong>}</p>
      <p>{aboutWhen(snapshot, words)}</p>
      {!newest && (
        <>
          <p>
            <SourceLine source={snapshot.source} words={words} />
          </p>
          <SaidBeside snapshot={snapshot} words={words} />
        </>
      )}
      <Reason reason={reason} words={words} />
      <p className="aside">
        {t("snapshot.recorded")}: {words.instant(snapshot.recordedAt)}
      </p>
      {sealed && <Sealed n={sealed.entries.get(snapshot.revision)} turn={sealed.turn} words={words} />}
    </li>
  );
}

/** What a statement replaces and what replaces it, with the ways to both. */
function Replaced({
  snapshot,
  restated,
  restating,
  vintage,
  words,
}: Pick<Props, "restated" | "restating" | "vintage" | "words"> & { snapshot: Snapshot }) {
  const { t, language } = words;
  const way = (id: string) => `/${language}/${pagePath(`snapshots/${id}`, vintage)}`;
  return (
    <>
      {restating.map((later) => (
        <p className="band" key={later.statementId}>
          {t("statement.restating")}: <a href={way(later.statementId)}>{answerInWords(later, words)}</a>, {aboutWhen(later, words)},{" "}
          {t("statement.since", { day: knownSince(later.knownFrom, words) })}
        </p>
      ))}
      {snapshot.restates && (
        <p>
          {t("snapshot.restates")}:{" "}
          <a href={way(snapshot.restates)}>{restated ? answerInWords(restated, words) : t("snapshot.restated")}</a>
          {restated && `, ${aboutWhen(restated, words)}`}
        </p>
      )}
    </>
  );
}

type Props = SnapshotRecord & {
  /** The past day that the page shows. */
  vintage?: Vintage;
  origin: string;
  /** The day on which the page is read. */
  accessed: string;
  words: Words;
};

/** All about one figure: what it says and can mean, who said it, what else was said of that time, and every revision with its reason. */
export function SnapshotBody({ revisions, copy, standing, restated, restating, sealed, pinned, vintage, origin, accessed, words }: Props) {
  const { t, language } = words;
  const [newest] = revisions;
  const { snapshot } = newest;
  const { answer } = snapshot;
  const figure = answer.kind === "figure" ? words.figure(answer.figure) : t("snapshot.none");
  const title = t("snapshot.title", { measure: t(`measures.${snapshot.measure}`), country: words.country(snapshot.country), figure });
  return (
    <>
      <p className="back">
        <a href={`/${language}/${pagePath(`countries/${snapshot.country.toLowerCase()}`, vintage)}`}>{words.country(snapshot.country)}</a>
      </p>
      <h1>{title}</h1>
      <p className="lead">{aboutWhen(snapshot, words)}</p>
      {newest.state === "withdrawn" && (
        <div className="band">
          <p>
            <strong>{t("snapshot.withdrawn")}</strong> {words.instant(snapshot.recordedAt)}
          </p>
          <Reason reason={newest.reason} words={words} />
        </div>
      )}
      <SaidBeside snapshot={snapshot} words={words} />
      <Replaced snapshot={snapshot} restated={restated} restating={restating} vintage={vintage} words={words} />
      <p className="explained">{t(`explained.${snapshot.measure}`)}</p>
      {answer.kind === "figure" && (
        <section aria-labelledby="meaning">
          <h2 id="meaning">{t("statement.meaning")}</h2>
          <p>
            {boundsInWords(answer.figure, words)} <a href={`/${language}/method#bounds`}>{t("statement.rule")}</a>
          </p>
        </section>
      )}
      <section aria-labelledby="said">
        <h2 id="said">{t("statement.said")}</h2>
        <p>
          <SourceLine source={snapshot.source} words={words} />
          {t("snapshot.known")}: {knownSince(snapshot.knownFrom, words)}
        </p>
        <StoredCopy copy={copy} address={`/sources/${snapshot.source.id}/copy`} words={words} />
      </section>
      {standing && <Rivals snapshot={snapshot} standing={standing} vintage={vintage} words={words} />}
      <section aria-labelledby="revisions">
        <h2 id="revisions">{t("snapshot.revisions")}</h2>
        <ol className="revisions" reversed>
          {revisions.map((revision) => (
            <Version key={revision.snapshot.revision} revision={revision} newest={revision === newest} sealed={sealed} words={words} />
          ))}
        </ol>
      </section>
      <Citation snapshot={snapshot} title={title} origin={origin} accessed={accessed} pinned={pinned} words={words} />
    </>
  );
}
