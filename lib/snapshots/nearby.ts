import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Measure, measureCodes } from "../measures/rules";
import type { Moment } from "../moments/rules";
import { knownBy, type Vintage } from "../vintage";
import { hasMoreThan, knownWhere, snapshotsOfCountry, snapshotsWhere, statementsOf } from "./read";
import type { Snapshot } from "./rules";

// Parts of series that are too long to be read whole for a question about one time. They are found among the current rows.

/** Up to so many statements about a country are read whole: then every rule looks at all there is. */
export const WHOLE = 400;
/** Of a longer series: so many before a time, so many after it, and so many that overlap it at most. */
const EACH_SIDE = 200;
/** So many of the last figures before a deadline was known are looked at for what projections rest on. */
const BEFORE = 64;

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
const ofSeries = (country: string, measure: Measure) => sql`x.country = ${country} and x.measure = ${measure}`;
/** As migration 0010 tells brief spans from long ones; no brief one is longer than 25 hours. */
const LONG = sql.raw("(x.as_of_to - x.as_of_from > interval '25 hours' or x.as_of_from > x.known_from)");

/** Statements of a series whose spans touch [from, to). @param or more that long ones may be */
const touching = (country: string, measure: Measure, from: Date, to: Date, most: number, or = sql`false`) => sql`
  (select x.statement_id from derived.snapshots x where ${ofSeries(country, measure)}
    and x.as_of_to > ${at(from)} and x.as_of_to <= ${at(to)} + interval '25 hours' and x.as_of_from < ${at(to)} order by x.as_of_to desc limit ${most})
  union (select x.statement_id from derived.snapshots x where ${ofSeries(country, measure)} and ${LONG}
    and x.as_of_to > ${at(from)} and (x.as_of_from < ${at(to)} or ${or}) order by x.as_of_to desc limit ${most})`;

/** Every statement about a country that counts in the vintage; undefined where there are more than 400. */
export async function wholeHistory(db: Database, country: string, vintage: Vintage): Promise<Snapshot[] | undefined> {
  return (await hasMoreThan(db, country, WHOLE)) ? undefined : snapshotsOfCountry(db, country, vintage);
}

/**
 * What a statement about a country is measured by: every statement about it that counts in the vintage; where these are
 * more than 400, of each count the 200 before the statement's time, the 200 after it and those that overlap it.
 * @param ids statements that are wanted in any case
 */
export async function historyAround(
  db: Database,
  country: string,
  asOf: Pick<Moment, "from" | "to">,
  vintage: Vintage,
  ids: readonly string[] = [],
): Promise<Snapshot[]> {
  const whole = await wholeHistory(db, country, vintage);
  if (whole) return whole;
  const of = (measure: Measure) => sql`
    (select x.statement_id from derived.snapshots x where ${ofSeries(country, measure)} and x.as_of_to <= ${at(asOf.from)}
      order by x.as_of_to desc limit ${EACH_SIDE})
    union (select x.statement_id from derived.snapshots x where ${ofSeries(country, measure)} and x.as_of_to > ${at(asOf.to)} and x.as_of_from >= ${at(asOf.to)}
      order by x.as_of_to limit ${EACH_SIDE})
    union ${touching(country, measure, asOf.from, asOf.to, EACH_SIDE)}`;
  const near = sql.join(measureCodes.map(of), sql` union `);
  return snapshotsWhere(
    db,
    vintage,
    sql`row.statement_id in (select statement_id from (${near}) near union all select unnest(${sql.param([...ids])}::text[]))`,
  );
}

/**
 * The statements about one count of one country that projections to a deadline can rest on, and its outcome, restated
 * ones too: all there are, or, where there are more than 400 about the country, those about the time from the last 64
 * figures that were known with the deadline until `to`, with those that restate one of them.
 * @param knownFrom when the deadline was first known
 * @param to the end of the time in which its outcome can lie
 */
export async function statementsAround(
  db: Database,
  country: string,
  measure: Measure,
  { knownFrom, to }: { knownFrom: Date; to: Date },
  vintage: Vintage,
): Promise<Snapshot[]> {
  if (!(await hasMoreThan(db, country, WHOLE))) return statementsOf(db, country, measure, vintage);
  const [before] = await db.execute<{ begins: string | null }>(sql`
    select min(as_of_from)::text as begins from (
      select x.as_of_from from derived.snapshots x where ${ofSeries(country, measure)} and x.qualifier is not null
        and x.as_of_to <= ${at(knownFrom)} + interval '25 hours' and x.known_from <= ${at(knownFrom)} order by x.as_of_to desc limit ${BEFORE}) x`);
  const from = before?.begins ? new Date(before.begins) : new Date(0);
  const most = Number.MAX_SAFE_INTEGER;
  // What was said ahead of its time stood last then.
  const ahead = sql`x.known_from < ${at(to)}`;
  return knownWhere(
    db,
    vintage,
    sql`row.country = ${country} and row.measure = ${measure} and row.statement_id in (
      with those as materialized (${touching(country, measure, from, to, most, ahead)})
      select statement_id from those
      union select x.statement_id from derived.snapshots x where ${ofSeries(country, measure)} and x.restates in (select statement_id from those))`,
  );
}

/** What was said last of each of these counts of each of these countries, with or without a figure, as it counts in the vintage. */
export async function lastSaid(
  db: Database,
  countries: readonly string[],
  measures: readonly Measure[],
  vintage: Vintage,
): Promise<Snapshot[]> {
  return snapshotsWhere(
    db,
    vintage,
    sql`row.statement_id in (
      select last.statement_id from unnest(${sql.param([...countries])}::text[]) asked(country) cross join unnest(${sql.param([...measures])}::text[]) counted(measure)
      cross join lateral (
        select x.statement_id from derived.snapshots x where x.country = asked.country and x.measure = counted.measure and x.known_from <= ${at(knownBy(vintage))}
          and not exists (select from derived.snapshots later where later.restates = x.statement_id and later.known_from <= ${at(knownBy(vintage))})
        order by x.as_of_to desc limit 1) last)`,
  );
}
