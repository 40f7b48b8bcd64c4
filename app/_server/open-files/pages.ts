import { shownSnapshot, shownSource } from "@/app/_server/api/shown";
import type { SnapshotRow } from "@/app/api/v1/rows";
import type { Database } from "@/db/client";
import { inertCsvRows } from "@/lib/csv";
import { entriesAfter } from "@/lib/ledger/read";
import { type After, listedRevisions } from "@/lib/snapshots/pages";
import { listedSources } from "@/lib/sources/pages";
import { cellsOf } from "./cells";
import type { Pinned } from "./pinned";

/** So many rows are in memory at once. */
const ROWS = 1000;

/** Where a file reads from. Asked anew for each page: a file may take longer than one connection lasts. */
export type From = { db: () => Database; pinned: Pinned; origin: string };

/** The statements that count, or every revision, page by page in the order of the API. */
export async function* snapshotPages({ db, pinned, origin }: From, which: "current" | "all"): AsyncGenerator<SnapshotRow[]> {
  for (let after: After | undefined; ; ) {
    // A transaction of its own, as short as the page: what is set in it keeps the server from sorting all that is left.
    const found = await db().transaction((tx) => listedRevisions(tx, which, {}, pinned, ROWS, after), { accessMode: "read only" });
    yield found.map((row) => shownSnapshot(row, origin));
    const last = found.at(-1)?.snapshot;
    if (!last || found.length < ROWS) return;
    const { country, measure, asOf, statementId, revision } = last;
    after = { country, measure, asOfFrom: asOf.from.toISOString(), statementId, revision };
  }
}

/** Every source that a statement may name, page by page. */
export async function* sourcePages({ db, pinned }: From): AsyncGenerator<object[]> {
  for (let after = ""; ; ) {
    const found = await listedSources(db(), pinned, ROWS, after);
    yield found.map((source) => ({
      ...shownSource(source),
      revision: source.revision,
      state: source.state,
      recorded_at: source.recordedAt.toISOString(),
    }));
    after = found.at(-1)?.id ?? "";
    if (found.length < ROWS) return;
  }
}

/** The same pages, each read while the one before is written out: one is ahead, and no more. */
export async function* ahead<T>(pages: AsyncIterable<T>): AsyncGenerator<T> {
  const reading = pages[Symbol.asyncIterator]();
  const begin = () => {
    const begun = reading.next();
    // What fails is told to who comes for it; who went away does not come.
    begun.catch(() => {});
    return begun;
  };
  try {
    for (let next = begin(); ; ) {
      const { done, value } = await next;
      if (done) return;
      next = begin();
      yield value;
    }
  } finally {
    await reading.return?.();
  }
}

/** The ledger up to the head of that state, page by page. */
export async function* ledgerPages({ db, pinned: { head } }: From): AsyncGenerator<object[]> {
  for (let after = 0; head && after < head.n; after += ROWS) yield await entriesAfter(db(), after, head.n, ROWS);
}

/** Pages of rows as a CSV file with a line of names first, in pieces. */
export async function* csvOfPages(pages: AsyncIterable<readonly object[]>, columns: readonly string[]): AsyncGenerator<string> {
  yield inertCsvRows([columns]);
  for await (const rows of ahead(pages)) if (rows.length > 0) yield inertCsvRows(rows.map((row) => cellsOf(row, columns)));
}
