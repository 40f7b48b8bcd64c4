import { publicCopyOf } from "@/lib/copies/read";
import { revisionsOf } from "@/lib/snapshots/read";
import type { Revision } from "@/lib/snapshots/rules";
import { knownBy, type Vintage } from "@/lib/vintage";
import type { Database } from "./database";

/** Ids are letters, digits, hyphens; anything else is not looked up. */
const isId = (id: string) => /^[A-Za-z0-9-]{1,100}$/.test(id);

/** What a page about one figure shows; undefined when there is no such statement, or the vintage does not know it yet. */
export async function snapshotRecord(db: Database, id: string, vintage?: Vintage) {
  const [newest, ...older] = isId(id) ? await revisionsOf(db, id, vintage?.recordedAt) : [];
  if (!newest || (vintage && newest.snapshot.knownFrom > knownBy(vintage))) return undefined;
  const revisions: readonly [Revision, ...Revision[]] = [newest, ...older];
  const copy = newest.state === "published" ? await publicCopyOf(db, newest.snapshot.source.id) : undefined;
  return { revisions, copy };
}
