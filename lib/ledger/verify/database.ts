import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { rowHash, type SignedHead } from "../chain";
import { headsAfter, rowsAfter } from "../read";
import { isSealed, placeOf, ROW_KINDS } from "../sealed";
import { ChainCheck, type Of, type Verdict } from "./check";

/** So many entries are in memory at once, and as many again on their way. */
const ROWS = 2000;
const MOST = 20;

/** Whoever seals is minutes behind at most, after the largest import: what waits longer is kept from being sealed. */
const PATIENCE = sql`interval '5 minutes'`;

/** Rows that are in no entry, and are not noted to be sealed either, or for too long; and how many wait as they should. */
async function notSealed(db: Database, patient: boolean): Promise<{ rows: Of[]; waiting: number }> {
  const rows: Of[] = [];
  let waiting = 0;
  for (const kind of ROW_KINDS) {
    const { table, id, revision, at } = placeOf(kind);
    const unsealed = sql`from ${table} t where not ${isSealed(kind)}`;
    const noted = sql`exists (select from staff.unsealed u where u.kind = ${kind} and ${at} between u.first_at and u.last_at)
      and (${patient} or ${at} > clock_timestamp() - ${PATIENCE})`;
    const found = await db.execute<{ id: string; revision: number }>(sql`
      select ${id} as id, ${revision} as revision ${unsealed} and not (${noted}) order by ${at}, ${id} limit ${MOST}`);
    rows.push(...found.map((row) => ({ kind, ...row })));
    const [late] = await db.execute<{ count: string }>(sql`select count(*) as count ${unsealed} and ${noted}`);
    waiting += Number(late?.count ?? 0);
  }
  return { rows, waiting };
}

/**
 * Holds every row of the record and every act against the chain, and the chain against itself and against published heads,
 * all as they stand at one instant.
 * @param db a handle of the schema's owner; the time zone must be UTC
 * @param published heads known from elsewhere
 * @param trusted keys that one knows although none before them announced them
 * @param patient whether what is noted may wait however long, as where nobody has sealed since it was brought back
 */
export async function verifyDatabase(
  db: Database,
  published: readonly SignedHead[],
  trusted: readonly string[] = [],
  patient = false,
): Promise<Verdict> {
  return db.transaction(
    async (tx) => {
      const inside = tx as unknown as Database;
      const check = new ChainCheck(published, trusted);
      const [kept] = await inside.execute<{ secret: string }>(sql`select encode(secret, 'hex') as secret from staff.seal_secret`);
      const secret = Buffer.from(kept?.secret ?? "", "hex");
      const [last] = await inside.execute<{ n: string | null }>(sql`select max(n) as n from ledger.entries`);
      const end = Number(last?.n ?? 0);
      const page = async (after: number) => ({
        entries: await rowsAfter(inside, after, ROWS),
        heads: await headsAfter(inside, after, ROWS),
      });
      let rows = 0;
      let next = page(0);
      for (let after = 0; after < end; after += ROWS) {
        const { entries, heads } = await next;
        next = after + ROWS < end ? page(after + ROWS) : next;
        const headOf = new Map(heads.map((head) => [head.n, head]));
        for (const entry of entries) {
          const { n, kind, id, revision, row, row_hash } = entry;
          const isRow = kind !== "key";
          check.entry(entry, (isRow ? row : entry.content) === null ? undefined : entry.content);
          if (isRow && row !== null) {
            rows += 1;
            // What everybody may read of it is told first, where both differ.
            if (rowHash(secret, kind, id, revision, row) !== row_hash) check.tell({ code: "changed", part: "row", n, kind, id, revision });
          }
          const head = headOf.get(n);
          if (head) check.head(head);
        }
      }
      check.close();
      const left = await notSealed(inside, patient);
      for (const row of left.rows) check.tell({ code: "not_sealed", ...row });
      const copies = await inside.execute<{ id: string }>(
        sql`select copy_id as id from staff.copies where copy_id <> encode(sha256(bytes), 'hex') order by 1 limit ${MOST}`,
      );
      for (const { id } of copies) check.tell({ code: "changed_copy", id });
      return { entries: check.n, rows, end: check.end, waiting: left.waiting, faults: check.faults };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
