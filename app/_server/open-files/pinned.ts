import type { Database } from "@/db/client";
import { newestRecording } from "@/lib/ledger/recordings";
import { COLUMNS } from "@/lib/open-data/release";
import { today, type Vintage } from "@/lib/vintage";

/** One state of the record that a whole file is made from, however long that takes. */
export type Pinned = Required<Vintage>;

/** What is known today, as now recorded, held to the instant of the newest recording. */
export async function pinnedNow(db: Database, now: Date): Promise<Pinned> {
  return { ...today(now), recordedAt: await newestRecording(db) };
}

/** The same for every copy of one file of one state. Weak, since what is compressed on the way is another sequence of bytes. */
export const tagOf = ({ knownOn, recordedAt }: Pinned): string => `W/"${COLUMNS}-${knownOn}-${recordedAt.getTime().toString(36)}"`;
