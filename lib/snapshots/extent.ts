import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { countryCodes } from "../countries/rules";
import { measureCodes } from "../measures/rules";
import { type Moment, momentOf } from "../moments/rules";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";

/** How many statements count in a vintage, from when until when they reach, and what moment the newest is about. */
export type Extent = { statements: number; from: Date; to: Date; newest: Moment };

type Row = { statements: string; from: string | null; to: string; newest: string };

// "offset 0" keeps the server from joining whole tables where a few rows are looked up one by one.

/** Of what counts as `row`: `known` is the first instant that is not known of any more. */
const counts = (known: SQL, rows: SQL, oneByOne = true) => sql`row.known_from <= ${known} and not exists (
  select from ${rows} as later where later.restates = row.statement_id and later.restates is not null and later.known_from <= ${known} ${oneByOne ? sql`offset 0` : sql``})`;

/** The extent of what counts in a vintage that was recorded up to an instant, row by row. */
const slowly = (db: Database, known: SQL, rows: SQL) =>
  db.execute<Row>(sql`
    select count(*) as statements, min(as_of_from) as "from", max(as_of_to) as "to", 
      (max(array[to_char(as_of_to, 'YYYY-MM-DD HH24:MI:SS'), as_of]))[2] as newest
    from ${rows} as row where ${counts(known, rows, false)}`);

/**
 * The same of the current rows: counted beforehand but for what does not count, and looked up at both ends of each series.
 * What is restated is counted from an index alone; it is there, unless it was withdrawn.
 */
const quickly = (db: Database, known: SQL) => {
  const current = sql`derived.snapshots`;
  const series = sql`unnest(${sql.param([...countryCodes])}::text[]) asked(country) cross join unnest(${sql.param([...measureCodes])}::text[]) counted(measure)`;
  const of = (row: SQL) => sql`${row}.country = asked.country and ${row}.measure = counted.measure`;
  const restatedBy = (row: SQL) =>
    sql`exists (select from ${current} later where later.restates = ${row}.statement_id and later.known_from <= ${known} offset 0)`;
  return db.execute<Row>(sql`
    with ends as materialized (
      select last.* from ${series} cross join lateral (
        select as_of, as_of_to from ${current} row where ${of(sql`row`)} and ${counts(known, current)} order by as_of_to desc limit 1) last
    ), begins as materialized (
      select first.* from ${series} cross join lateral (
        select said.as_of_from from record.snapshots said where ${of(sql`said`)} and exists (
          select from ${current} row where row.statement_id = said.statement_id and row.as_of_from = said.as_of_from
            and row.country = said.country and row.measure = said.measure and ${counts(known, current)} offset 0)
        order by said.as_of_from limit 1) first
    ), ahead as materialized (
      select row.statement_id from ${series} cross join lateral (
        select statement_id from ${current} row where (row.country || ' ' || row.measure) = (asked.country || ' ' || counted.measure) and row.known_from > ${known}) row
    ), restated as (
      select later.restates from ${current} later where later.restates is not null and later.known_from <= ${known} group by later.restates
    ), withdrawn as (
      select distinct gone.statement_id from record.snapshots gone where gone.state = 'withdrawn'
        and not exists (select from ${current} row where row.statement_id = gone.statement_id offset 0)
    )
    select (select rows from derived.totals where of = 'derived.snapshots')
        - (select count(*) from ahead where not ${restatedBy(sql`ahead`)})
        - (select count(*) from restated) + (select count(*) from withdrawn where ${restatedBy(sql`withdrawn`)}) as statements,
      (select min(as_of_from) from begins) as "from", (select max(as_of_to) from ends) as "to",
      (select as_of from ends order by to_char(as_of_to, 'YYYY-MM-DD HH24:MI:SS') desc, as_of desc limit 1) as newest`);
};

/** The extent of what counts in a vintage; undefined where nothing does. */
export async function extentOf(db: Database, vintage: Vintage): Promise<Extent | undefined> {
  const known = sql`${knownBy(vintage).toISOString()}::timestamptz`;
  const [row] = await (vintage.recordedAt ? slowly(db, known, rowsAsRecorded("snapshots", vintage)) : quickly(db, known));
  if (!row?.from) return undefined;
  return { statements: Number(row.statements), from: new Date(row.from), to: new Date(row.to), newest: momentOf(row.newest) };
}
