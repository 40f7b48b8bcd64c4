import { publicCopyOf } from "@/lib/copies/read";
import { newestRecording } from "@/lib/ledger/recordings";
import { contenders, rankReasons, restatements } from "@/lib/snapshots/beside";
import { revisionsOf } from "@/lib/snapshots/read";
import { hasFigure, type Revision } from "@/lib/snapshots/rules";
import { standingOf } from "@/lib/snapshots/standing";
import { knownBy, today, type Vintage } from "@/lib/vintage";
import type { Database } from "./database";
import { sealedRevisions } from "./ledger-record";

/** Ids are letters, digits, hyphens; anything else is not looked up. */
const isId = (id: string) => /^[A-Za-z0-9-]{1,100}$/.test(id);

/** How the figure of a revision stands among the others about its time; undefined where it counts no more or is none. */
async function standingIn(db: Database, { snapshot, state }: Revision, vintage: Vintage) {
  if (state === "withdrawn" || !hasFigure(snapshot)) return undefined;
  const found = await contenders(db, snapshot, vintage);
  return {
    ...standingOf(snapshot, found),
    counts: found.some((s) => s.statementId === snapshot.statementId),
    reasons: await rankReasons(db, found, vintage),
  };
}

/**
 * What a page about one figure shows; undefined when there is no such statement, or the vintage does not know it yet.
 * @param vintage the past day that the page shows; undefined for the page of today, which shows what becomes known later too
 */
export async function snapshotRecord(db: Database, id: string, now: Date, vintage?: Vintage) {
  const recordedAt = vintage?.recordedAt ?? (await newestRecording(db));
  const [newest, ...older] = isId(id) ? await revisionsOf(db, id, vintage?.recordedAt) : [];
  if (!newest || (vintage && newest.snapshot.knownFrom > knownBy(vintage))) return undefined;
  const shown = vintage ?? today(now);
  const revisions: readonly [Revision, ...Revision[]] = [newest, ...older];
  const copy = newest.state === "published" ? await publicCopyOf(db, newest.snapshot.source.id) : undefined;
  return {
    revisions,
    copy,
    standing: await standingIn(db, newest, shown),
    ...(await restatements(db, newest.snapshot, shown)),
    /** Of the page of today alone: what a past instant shows must stay as it is. */
    sealed: vintage ? undefined : await sealedRevisions(db, id, revisions.length, now),
    /** What the page's own address is pinned to; undefined where that day does not know the statement. */
    pinned: newest.snapshot.knownFrom <= knownBy(shown) ? { ...shown, recordedAt } : undefined,
  };
}

export type SnapshotRecord = NonNullable<Awaited<ReturnType<typeof snapshotRecord>>>;
