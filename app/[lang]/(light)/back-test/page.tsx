import type { Metadata } from "next";
import { BackTestBody } from "@/app/_components/back-test-body";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { backTestRecord } from "@/app/_server/back-test-record";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { today } from "@/lib/vintage";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  return pageMetadata({ words, path: "/back-test", title: t("backTest.title"), description: t("backTest.lead") });
}

/** Every projection that could have been made to a past deadline, beside what came. */
export default async function BackTestPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const now = requestTime();
  const tests = await fromRecord((db) => backTestRecord(db, today(now), now));
  return (
    <PublicFrame words={words} path="/back-test">
      {tests ? <BackTestBody tests={tests} words={words} /> : <UnavailablePage words={words} />}
    </PublicFrame>
  );
}
