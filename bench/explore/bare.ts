import type { Sql } from "postgres";
import { knownBy, type Vintage } from "@/lib/vintage";

/** A query by hand, as the driver brings it: rows are counted, nothing is made of them. */
export type Bare = () => Promise<number>;

/** What is asked for: the series of one measure of some countries. */
type Series = { countries: readonly string[]; measure: string; vintage: Vintage };

/**
 * The rows of a vintage, named `stood`: the current ones, or what each statement said at an instant, made from all its
 * revisions. By hand it is left out that a statement may have been of another series before, and that a source may not
 * say when it was published.
 */
function rowsThen(sql: Sql, { countries, measure, vintage: { recordedAt } }: Series) {
  if (!recordedAt)
    return sql`stood as not materialized (select * from derived.snapshots where country = any(${[...countries]}) and measure = ${measure})`;
  return sql`stood as materialized (
    select s.*, src.published_to as known_from, src.title, src.speaker, src.published_on
    from (
      select distinct on (statement_id) * from record.snapshots
      where country = any(${[...countries]}) and measure = ${measure} and recorded_at <= ${recordedAt} order by statement_id, revision desc
    ) s
    cross join lateral (
      select * from record.sources where statement_id = s.source_id and recorded_at <= ${recordedAt} order by revision desc limit 1
    ) src
    where s.state = 'published')`;
}

/** As fast as it was found to be written: with "not exists" the server held each row of an instant against each. */
const counting = (sql: Sql, { vintage }: Series) => sql`row.known_from <= ${knownBy(vintage)} and row.statement_id not in (
  select restates from stood where restates is not null and known_from <= ${knownBy(vintage)})`;

/** Everything of some series, to be thinned by whoever asked. */
export async function bareRows(sql: Sql, series: Series): Promise<number> {
  const rows = await sql`with ${rowsThen(sql, series)} select * from stood row where ${counting(sql, series)}`;
  return rows.length;
}

/** What is drawn of some series: what is not plain, and of each month the first, last, least and greatest, by window functions over all of it. */
export async function bareThinned(sql: Sql, series: Series): Promise<number> {
  const rows = await sql`
    with ${rowsThen(sql, series)}, sorted as (
      select row.*, row.qualifier = 'exact' and row.rank = 'normal' as plain, date_trunc('month', row.as_of_to at time zone 'Europe/Moscow') as month
      from stood row where ${counting(sql, series)}
    ), placed as (
      select sorted.*, row_number() over first as a, row_number() over last as b, row_number() over least as c, row_number() over greatest as d from sorted
      window first as (partition by country, plain, month order by as_of_to), last as (partition by country, plain, month order by as_of_to desc),
        least as (partition by country, plain, month order by value, as_of_to),
        greatest as (partition by country, plain, month order by value desc, as_of_to desc)
    )
    select * from placed where 1 in (a, b, c, d) or plain is not true`;
  return rows.length;
}

/** The last two figures of each country by an index; where the rows are those of an instant, by sorting all of them. */
export async function bareLast(sql: Sql, series: Series): Promise<number> {
  const rows = await sql`
    with ${rowsThen(sql, series)}
    select row.* from unnest(${sql.array([...series.countries])}::text[]) asked(country) cross join lateral (
      select row.* from stood row where row.country = asked.country and row.qualifier is not null and ${counting(sql, series)}
      order by row.as_of_to desc limit 2) row`;
  return rows.length;
}

/** The last figure of each country by sorting everything. */
export async function bareSorted(sql: Sql, series: Series): Promise<number> {
  const rows = await sql`
    with ${rowsThen(sql, series)}
    select distinct on (row.country) row.* from stood row where row.qualifier is not null and ${counting(sql, series)}
    order by row.country, row.as_of_to desc`;
  return rows.length;
}
