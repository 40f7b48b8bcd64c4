import type { Metadata } from "next";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { SnapshotBody } from "@/app/_components/snapshot-body";
import { answerStatus } from "@/app/_server/answer";
import { BrowserModule } from "@/app/_server/browser-module";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { snapshotRecord } from "@/app/_server/snapshot-record";
import { today } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string; id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, id } = await params;
  const words = await wordsOf(lang);
  const { t } = words;
  return pageMetadata({ words, path: `/snapshots/${id}`, title: t("snapshot.about"), description: t("site.description") });
}

/** All about one figure. */
export default async function SnapshotPage({ params }: Props) {
  const { lang, id } = await params;
  const words = await wordsOf(lang);
  const now = requestTime();
  const answered = await fromRecord(async (db) => ({ found: await snapshotRecord(db, id, now) }));
  if (answered && !answered.found) answerStatus(404);
  return (
    <PublicFrame words={words} path={answered && !answered.found ? "" : `/snapshots/${encodeURIComponent(id)}`}>
      {!answered && <UnavailablePage words={words} />}
      {answered &&
        (answered.found ? (
          <>
            <SnapshotBody {...answered.found} origin={originOf(readSettings())} accessed={today(now).knownOn} words={words} />
            <BrowserModule name="take-along" />
          </>
        ) : (
          <MissingPage words={words} />
        ))}
    </PublicFrame>
  );
}
