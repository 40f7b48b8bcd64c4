import type { Database } from "@/db/client";
import type { SignedHead } from "@/lib/ledger/chain";
import { newestHead } from "@/lib/ledger/read";
import { newestRecording } from "@/lib/ledger/recordings";
import { COLUMNS } from "@/lib/open-data/release";
import { today, type Vintage } from "@/lib/vintage";

/** One state of the record that a whole file is made from, however long that takes, and how far the ledger went then. */
export type Pinned = Required<Vintage> & { head?: SignedHead | undefined };

/** What is known today, as now recorded, held to the instant of the newest recording. */
export async function pinnedNow(db: Database, now: Date): Promise<Pinned> {
  // The ledger first: what it has by then is recorded by then.
  const head = await newestHead(db);
  return { ...today(now), recordedAt: await newestRecording(db), head };
}

/** The same for every copy of one file of one state. Weak, since what is compressed on the way is another sequence of bytes. */
export const tagOf = ({ knownOn, recordedAt, head }: Pinned): string =>
  `W/"${COLUMNS}-${knownOn}-${recordedAt.getTime().toString(36)}-${(head?.n ?? 0).toString(36)}"`;
