import type { Metadata } from "next";
import { DataBody } from "@/app/_components/data-body";
import { UnavailablePage } from "@/app/_components/missing-page";
import { PublicFrame } from "@/app/_components/public-frame";
import { API, datasetOf, WAYS } from "@/app/_server/open-files/dataset";
import { LICENCE } from "@/app/_server/open-files/descriptor";
import { entryExampleOf, examplesOf } from "@/app/_server/open-files/examples";
import { datasetLd } from "@/app/_server/open-files/structured";
import { pageMetadata } from "@/app/_server/page-metadata";
import { fromRecord, requestTime, wordsOf } from "@/app/_server/public-page";
import { originOf, readSettings } from "@/settings";

type Props = { params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  return pageMetadata({ words, path: "/data", title: t("data.title"), description: t("data.description") });
}

/** Everything to take along, and how programs read it. */
export default async function DataPage({ params }: Props) {
  const words = await wordsOf((await params).lang);
  const { t } = words;
  const origin = originOf(readSettings());
  const dataset = await fromRecord((db) => datasetOf(db, requestTime()));
  const files = [...WAYS, { path: "/data/catalog.jsonld", text: "data.fileCatalog" } as const];
  return (
    <PublicFrame words={words} path="/data">
      {dataset ? (
        <>
          <script type="application/ld+json">{JSON.stringify(datasetLd(dataset, origin, words)).replaceAll("<", "\\u003c")}</script>
          <DataBody
            pinned={dataset.pinned}
            version={dataset.version}
            extent={dataset.extent}
            files={files.map(({ path, text }) => ({ address: path, label: t(text) }))}
            address={`${origin}/data/muhlat.zip`}
            licence={LICENCE}
            described={API.described}
            examples={examplesOf(origin)}
            entry={entryExampleOf(origin)}
            words={words}
          />
        </>
      ) : (
        <UnavailablePage words={words} />
      )}
    </PublicFrame>
  );
}
