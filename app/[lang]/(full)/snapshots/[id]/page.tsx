import type { Metadata } from "next";
import { aboutWhen, SourceLine } from "@/app/_components/figure";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerInWords } from "@/app/_components/series-table";
import { StoredCopy } from "@/app/_components/stored-copy";
import { VintageBand } from "@/app/_components/vintage-band";
import { answerStatus } from "@/app/_server/answer";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { publicCopyOf } from "@/lib/copies/read";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { revisionsOf } from "@/lib/snapshots/read";
import { asKnownPath, knownBy, today, type Vintage, vintageFrom, vintageQuery } from "@/lib/vintage";

type Props = {
  params: Promise<{ lang: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Ids are letters, digits, hyphens; anything else is not looked up. */
const isId = (id: string) => /^[A-Za-z0-9-]{1,100}$/.test(id);

/** The past day or the state of our record that the query asks for: none for the present, undefined when it is no such thing. */
async function askedVintage(searchParams: Props["searchParams"]): Promise<Vintage | "present" | undefined> {
  const { known, recorded } = await searchParams;
  if (known === undefined && recorded === undefined) return "present";
  if (Array.isArray(known) || Array.isArray(recorded)) return undefined;
  return vintageFrom(known ?? today(requestTime()).knownOn, recorded, requestTime());
}

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  return { title: words.t("snapshot.about"), ...((await askedVintage(searchParams)) === "present" ? {} : { robots: "noindex" }) };
}

/** All about one figure, and with `known` or `recorded` as it stood then. */
export default async function SnapshotPage({ params, searchParams }: Props) {
  const { lang, id } = await params;
  const words = await wordsOf(lang);
  const { t } = words;
  const asked = await askedVintage(searchParams);
  const vintage = asked === "present" ? undefined : asked;
  const query = vintage ? vintageQuery(vintage) : "";
  const path = `/snapshots/${encodeURIComponent(id)}${query}`;
  const revisions = asked && isId(id) ? await fromRecord((db) => revisionsOf(db, id, vintage?.recordedAt)) : [];
  const newest = revisions?.[0];
  const known = newest && (!vintage || newest.snapshot.knownFrom <= knownBy(vintage));
  if (!revisions || !known) {
    if (revisions) answerStatus(404);
    return (
      <PublicFrame words={words} path={revisions ? "" : path}>
        {revisions ? <MissingPage words={words} /> : <UnavailablePage words={words} />}
      </PublicFrame>
    );
  }

  const { snapshot } = newest;
  const copy = newest.state === "published" ? await fromRecord((db) => publicCopyOf(db, snapshot.source.id)) : undefined;
  const figure = snapshot.answer.kind === "figure" ? words.figure(snapshot.answer.figure) : t("snapshot.none");
  const country = `countries/${snapshot.country.toLowerCase()}`;
  return (
    <PublicFrame words={words} path={path}>
      {vintage && <VintageBand vintage={vintage} present={`/${words.language}/snapshots/${id}`} words={words} />}
      <p className="back">
        <a href={`/${words.language}/${vintage ? asKnownPath(vintage, country) : country}`}>{words.country(snapshot.country)}</a>
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
          {t("snapshot.restates")}: <a href={`/${words.language}/snapshots/${snapshot.restates}${query}`}>{t("snapshot.restated")}</a>
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
    </PublicFrame>
  );
}
