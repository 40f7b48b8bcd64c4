import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { transactionWithOutcome } from "@/db/commit";
import { canonical, type Entry, entryText, headText, type KeyContent, type Kind, keyText, NOTHING_BEFORE, rowHash, sha256 } from "./chain";
import { contentOf, isSealed, placeOf, ROW_KINDS, type RowKind, rowOf } from "./sealed";
import type { SigningKey } from "./signing-key";

/** So many rows of a kind are sealed at a time: what else was written waits no longer than these take. */
export const ROWS = 5000;

/** The chain is signed by a key that this process does not have; the message is a sentence for the operator. */
export class OtherKeyError extends Error {}

/** With which key to sign, and which it takes the place of: a key, or the word that it is lost. */
export type Keys = { current: SigningKey; before?: SigningKey | "lost" | undefined };

type Row = { kind: Kind; id: string; revision: number; content: string | null; row: string | null };
type Note = { kind: RowKind; first_at: string; last_at: string };

/** What announces the key, where the chain does not know it yet. */
function announced(standing: string | undefined, { current, before }: Keys): Row[] {
  if (standing === current.name) return [];
  const content: KeyContent = { key: current.name };
  if (standing !== undefined) {
    if (before !== "lost" && before?.name !== standing)
      throw new OtherKeyError(
        `The ledger is signed by the key ${standing}, and this process has ${current.name}. Nothing is sealed here. Give it that key (LEDGER_KEY, or ledger-key in the data folder), or change keys as README.md says.`,
      );
    content.before = standing;
    if (before !== "lost") content.signature = before.sign(keyText(current.name, standing));
  }
  return [{ kind: "key", id: current.name, revision: 1, content: canonical(content), row: null }];
}

/** What was written between two instants and is not sealed yet, oldest first. */
async function unsealedRows(db: Database, { kind, first_at, last_at }: Note): Promise<(Row & { at: string })[]> {
  const { table, id, revision, at } = placeOf(kind);
  return db.execute<Row & { at: string }>(sql`
    select ${kind}::text as kind, ${id} as id, ${revision} as revision, ${at}::text as at, ${contentOf(kind)} as content, ${rowOf(kind)} as row
    from (
      select t.* from ${table} t
      where ${at} between ${first_at}::timestamptz and ${last_at}::timestamptz
        and not ${isSealed(kind)}
      order by ${at}, ${id}, ${revision} limit ${ROWS}
    ) t order by ${at}, ${id}, ${revision}`);
}

/** Takes the notes away and reads the rows that they speak of; what is more than one time's work is noted again. */
async function takenUp(db: Database): Promise<Row[]> {
  const notes = await db.execute<Note>(sql`
    with taken as (delete from staff.unsealed returning kind, first_at, last_at)
    select kind, min(first_at)::text as first_at, max(last_at)::text as last_at from taken group by kind`);
  const rows: Row[] = [];
  for (const kind of ROW_KINDS) {
    const note = notes.find((each) => each.kind === kind);
    if (!note) continue;
    const found = await unsealedRows(db, note);
    rows.push(...found);
    const last = found.length === ROWS ? found.at(-1) : undefined;
    if (last)
      await db.execute(
        sql`insert into staff.unsealed (kind, first_at, last_at) values (${kind}, ${last.at}::timestamptz, ${note.last_at}::timestamptz)`,
      );
  }
  return rows;
}

/** Adds a page of rows behind the end of the chain, and signs the new end. */
async function append(db: Database, rows: readonly Row[], key: SigningKey): Promise<void> {
  const [end] = await db.execute<{ n: string; hash: string }>(
    sql`select n, encode(hash, 'hex') as hash from ledger.entries order by n desc limit 1`,
  );
  const [kept] = await db.execute<{ secret: string }>(sql`select encode(secret, 'hex') as secret from staff.seal_secret`);
  const secret = Buffer.from(kept?.secret ?? "", "hex");
  let n = Number(end?.n ?? 0);
  let previous = end?.hash ?? NOTHING_BEFORE;
  const entries = rows.map(({ kind, id, revision, content, row }) => {
    n += 1;
    const content_hash = content === null ? null : sha256(content);
    const row_hash = row === null ? null : rowHash(secret, kind, id, revision, row);
    const entry: Entry = { n, kind, id, revision, content_hash, row_hash, previous };
    previous = sha256(entryText(entry));
    return { ...entry, hash: previous };
  });
  await db.execute(sql`
    insert into ledger.entries (n, kind, id, revision, content_hash, row_hash, hash)
    select n, kind, id, revision, decode(content_hash, 'hex'), decode(row_hash, 'hex'), decode(hash, 'hex')
    from json_to_recordset(${JSON.stringify(entries)}::json)
      as e(n bigint, kind text, id text, revision int, content_hash text, row_hash text, hash text) order by n`);
  for (const [index, { kind, id, content }] of rows.entries())
    if (kind === "key") await db.execute(sql`insert into ledger.keys (n, key, content) values (${entries[index]?.n}, ${id}, ${content})`);
  const [now] = await db.execute<{ at: string }>(sql`
    select to_char(greatest(date_trunc('milliseconds', clock_timestamp()), (select max(sealed_at) + interval '1 millisecond' from ledger.heads))
      at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`);
  const sealed_at = now?.at ?? "";
  const signature = key.sign(headText({ n, hash: previous, key: key.name, sealed_at }));
  await db.execute(sql`
    insert into ledger.heads (n, sealed_at, key, signature) values (${n}, ${sealed_at}::timestamptz, ${key.name}, decode(${signature}, 'base64'))`);
}

/**
 * Seals what is committed and not sealed yet, as far as one time's work goes, in one transaction. One at a time over all
 * processes: where another is at it, nothing is done here.
 * @param db a handle of the sealer
 * @returns how many entries were added
 * @throws OtherKeyError, and OutcomeUnknownError, after which it is asked again
 */
export async function sealOnce(db: Database, keys: Keys): Promise<number> {
  return transactionWithOutcome(db, async (inside) => {
    const [lock] = await inside.execute<{ ours: boolean }>(sql`select pg_try_advisory_xact_lock(hashtext('muhlat seal')) as ours`);
    if (!lock?.ours) return 0;
    // However little the server knows of the tables yet, a page is read by the index of its order, and no further.
    await inside.execute(
      sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) as planner(name)`,
    );
    const [standing] = await inside.execute<{ key: string }>(sql`select key from ledger.keys order by n desc limit 1`);
    const rows = [...announced(standing?.key, keys), ...(await takenUp(inside))];
    if (rows.length > 0) await append(inside, rows, keys.current);
    return rows.length;
  });
}

/** Seals until nothing is left. @returns how many entries were added */
export async function sealAll(db: Database, keys: Keys): Promise<number> {
  let all = 0;
  for (let added = -1; added !== 0; all += added) added = await sealOnce(db, keys);
  return all;
}
