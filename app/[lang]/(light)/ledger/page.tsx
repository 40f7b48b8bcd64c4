import type { Metadata } from "next";
import { LedgerBody } from "@/app/_components/ledger-body";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { ledgerRecord } from "@/app/_server/ledger-record";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  return pageMetadata({ words, path: "/ledger", title: t("ledger.title"), description: t("ledger.description") });
}

/** The chain over everything recorded, for any stranger to check. */
export default async function LedgerPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const record = await fromRecord((db) => ledgerRecord(db, requestTime()));
  return (
    <PublicFrame words={words} path="/ledger">
      {record ? <LedgerBody {...record} origin={originOf(readSettings())} words={words} /> : <UnavailablePage words={words} />}
    </PublicFrame>
  );
}
