import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Kind, SealedEntry, SignedHead } from "./chain";
import { contentOf, PUBLIC_KINDS, placeOf, ROW_KINDS, type RowKind, rowOf } from "./sealed";

/** An entry beside the row it is of, as that is now; `row` is null where there is no such row, and for keys. */
export type EntryWithRow = SealedEntry & { row: string | null };

const hex = (column: SQL) => sql`encode(${column}, 'hex')`;

const HEAD = sql`
  select h.n, ${hex(sql`e.hash`)} as hash, h.key, to_char(h.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as sealed_at,
         translate(encode(h.signature, 'base64'), E'\n', '') as signature
  from ledger.heads h join ledger.entries e using (n)`;

type HeadRow = Omit<SignedHead, "n"> & { n: string };
const headOf = ({ n, ...rest }: HeadRow): SignedHead => ({ n: Number(n), ...rest });

/** The newest signed head; undefined while there is none. @param until the newest at an instant */
export async function newestHead(db: Database, until?: Date): Promise<SignedHead | undefined> {
  const by = until ? sql`where h.sealed_at <= ${until.toISOString()}::timestamptz` : sql``;
  const [row] = await db.execute<HeadRow>(sql`${HEAD} ${by} order by h.sealed_at desc limit 1`);
  return row && headOf(row);
}

/** The last head of each day (UTC) that is over, newest first. */
export async function lastHeads(db: Database, now: Date, most: number): Promise<SignedHead[]> {
  const today = sql`date_trunc('day', ${now.toISOString()}::timestamptz at time zone 'UTC') at time zone 'UTC'`;
  const rows = await db.execute<HeadRow>(sql`
    with recursive day_end as (
      select max(sealed_at) as at from ledger.heads where sealed_at < ${today}
      union all
      select (select max(sealed_at) from ledger.heads where sealed_at < date_trunc('day', at at time zone 'UTC') at time zone 'UTC')
      from day_end where at is not null
    )
    ${HEAD} join (select at from day_end where at is not null limit ${most}) ends on ends.at = h.sealed_at order by h.sealed_at desc`);
  return rows.map(headOf);
}

/** Heads behind a place in the chain, in order. */
export async function headsAfter(db: Database, after: number, limit: number): Promise<SignedHead[]> {
  const rows = await db.execute<HeadRow>(sql`${HEAD} where h.n > ${after} order by h.n limit ${limit}`);
  return rows.map(headOf);
}

type EntryRow = Omit<EntryWithRow, "n"> & { n: string };

/** The row that an entry `e` is of, looked up in the one table that it names. */
const lookedUp = (kinds: readonly RowKind[], whole: boolean) =>
  sql.join(
    kinds.map((kind) => {
      const { table, is } = placeOf(kind);
      const row = whole ? rowOf(kind) : sql`null::text`;
      return sql`select ${contentOf(kind)} as content, ${row} as row from ${table} t where e.kind = ${kind} and ${is(sql`e.id`, sql`e.revision`)}`;
    }),
    sql` union all `,
  );

/** @param kinds those that the reader of these entries may see */
async function entriesWhere(db: Database, condition: SQL, kinds: readonly RowKind[], whole: boolean): Promise<EntryWithRow[]> {
  const rows = await db.execute<EntryRow>(sql`
    select e.n, e.kind, e.id, e.revision, ${hex(sql`e.content_hash`)} as content_hash, ${hex(sql`e.row_hash`)} as row_hash, ${hex(sql`e.hash`)} as hash,
           coalesce((select ${hex(sql`b.hash`)} from ledger.entries b where b.n = e.n - 1), repeat('0', 64)) as previous,
           coalesce(k.content, r.content) as content, r.row
    from ledger.entries e
    left join ledger.keys k on k.n = e.n
    left join lateral (${lookedUp(kinds, whole)}) r on true
    where ${condition} order by e.n`);
  return rows.map(({ n, ...row }) => ({ n: Number(n), ...row }));
}

const publicEntry = ({ row: _, ...entry }: EntryWithRow): SealedEntry => entry;

/** A page of the chain as everybody may see it. @param until the last entry of the chain that is meant */
export async function entriesAfter(db: Database, after: number, until: number, limit: number): Promise<SealedEntry[]> {
  const last = Math.min(until, after + limit);
  return (await entriesWhere(db, sql`e.n > ${after} and e.n <= ${last}`, PUBLIC_KINDS, false)).map(publicEntry);
}

/** The same with the rows themselves, for who may read all of them. */
export async function rowsAfter(db: Database, after: number, limit: number): Promise<EntryWithRow[]> {
  return entriesWhere(db, sql`e.n > ${after} and e.n <= ${after + limit}`, ROW_KINDS, true);
}

/** The entries of one statement, oldest first. */
export async function entriesOf(db: Database, kind: Kind, id: string): Promise<SealedEntry[]> {
  return (await entriesWhere(db, sql`e.kind = ${kind} and e.id = ${id}`, PUBLIC_KINDS, false)).map(publicEntry);
}

/** The newest entry of a kind up to a place in the chain. */
export async function lastOfKind(db: Database, kind: Kind, until: number): Promise<SealedEntry | undefined> {
  const newest = sql`e.n = (select x.n from ledger.entries x where x.kind = ${kind} and x.n <= ${until} order by x.n desc limit 1)`;
  const [entry] = await entriesWhere(db, newest, PUBLIC_KINDS, false);
  return entry && publicEntry(entry);
}
