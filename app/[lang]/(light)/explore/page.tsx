import type { Metadata } from "next";
import { ExploreBody } from "@/app/_components/explore-body";
import { ExploreCite } from "@/app/_components/explore-cite";
import { ExploreDownloads } from "@/app/_components/explore-downloads";
import { titleOf } from "@/app/_components/explore-in-words";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { answerStatus } from "@/app/_server/answer";
import { BrowserModule } from "@/app/_server/browser-module";
import { chartCode } from "@/app/_server/embed-codes";
import { type ExploreRecord, exploreRecord } from "@/app/_server/explore-record";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { lastingView, queryOf, viewFrom } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { today } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

async function asked({ params, searchParams }: Props) {
  const words = await wordsOf((await params).lang);
  return { words, ...viewFrom(await searchParams, requestTime()) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { words, view, notUnderstood } = await asked(props);
  const { t } = words;
  const metadata = pageMetadata({
    words,
    path: `/explore${queryOf(view)}`,
    title: `${t("explore.title")}: ${titleOf(view, view.countries, words)}`,
    description: t("explore.lead"),
  });
  // A past day, and an address that was not understood, are nothing to find by searching.
  return view.vintage || notUnderstood.length > 0 ? { ...metadata, robots: "noindex" } : metadata;
}

/** The same view with its countries named and both its dates pinned. */
function Cited({ record, words }: { record: ExploreRecord; words: Words }) {
  const { view, pinned, plots } = record;
  const countries = plots.map(({ country }) => country);
  const lasting = lastingView(view, countries, pinned);
  const title = titleOf(view, countries, words);
  return (
    <ExploreCite
      title={title}
      pinned={lasting.vintage}
      address={`${originOf(readSettings())}/${words.language}/explore${queryOf(lasting)}`}
      frame={chartCode(lasting, title, words)}
      words={words}
    />
  );
}

/** Countries and counts over time, as the address says. */
export default async function ExplorePage(props: Props) {
  const { words, view, notUnderstood } = await asked(props);
  const { t } = words;
  if (notUnderstood.length > 0) answerStatus(400);
  const record = await fromRecord((db) => exploreRecord(db, view, requestTime()));
  return (
    <PublicFrame words={words} path={`/explore${queryOf(view)}`}>
      {record ? (
        <>
          <h1>{t("explore.title")}</h1>
          <p className="lead">{t("explore.lead")}</p>
          {notUnderstood.length > 0 && (
            <p className="band" role="alert">
              {t("explore.notUnderstood", { parts: notUnderstood.map(({ parameter, said }) => `${parameter}=${said}`).join(", ") })}
            </p>
          )}
          <ExploreBody record={record} today={today(requestTime()).knownOn} words={words}>
            <ExploreDownloads view={view} words={words} />
            <Cited record={record} words={words} />
          </ExploreBody>
          <BrowserModule name="explore" />
        </>
      ) : (
        <UnavailablePage words={words} />
      )}
    </PublicFrame>
  );
}
