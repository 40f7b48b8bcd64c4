import type { Metadata } from "next";
import { MissingPage, UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { SnapshotBody } from "@/app/_components/snapshot-body";
import { VintageBand } from "@/app/_components/vintage-band";
import { answerStatus } from "@/app/_server/answer";
import { BrowserModule } from "@/app/_server/browser-module";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { snapshotRecord } from "@/app/_server/snapshot-record";
import { pagePath, today, vintageFrom } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

type Props = {
  params: Promise<{ lang: string; day: string; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await wordsOf((await params).lang)).t("snapshot.about"), robots: "noindex" };
}

/** One figure as it was known on a past day, and with `recorded` as we had it written down at an instant. */
export default async function SnapshotAsKnownPage({ params, searchParams }: Props) {
  const { lang, day, id } = await params;
  const { recorded } = await searchParams;
  const words = await wordsOf(lang);
  const now = requestTime();
  const vintage = Array.isArray(recorded) ? undefined : vintageFrom(day, recorded, now);
  const answered = vintage ? await fromRecord(async (db) => ({ found: await snapshotRecord(db, id, now, vintage) })) : { found: undefined };
  if (answered && !answered.found) answerStatus(404);
  const there = vintage && (!answered || answered.found);
  return (
    <PublicFrame words={words} path={there ? `/${pagePath(`snapshots/${encodeURIComponent(id)}`, vintage)}` : ""}>
      {!answered && <UnavailablePage words={words} />}
      {vintage && answered?.found && (
        <>
          <VintageBand vintage={vintage} present={`/${words.language}/snapshots/${id}`} words={words} />
          <SnapshotBody
            {...answered.found}
            vintage={vintage}
            origin={originOf(readSettings())}
            accessed={today(now).knownOn}
            words={words}
          />
          <BrowserModule name="take-along" />
        </>
      )}
      {answered && !answered.found && <MissingPage words={words} />}
    </PublicFrame>
  );
}
