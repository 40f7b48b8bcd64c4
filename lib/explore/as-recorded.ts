import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Measure } from "../measures/rules";
import { type SnapshotRow, snapshotOf } from "../snapshots/rows";
import type { Snapshot } from "../snapshots/rules";
import { knownBy, type Vintage } from "../vintage";

// In these queries "offset 0" keeps the server from joining whole tables where a few rows are looked up one by one.

export const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;
export const listed = (texts: readonly string[]): SQL => sql`${sql.param([...texts])}::text[]`;
export const instants = (those: readonly Date[]): SQL => sql`${listed(those.map((one) => one.toISOString()))}::timestamptz[]`;

/**
 * How a vintage is answered from the current rows, so that the whole record need not be made again as it was at an
 * instant: most rows stand now as they stood then, the others are told apart.
 */
export type Reading = {
  /** Of a current row, by its name in the query: known by the vintage's day and recorded by its instant. */
  told: (row: SQL) => SQL;
  /** Told, and not changed since: so that it says now what it said then. */
  same: (row: SQL) => SQL;
  /** Whether the current row named `row` counts in the vintage: the same, and restated by nothing told in it. */
  counts: SQL;
  /** Statements that do not count as current rows, because they stood otherwise or were restated by one that did. */
  gone: readonly string[];
  /** What was known in the vintage and stood otherwise than now, of the series asked for; and what of it counts. */
  stood: Snapshot[];
  otherwise: Snapshot[];
};

const isOf = (row: SQL, countries: readonly string[], measure: Measure) =>
  sql`(${row}.country = any(${listed(countries)}) and ${row}.measure = ${measure})`;

/** Of the statements that were changed after an instant, or whose source was, those that concern the series: each as it stood then. */
async function changedSince(db: Database, instant: Date, countries: readonly string[], measure: Measure) {
  const concerned = (row: SQL) => sql`(${isOf(row, countries, measure)} or ${row}.restates is not null)`;
  return db.execute<{ changed: string } & (SnapshotRow | { [column in keyof SnapshotRow]: null })>(sql`
    with changed as materialized (
      select statement_id from record.snapshots where revision > 1 and recorded_at > ${at(instant)}
      union
      select said.statement_id from record.sources src
      cross join lateral (select statement_id from derived.snapshots where source_id = src.statement_id offset 0) said
      where src.revision > 1 and src.recorded_at > ${at(instant)}
    ), concerned as materialized (
      select changed.statement_id from changed
      left join lateral (
        select * from record.snapshots where statement_id = changed.statement_id and recorded_at <= ${at(instant)} order by revision desc limit 1
      ) before on true
      left join derived.snapshots now on now.statement_id = changed.statement_id
      where ${concerned(sql`before`)} or ${concerned(sql`now`)}
    )
    select concerned.statement_id as changed, stood.*, stood.period_start::text as period_start from concerned
    left join lateral (select * from derived.snapshots_at(${at(instant)}) x where x.statement_id = concerned.statement_id offset 0) stood on true`);
}

/** Prepares the reading of some series in a vintage. */
export async function readingOf(db: Database, countries: readonly string[], measure: Measure, vintage: Vintage): Promise<Reading> {
  const known = at(knownBy(vintage));
  const instant = vintage.recordedAt;
  const told = (row: SQL) =>
    instant ? sql`${row}.known_from <= ${known} and ${row}.recorded_at <= ${at(instant)}` : sql`${row}.known_from <= ${known}`;
  const restated = (same: SQL) =>
    sql`exists (select from derived.snapshots later where later.restates = row.statement_id and ${same} offset 0)`;
  if (!instant)
    return { told, same: told, counts: sql`${told(sql`row`)} and not ${restated(told(sql`later`))}`, gone: [], stood: [], otherwise: [] };

  const rows = await changedSince(db, instant, countries, measure);
  const changed = rows.map((row) => row.changed);
  const stood = rows.flatMap((row) => (row.statement_id === null ? [] : snapshotOf(row as SnapshotRow)));
  const knownThen = stood.filter((s) => s.knownFrom <= knownBy(vintage));
  const same = (row: SQL) => sql`${told(row)} and ${row}.statement_id <> all(${listed(changed)})`;
  const restating = await db.execute<{ restates: string }>(
    sql`select later.restates from derived.snapshots later where later.restates = any(${listed(knownThen.map((s) => s.statementId))}) and ${same(sql`later`)}`,
  );
  const restatedThen = new Set([...restating.map((row) => row.restates), ...knownThen.flatMap((s) => s.restates ?? [])]);
  const concerned = knownThen.filter((s) => s.measure === measure && countries.includes(s.country));
  const gone = [...changed, ...restatedThen];
  return {
    told,
    same,
    counts: sql`${told(sql`row`)} and row.statement_id <> all(${listed(gone)}) and not ${restated(same(sql`later`))}`,
    gone,
    stood: concerned,
    otherwise: concerned.filter((s) => !restatedThen.has(s.statementId)),
  };
}
