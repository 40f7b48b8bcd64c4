import type { Database } from "@/db/client";
import { recordedBy } from "@/lib/ledger/recorded";
import { newestRecording } from "@/lib/ledger/recordings";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import { releaseOf } from "@/lib/open-data/release";
import { type Extent, extentOf } from "@/lib/snapshots/extent";
import { type Pinned, pinnedNow } from "./pinned";

/** What is said of the data as a whole. */
export type Dataset = { pinned: Pinned; version: string; extent: Extent | undefined };

/** The data of a state of the record. */
export async function datasetAt(db: Database, pinned: Pinned): Promise<Dataset> {
  const version = releaseOf(await recordedBy(db, pinned.recordedAt));
  // What is recorded up to the newest instant is what the current rows have, which answer quicker.
  const behind = pinned.recordedAt < (await newestRecording(db));
  return { pinned, version, extent: await extentOf(db, behind ? pinned : { knownOn: pinned.knownOn }) };
}

/** The data of today. */
export const datasetOf = async (db: Database, now: Date): Promise<Dataset> => datasetAt(db, await pinnedNow(db, now));

/** From when until when the data reaches, as ISO 8601 has an interval of days; the days are Moscow's. */
export const coverageOf = ({ from, to }: Extent) => {
  const lastDay = dayIn(MOSCOW, new Date(to.getTime() - 1));
  return { from: dayIn(MOSCOW, from), to: lastDay };
};

/** The ways to the data: an address behind the origin, its type, and the text that names it. */
export const WAYS = [
  { path: "/data/snapshots.csv", type: "text/csv", text: "data.fileCsv" },
  { path: "/data/snapshots.xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", text: "data.fileXlsx" },
  { path: "/data/muhlat.zip", type: "application/zip", text: "data.fileZip" },
] as const;

/** Where programs ask, and where it is described. */
export const API = { base: "/api/v1", described: "/api/v1/openapi.json", example: "/api/v1/snapshots" } as const;
