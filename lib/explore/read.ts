import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { concerns, countryCodes } from "../countries/rules";
import type { Measure } from "../measures/rules";
import { MOSCOW, momentOf } from "../moments/rules";
import { type SnapshotRow, snapshotOf } from "../snapshots/rows";
import { frontOf, newestFigure, type Snapshot } from "../snapshots/rules";
import { type Break, thinned } from "../trends/rules/thinned";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import type { Latest } from "./rules/latest";

/** What is kept of a series for a drawing, newest as-of first, and how many statements there are in all. */
export type Thinned = { statements: Snapshot[]; of: number };

/** News of so many days are told at most. */
const MOST_DAYS = 400;

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;

function byCountry(statements: readonly Snapshot[]): Map<string, Snapshot[]> {
  const found = new Map<string, Snapshot[]>();
  for (const statement of statements) {
    const those = found.get(statement.country);
    if (those) those.push(statement);
    else found.set(statement.country, [statement]);
  }
  return found;
}

/** Whether a row is known in the vintage and no statement known in it restates it. */
const counts = (vintage: Vintage) => sql`row.known_from <= ${at(knownBy(vintage))} and not exists (
  select from ${rowsAsRecorded("snapshots", vintage)} as later where later.restates = row.statement_id and later.known_from <= ${at(knownBy(vintage))})`;

/** The breaks of one measure, with the countries they concern. */
async function breaksIn(db: Database, measure: Measure, vintage: Vintage): Promise<(Break & { countries: string[] })[]> {
  const rows = await db.execute<{ happened_on: string; countries: string[] }>(sql`
    select happened_on, countries from ${rowsAsRecorded("events", vintage)} as row where kind = 'break' and ${measure} = any(measures)`);
  return rows.map((row) => ({ happenedOn: momentOf(row.happened_on), countries: row.countries }));
}

/**
 * The statements about one measure of some countries that count in the vintage and whose spans touch [from, to),
 * thinned by the rule of that name to about `most` plain ones a country. By country, every one that was asked for.
 * @param asked `from` the first instant, `to` the first after; undefined means no end on that side
 */
export async function seriesBetween(
  db: Database,
  asked: { countries: readonly string[]; measure: Measure; from?: Date; to?: Date; most: number },
  vintage: Vintage,
): Promise<Map<string, Thinned>> {
  const { countries, measure, from, to, most } = asked;
  const [rows, breaks] = await Promise.all([
    db.execute<SnapshotRow>(sql`
      select row.*, row.period_start::text as period_start from ${rowsAsRecorded("snapshots", vintage)} as row
      where row.country = any(${sql.param([...countries])}::text[]) and row.measure = ${measure} and ${counts(vintage)}
        and ${from ? sql`row.as_of_to > ${at(from)}` : sql`true`} and ${to ? sql`row.as_of_from < ${at(to)}` : sql`true`}
      order by row.as_of_to desc, row.as_of_from desc, row.known_from desc, row.statement_id`),
    breaksIn(db, measure, vintage),
  ]);
  const statements = byCountry(rows.map(snapshotOf));
  return new Map(
    [...new Set(countries)].map((country) => {
      const series = statements.get(country) ?? [];
      const cutting = breaks.filter((one) => concerns(one, country));
      return [country, { statements: thinned(series, most, cutting), of: series.length }];
    }),
  );
}

/** A series' newest figure in front with what stands beside it; undefined where it has no figure in front. */
function latestIn(series: readonly Snapshot[], breaks: readonly Break[]): Latest | undefined {
  const found = newestFigure(series);
  if (!found) return undefined;
  const { figure: newest, rivals } = found;
  const before = frontOf(series).at(-2);
  const parted = breaks.some(({ happenedOn }) => before && before.asOf.from < happenedOn.from && happenedOn.from < newest.asOf.to);
  return { newest, before: parted ? undefined : before, rivals };
}

/**
 * Of one measure the newest figure in front of each country, and its neighbour: the one in front before it, unless a
 * break lies within or between them. Countries without a figure are not in it.
 */
export async function latestOf(db: Database, measure: Measure, vintage: Vintage): Promise<Map<string, Latest>> {
  const [rows, breaks] = await Promise.all([
    db.execute<SnapshotRow>(sql`
      select row.*, row.period_start::text as period_start from ${rowsAsRecorded("snapshots", vintage)} as row
      where row.measure = ${measure} and row.qualifier is not null and ${counts(vintage)}`),
    breaksIn(db, measure, vintage),
  ]);
  const statements = byCountry(rows.map(snapshotOf));
  return new Map(
    countryCodes.flatMap((country) => {
      const latest = latestIn(
        statements.get(country) ?? [],
        breaks.filter((one) => concerns(one, country)),
      );
      return latest ? [[country, latest] as const] : [];
    }),
  );
}

/**
 * The Moscow days on which something became known of these series, restated statements included, oldest first: the last
 * 400 of them at most, none after the vintage's.
 */
export async function newsDays(db: Database, countries: readonly string[], measure: Measure, until: Vintage): Promise<string[]> {
  // What is known at midnight was known on the day before.
  const rows = await db.execute<{ day: string }>(sql`
    select distinct ((row.known_from at time zone ${MOSCOW}) - interval '1 microsecond')::date::text as day
    from ${rowsAsRecorded("snapshots", until)} as row
    where row.country = any(${sql.param([...countries])}::text[]) and row.measure = ${measure} and row.known_from <= ${at(knownBy(until))}
    order by day desc limit ${MOST_DAYS}`);
  return rows.map((row) => row.day).reverse();
}
