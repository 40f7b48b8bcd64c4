import { asc, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deadlines } from "@/db/schema";
import type { SourceContent } from "../sources/rules";
import { sourceUntil } from "../sources/versions";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import type { ChainRecord, Deadline, Texts } from "./rules";

/** What a deadline says, by the columns of its row. */
export type Columns = {
  chain: string;
  replaces: string | null;
  cancelled: boolean;
  countries: string[];
  except_countries: string[];
  scope_as_reported: boolean;
  measure: Deadline["measure"];
  falls_on: string;
  zone: string;
  day_counts: boolean;
  ends_at: string;
  basis: Texts;
  basis_url: string | null;
  consequence: Texts;
  afterwards: Texts;
};

type Row = Columns & {
  statement_id: string;
  revision: number;
  known_from: string;
  source_id: string;
  source_title: string;
  source_published_on: string | null;
  source_url: string | null;
};

/** What a row of a deadline says, whichever revision it is of. */
export const termsOf = (row: Columns) => ({
  chain: row.chain,
  replaces: row.replaces,
  cancelled: row.cancelled,
  countries: row.countries,
  exceptCountries: row.except_countries,
  scopeAsReported: row.scope_as_reported,
  measure: row.measure,
  fallsOn: row.falls_on,
  zone: row.zone,
  dayCounts: row.day_counts,
  endsAt: new Date(row.ends_at),
  basis: row.basis,
  basisUrl: row.basis_url,
  consequence: row.consequence,
  afterwards: row.afterwards,
});

const deadlineOf = (row: Row): Deadline => ({
  statementId: row.statement_id,
  revision: row.revision,
  ...termsOf(row),
  knownFrom: new Date(row.known_from),
  source: { id: row.source_id, title: row.source_title, publishedOn: row.source_published_on, url: row.source_url },
});

async function deadlinesFrom(db: Database, rows: SQL, condition: SQL): Promise<Deadline[]> {
  const found = await db.execute<Row>(sql`
    select row.*, row.falls_on::text as falls_on from ${rows} as row where ${condition} order by row.ends_at, row.statement_id`);
  return found.map(deadlineOf);
}

/** Every deadline known in the vintage, replaced ones included, oldest first. */
export function knownDeadlines(db: Database, vintage: Vintage): Promise<Deadline[]> {
  return deadlinesFrom(db, rowsAsRecorded("deadlines", vintage), sql`row.known_from <= ${knownBy(vintage).toISOString()}::timestamptz`);
}

/** Every deadline as now recorded, known to the public yet or not, oldest first. */
export function recordedDeadlines(db: Database): Promise<Deadline[]> {
  return deadlinesFrom(db, sql`derived.deadlines`, sql`true`);
}

/** The members of one chain as now recorded, oldest first. */
export function recordedChain(db: Database, chain: string): Promise<Deadline[]> {
  return deadlinesFrom(db, sql`derived.deadlines`, sql`row.chain = ${chain}`);
}

/** What the record keeps of each chain, by its name. The number of revisions only ever grows, whatever is corrected or withdrawn. */
export async function chainRecords(db: Database): Promise<Map<string, ChainRecord>> {
  const rows = await db.execute<{ chain: string; revisions: number; last_recorded_at: string }>(sql`
    select chain, count(*)::int as revisions, max(recorded_at) as last_recorded_at from record.deadlines group by chain`);
  return new Map(rows.map((row) => [row.chain, { revisions: row.revisions, lastRecordedAt: new Date(row.last_recorded_at) }]));
}

/** When the first and the newest revision of each deadline were recorded, by statement. */
export async function deadlineTimes(db: Database): Promise<Map<string, { first: Date; last: Date }>> {
  const rows = await db.execute<{ statement_id: string; first: string; last: string }>(sql`
    select statement_id, min(recorded_at) as first, max(recorded_at) as last from record.deadlines group by statement_id`);
  return new Map(rows.map((row) => [row.statement_id, { first: new Date(row.first), last: new Date(row.last) }]));
}

/** One revision of a deadline, with its source as it stood until the next one. */
export type DeadlineRevision = {
  deadline: Deadline;
  source: SourceContent;
  state: "published" | "withdrawn";
  reason: string | null;
  recordedBy: string;
  publishedBy: string;
  recordedAt: Date;
};

/** Every revision of a deadline, newest first; empty when there is none of this name. */
export async function deadlineRevisions(db: Database, statementId: string): Promise<DeadlineRevision[]> {
  const rows = await db.select().from(deadlines).where(eq(deadlines.statementId, statementId)).orderBy(asc(deadlines.revision));
  const revisions: DeadlineRevision[] = [];
  for (const [index, row] of rows.entries()) {
    const { state, reason, recordedBy, publishedBy, recordedAt, sourceId, firstRevision, measure, ...content } = row;
    const source = await sourceUntil(db, sourceId, rows[index + 1]?.recordedAt);
    const { title, publishedOn, url } = source;
    const deadline = {
      ...content,
      measure: measure as Deadline["measure"],
      knownFrom: source.publishedTo ?? rows[0]?.recordedAt ?? recordedAt,
      source: { id: sourceId, title, publishedOn, url },
    };
    revisions.unshift({ deadline, source, state, reason, recordedBy, publishedBy, recordedAt });
  }
  return revisions;
}
