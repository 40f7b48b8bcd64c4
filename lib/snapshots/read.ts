import { and, asc, eq, lte, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { snapshots } from "@/db/schema";
import { countryCodes } from "../countries/rules";
import { type Measure, measureCodes } from "../measures/rules";
import { momentOf } from "../moments/rules";
import { sourceUntil } from "../sources/versions";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import { type SnapshotRow as Row, snapshotOf } from "./rows";
import { answerOf, type Rank, type Revision, type Snapshot } from "./rules";

/** Rows known by the vintage's day. */
export async function knownWhere(db: Database, vintage: Vintage, condition: SQL): Promise<Snapshot[]> {
  const found = await db.execute<Row>(sql`
    select row.*, row.period_start::text as period_start from ${rowsAsRecorded("snapshots", vintage)} as row
    where ${condition} and row.known_from <= ${knownBy(vintage).toISOString()}::timestamptz
    order by row.as_of_to desc, row.as_of_from desc, row.known_from desc, row.statement_id`);
  return found.map(snapshotOf);
}

/** The order of all reads: newest as-of first. */
export const newestFirst = (a: Snapshot, b: Snapshot): number =>
  b.asOf.to.getTime() - a.asOf.to.getTime() ||
  b.asOf.from.getTime() - a.asOf.from.getTime() ||
  b.knownFrom.getTime() - a.knownFrom.getTime() ||
  (a.statementId < b.statementId ? -1 : 1);

/**
 * Rows that count in the vintage: known by its day, and not restated by a statement known by then.
 * A statement that restates another replaces it from its own known_from on.
 */
export function snapshotsWhere(db: Database, vintage: Vintage, condition: SQL): Promise<Snapshot[]> {
  const later = sql`select from ${rowsAsRecorded("snapshots", vintage)} as later
    where later.restates = row.statement_id and later.known_from <= ${knownBy(vintage).toISOString()}::timestamptz`;
  return knownWhere(db, vintage, sql`${condition} and not exists (${later})`);
}

/**
 * Every statement about one count of one country that is known in the vintage, restated ones too, newest
 * as-of first: for who asks what was known on many days. `knownBy` of the back-test gives the answer of each.
 */
export function statementsOf(db: Database, country: string, measure: Measure, vintage: Vintage): Promise<Snapshot[]> {
  return knownWhere(db, vintage, sql`row.country = ${country} and row.measure = ${measure}`);
}

/** Of some countries, those of which anything is known of one count in the vintage. */
export async function countriesWith(db: Database, measure: Measure, countries: readonly string[], vintage: Vintage): Promise<string[]> {
  const rows = await db.execute<{ country: string }>(sql`
    select asked.country from unnest(${sql.param([...countries])}::text[]) asked(country) where exists (
      select from ${rowsAsRecorded("snapshots", vintage)} as row
      where row.country = asked.country and row.measure = ${measure} and row.known_from <= ${knownBy(vintage).toISOString()}::timestamptz) order by 1`);
  return rows.map((row) => row.country);
}

/** Every statement about one country that counts in the vintage, newest as-of first. */
export function snapshotsOfCountry(db: Database, country: string, vintage: Vintage): Promise<Snapshot[]> {
  return snapshotsWhere(db, vintage, sql`row.country = ${country}`);
}

/** Whether there are more than so many statements about a country now, whatever a vintage knows of them; no more than these are looked at. */
export async function hasMoreThan(db: Database, country: string, many: number): Promise<boolean> {
  const [one] = await db.execute(sql`select 1 from derived.snapshots where country = ${country} offset ${many} limit 1`);
  return one !== undefined;
}

/** The counts of which anything was ever recorded about one country, whatever a vintage knows of it. */
export async function measuresOf(db: Database, country: string): Promise<Measure[]> {
  const rows = await db.execute<{ measure: Measure }>(sql`
    select asked.measure from unnest(${sql.param([...measureCodes])}::text[]) asked(measure)
    where exists (select from record.snapshots where country = ${country} and measure = asked.measure offset 0)`);
  return rows.map(({ measure }) => measure);
}

/** Of these statements, those that count in the vintage, as it knows them. */
export function standingAmong(db: Database, statements: readonly Snapshot[], vintage: Vintage): Promise<Snapshot[]> {
  const ids = statements.map(({ statementId }) => statementId);
  return snapshotsWhere(db, vintage, sql`row.statement_id = any(${sql.param(ids)}::text[])`);
}

/**
 * Every revision of a statement, newest first; empty when there is no such statement.
 * Each carries its source as it stood until the statement's next revision.
 * @param recordedAt an instant; only what was recorded up to it. Undefined means now
 */
export async function revisionsOf(db: Database, statementId: string, recordedAt?: Date): Promise<Revision[]> {
  const rows = await db
    .select()
    .from(snapshots)
    .where(and(eq(snapshots.statementId, statementId), recordedAt && lte(snapshots.recordedAt, recordedAt)))
    .orderBy(asc(snapshots.revision));
  const revisions: Revision[] = [];
  for (const [index, row] of rows.entries()) {
    const { publishedTo, ...source } = await sourceUntil(db, row.sourceId, rows[index + 1]?.recordedAt, recordedAt);
    revisions.unshift({
      state: row.state,
      reason: row.reason,
      recordedBy: row.recordedBy,
      publishedBy: row.publishedBy,
      tokenId: row.tokenId,
      confirmation: row.confirmation,
      snapshot: {
        statementId: row.statementId,
        revision: row.revision,
        country: row.country,
        measure: row.measure as Measure,
        periodStart: row.periodStart,
        asOf: momentOf(row.asOf),
        answer: answerOf(row),
        note: row.note,
        rank: row.rank as Rank,
        restates: row.restates,
        recordedAt: row.recordedAt,
        knownFrom: publishedTo ?? rows[0]?.recordedAt ?? row.recordedAt,
        source: { id: row.sourceId, ...source },
      },
    });
  }
  return revisions;
}

/** What a revision said, in short. */
export type Said = Pick<Snapshot, "statementId" | "revision" | "country" | "measure" | "asOf" | "answer">;

/** What each of these revisions said; in no order. */
export async function saidIn(db: Database, revisions: readonly Pick<Snapshot, "statementId" | "revision">[]): Promise<Said[]> {
  if (revisions.length === 0) return [];
  const rows = await db.select().from(snapshots).where(among(revisions));
  return rows.map((row) => ({ ...row, measure: row.measure as Measure, asOf: momentOf(row.asOf), answer: answerOf(row) }));
}

/**
 * The figures last recorded or corrected, newest first, each with the instant at which it was first recorded.
 * @param country whose; undefined means every country's
 */
export async function lastFigures(
  db: Database,
  country: string | undefined,
  vintage: Vintage,
  limit: number,
): Promise<{ snapshot: Snapshot; first: Date }[]> {
  const countries = country === undefined ? countryCodes : [country];
  // Of each country as many as are wanted of all: these are found by an index, however long the record is.
  const rows = await db.execute<Row & { first: string }>(sql`
    select row.*, row.period_start::text as period_start, begun.recorded_at as first
    from unnest(${sql.param([...countries])}::text[]) asked(country)
    cross join lateral (
      select * from ${rowsAsRecorded("snapshots", vintage)} as one
      where (one.country || ' ') = (asked.country || ' ') and one.qualifier is not null and one.known_from <= ${knownBy(vintage).toISOString()}::timestamptz
      order by one.recorded_at desc, one.statement_id limit ${limit}
    ) row
    join record.snapshots begun on begun.statement_id = row.statement_id and begun.revision = 1
    order by row.recorded_at desc, row.statement_id limit ${limit}`);
  return rows.map((row) => ({ snapshot: snapshotOf(row), first: new Date(row.first) }));
}

const among = (revisions: readonly Pick<Snapshot, "statementId" | "revision">[]) =>
  sql`(${snapshots.statementId}, ${snapshots.revision}) in (${sql.join(
    revisions.map((one) => sql`(${one.statementId}, ${one.revision}::int)`),
    sql`, `,
  )})`;

/** Who entered the current revision of each of these statements, by statement id. */
export async function recordersOf(db: Database, statements: readonly Snapshot[]): Promise<Map<string, string>> {
  if (statements.length === 0) return new Map();
  const rows = await db.select({ id: snapshots.statementId, by: snapshots.recordedBy }).from(snapshots).where(among(statements));
  return new Map(rows.map((row) => [row.id, row.by]));
}
