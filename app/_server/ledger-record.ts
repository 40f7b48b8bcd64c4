import type { SealedEntry, SignedHead } from "@/lib/ledger/chain";
import { entriesOf, lastOfKind, newestHead } from "@/lib/ledger/read";
import { newestRecording } from "@/lib/ledger/recordings";
import type { Database } from "./database";

/** How long a page that says that something is not sealed yet may be kept; milliseconds. */
const SOON = 3000;

/** The end of the ledger, and its last figure as an example; undefined while there is neither. */
export type LedgerRecord = {
  head: SignedHead | undefined;
  example: SealedEntry | undefined;
  /** When the page is to be made anew, as something waits to be sealed. */
  turn: string | undefined;
};

/** When a page that waits for the sealer is to be made anew. */
const soon = (now: Date) => new Date(now.getTime() + SOON).toISOString();

/** What the page of the ledger shows. */
export async function ledgerRecord(db: Database, now: Date): Promise<LedgerRecord> {
  const head = await newestHead(db);
  const waits = (await newestRecording(db)) > new Date(head?.sealed_at ?? 0);
  return { head, example: head && (await lastOfKind(db, "snapshots", head.n)), turn: waits ? soon(now) : undefined };
}

/** The entry of each revision of a figure, and when the page is to be made anew where one has none yet. */
export async function sealedRevisions(db: Database, id: string, revisions: number, now: Date) {
  const entries = new Map((await entriesOf(db, "snapshots", id)).map(({ revision, n }) => [revision, n]));
  return { entries, turn: entries.size < revisions ? soon(now) : undefined };
}
