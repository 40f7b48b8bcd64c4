import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Measure } from "../measures/rules";
import { knownBy, type Vintage } from "../vintage";
import { type SnapshotRow, snapshotOf } from "./rows";
import type { Rank, Snapshot } from "./rules";

/** A revision in a list for programs. `supersededAt`: when the next revision was recorded, within the vintage. */
export type Listed = { snapshot: Snapshot; state: "published" | "withdrawn"; supersededAt: Date | null };

/** What a list is narrowed to; a span must touch [from, to). */
export type Narrowed = {
  countries?: readonly string[];
  measure?: Measure;
  from?: Date;
  to?: Date;
  rank?: Rank;
};

/** Where a list goes on: behind this row. */
export type After = { country: string; measure: string; asOfFrom: string; statementId: string; revision: number };

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;

/** One country is looked up in the order of the list; several are. */
const among = (countries: readonly string[]) =>
  countries.length === 1 ? sql`row.country = ${countries[0]}` : sql`row.country = any(${sql.param([...countries])}::text[])`;

function conditions({ countries, measure, from, to, rank }: Narrowed): SQL[] {
  const all: SQL[] = [];
  if (countries) all.push(among(countries));
  if (measure) all.push(sql`row.measure = ${measure}`);
  if (from) all.push(sql`row.as_of_to > ${at(from)}`);
  if (to) all.push(sql`row.as_of_from < ${at(to)}`);
  if (rank) all.push(sql`row.rank = ${rank}`);
  return all;
}

const KEY = sql`(row.country, row.measure, row.as_of_from, row.statement_id, row.revision)`;
const behind = (after: After) =>
  sql`${KEY} > (${after.country}, ${after.measure}, ${after.asOfFrom}::timestamptz, ${after.statementId}, ${after.revision}::int)`;

/**
 * Every revision recorded up to an instant, each with its source as it stood until the next one. What belongs to a
 * revision is looked up for it alone, by an index: tables matched as a whole would be read through for every page.
 */
const revisionsUntil = (until: SQL) => sql`
  select s.*, next.recorded_at as superseded_at, coalesce(src.published_to, first.recorded_at) as known_from,
         src.title as source_title, src.publisher as source_publisher, src.speaker as source_speaker,
         src.speaker_role as source_speaker_role, src.published_on as source_published_on, src.url as source_url
  from record.snapshots s
  cross join lateral (select recorded_at from record.snapshots where statement_id = s.statement_id and revision = 1 limit 1) first
  left join lateral (
    select recorded_at from record.snapshots
    where statement_id = s.statement_id and revision = s.revision + 1 and recorded_at <= ${until} limit 1
  ) next on true
  cross join lateral (
    select * from record.sources where statement_id = s.source_id and recorded_at <= ${until}
    order by (recorded_at < coalesce(next.recorded_at, 'infinity'::timestamptz)) desc,
             case when recorded_at < coalesce(next.recorded_at, 'infinity'::timestamptz) then revision end desc, revision limit 1
  ) src
  where s.recorded_at <= ${until}`;

/** Of these the statements that count: the newest revision of each, not withdrawn, and restated by nothing that is known. */
const counting = (until: SQL, known: SQL) => sql`row.superseded_at is null and row.state = 'published' and not exists (
  select from (${revisionsUntil(until)}) later
  where later.restates = row.statement_id and later.superseded_at is null and later.state = 'published' and later.known_from <= ${known}
  offset 0)`;

type ListedRow = SnapshotRow & { state: Listed["state"]; superseded_at: string | null };

/**
 * One page of the statements that count in a vintage, or of all their revisions, withdrawn ones too: by country, measure
 * and time. Read from the record alone, so that a page is the same whenever it is asked for.
 * @param db a transaction, for the rest of which it sorts unwillingly
 * @param which `current` the statements that count, `all` every revision
 */
export async function listedRevisions(
  db: Database,
  which: "current" | "all",
  narrowed: Narrowed,
  vintage: Required<Vintage>,
  limit: number,
  after?: After,
): Promise<Listed[]> {
  const [until, known] = [at(vintage.recordedAt), at(knownBy(vintage))];
  const wanted = [
    sql`row.known_from <= ${known}`,
    ...conditions(narrowed),
    ...(after ? [behind(after)] : []),
    ...(which === "current" ? [counting(until, known)] : []),
  ];
  // The planner would rather sort a whole series than believe that a page of it ends soon.
  await db.execute(sql`select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
  const rows = await db.execute<ListedRow>(sql`
    select row.*, row.period_start::text as period_start from (${revisionsUntil(until)}) as row where ${sql.join(wanted, sql` and `)}
    order by row.country, row.measure, row.as_of_from, row.statement_id, row.revision limit ${limit}`);
  return rows.map((row) => ({
    snapshot: snapshotOf(row),
    state: row.state,
    supersededAt: row.superseded_at === null ? null : new Date(row.superseded_at),
  }));
}
