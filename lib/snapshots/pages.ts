import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Measure } from "../measures/rules";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
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

function conditions({ countries, measure, from, to, rank }: Narrowed, vintage: Vintage): SQL {
  const all: SQL[] = [sql`row.known_from <= ${at(knownBy(vintage))}`];
  if (countries) all.push(sql`row.country = any(${sql.param([...countries])}::text[])`);
  if (measure) all.push(sql`row.measure = ${measure}`);
  if (from) all.push(sql`row.as_of_to > ${at(from)}`);
  if (to) all.push(sql`row.as_of_from < ${at(to)}`);
  if (rank) all.push(sql`row.rank = ${rank}`);
  return sql.join(all, sql` and `);
}

const KEY = sql`(row.country, row.measure, row.as_of_from, row.statement_id, row.revision)`;
const behind = (after: After | undefined) =>
  after
    ? sql`${KEY} > (${after.country}, ${after.measure}, ${after.asOfFrom}::timestamptz, ${after.statementId}, ${after.revision}::int)`
    : sql`true`;

type ListedRow = SnapshotRow & { state: Listed["state"]; superseded_at: string | null };
const listedOf = (row: ListedRow): Listed => ({
  snapshot: snapshotOf(row),
  state: row.state,
  supersededAt: row.superseded_at === null ? null : new Date(row.superseded_at),
});

/** Statements that count in the vintage, one page of them, by country, measure and time. */
export async function listedSnapshots(db: Database, narrowed: Narrowed, vintage: Vintage, limit: number, after?: After): Promise<Listed[]> {
  const later = sql`select from ${rowsAsRecorded("snapshots", vintage)} as later
    where later.restates = row.statement_id and later.known_from <= ${at(knownBy(vintage))}`;
  const rows = await db.execute<ListedRow>(sql`
    select row.*, row.period_start::text as period_start, 'published' as state, null as superseded_at
    from ${rowsAsRecorded("snapshots", vintage)} as row
    where ${conditions(narrowed, vintage)} and not exists (${later}) and ${behind(after)}
    order by row.country, row.measure, row.as_of_from, row.statement_id limit ${limit}`);
  return rows.map(listedOf);
}

/** Every revision recorded up to the vintage's instant, withdrawn ones too, one page of them; each with its source as it stood until the next. */
export async function listedRevisions(db: Database, narrowed: Narrowed, vintage: Vintage, limit: number, after?: After): Promise<Listed[]> {
  const until = vintage.recordedAt ? at(vintage.recordedAt) : sql`'infinity'::timestamptz`;
  const rows = await db.execute<ListedRow>(sql`
    select row.*, row.period_start::text as period_start from (
      select s.*, next.recorded_at as superseded_at, coalesce(src.published_to, first.recorded_at) as known_from,
             src.title as source_title, src.publisher as source_publisher, src.speaker as source_speaker,
             src.speaker_role as source_speaker_role, src.published_on as source_published_on, src.url as source_url
      from record.snapshots s
      join record.snapshots first on first.statement_id = s.statement_id and first.revision = 1
      left join record.snapshots next on next.statement_id = s.statement_id and next.revision = s.revision + 1 and next.recorded_at <= ${until}
      cross join lateral (
        select * from record.sources where statement_id = s.source_id and recorded_at <= ${until}
        order by (recorded_at < coalesce(next.recorded_at, 'infinity'::timestamptz)) desc,
                 case when recorded_at < coalesce(next.recorded_at, 'infinity'::timestamptz) then revision end desc, revision limit 1
      ) src
      where s.recorded_at <= ${until}
    ) as row
    where ${conditions(narrowed, vintage)} and ${behind(after)}
    order by row.country, row.measure, row.as_of_from, row.statement_id, row.revision limit ${limit}`);
  return rows.map(listedOf);
}

/** The instant, to a millisecond, by which everything was recorded that is committed now: whoever pins it later reads the same. */
export async function newestRecording(db: Database): Promise<Date> {
  const tables = ["snapshots", "sources", "countries", "deadlines", "events"].map(
    (name) => sql`select max(recorded_at) as at from record.${sql.identifier(name)}`,
  );
  const [row] = await db.execute<{ at: string | null }>(
    sql`select ceil(extract(epoch from max(at)) * 1000)::text as at from (${sql.join(tables, sql` union all `)}) newest`,
  );
  return new Date(Number(row?.at ?? 0));
}
