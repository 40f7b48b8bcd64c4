import type { Sql } from "postgres";

/**
 * The record that reading is measured on: the two lists of 200 countries over ten years, a statement of each every
 * `hours` hours. The same one every time. Of a thousand statements of a series
 *
 * - ten are not exact ("about", "more than"), one says that there was no figure, one that nothing had changed;
 * - two are about the time of the one before and say otherwise: rivals;
 * - two restate what was said three days before;
 * - five were corrected ten days later: a second revision each.
 *
 * All statements of a day are said by one source, published on the day after. Two breaks cut every gray list, one more
 * those of the first eight countries; a few sources were revised later.
 */
export type Shape = { hours: number };

/** Six-hourly for ten years: 5.8 million statements; and a hundredth of it, over the same ten years. */
export const LARGE: Shape = { hours: 6 };
export const SMALL: Shape = { hours: 600 };

/** Moscow time; it was three hours ahead of UTC all along. */
export const BEGINS = "2016-03-01T00:00+03:00";
export const ENDS = "2026-03-01T00:00+03:00";
const HOURS = 87_660;
export const statementsOf = ({ hours }: Shape): number => 400 * Math.floor(HOURS / hours);

/**
 * Fills an empty, migrated database: rows go in with triggers and keys unchecked, then the current rows and their indexes are made
 * from them as a rebuild would.
 * @param owner the one connection of a superuser
 * @param codes 200 country codes
 */
export async function fillRecord(owner: Sql, shape: Shape, codes: readonly string[]): Promise<void> {
  const each = Math.floor(HOURS / shape.hours);
  await owner`set synchronous_commit = off`;
  await owner`set maintenance_work_mem = '1GB'`;
  await owner`set work_mem = '256MB'`;
  await owner`set session_replication_role = replica`;
  await owner`insert into staff.people (person_id, email, name, role) values ('bench', 'bench@example.org', 'Bench', 'system')`;
  await owner`
    insert into record.countries (statement_id, revision, state, recorded_by, published_by, recorded_at, zone)
    select code, 1, 'published', 'bench', 'bench', ${BEGINS}, 'Europe/Moscow' from unnest(${owner.array([...codes, "ALL"])}::text[]) code`;
  await owner`
    insert into record.sources (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, title, speaker, published_on, published_from, published_to)
    select 'day-' || to_char(day, 'YYYY-MM-DD'), revision, 'published', case revision when 2 then 'A slip' end, 'bench', 'bench',
      (day + interval '2 days 1 hour' + (revision - 1) * interval '20 days') at time zone 'Europe/Moscow',
      'Briefing of ' || to_char(day, 'YYYY-MM-DD') || case revision when 2 then ', revised' else '' end, 'A speaker',
      to_char(day + interval '1 day', 'YYYY-MM-DD'), (day + interval '1 day') at time zone 'Europe/Moscow', (day + interval '2 days') at time zone 'Europe/Moscow'
    from generate_series(timestamp '2016-02-28', timestamp '2026-03-03', interval '1 day') day
    cross join generate_series(1, 2) revision
    where revision = 1 or extract(doy from day) = 100`;
  await owner`
    insert into record.events (statement_id, revision, state, recorded_by, published_by, recorded_at, happened_on, happened_from, happened_to, kind, countries, measures, what, source_id)
    select 'break-' || day, 1, 'published', 'bench', 'bench', ${BEGINS}, day, (day::timestamp) at time zone 'Europe/Moscow',
      (day::timestamp + interval '1 day') at time zone 'Europe/Moscow', 'break', countries, '{gray_list}', '{"en": "Another thing is counted"}', 'day-2016-03-01'
    from (values ('2018-05-01', '{ALL}'::text[]), ('2022-09-12', '{ALL}'), ('2024-02-05', ${owner.array(codes.slice(0, 8))}::text[])) breaks (day, countries)`;
  await owner`
    insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to,
      value, qualifier, missing_reason, unchanged, restates, source_id)
    select 's' || lpad(series::text, 3, '0') || lpad(i::text, 6, '0'), revision, 'published', case revision when 2 then 'A slip' end, 'bench', 'bench',
      about + interval '3 days' + (revision - 1) * interval '10 days', code, measure,
      to_char(about at time zone 'Europe/Moscow', 'YYYY-MM-DD"T"HH24:MI') || '+03:00', about, about + interval '1 minute',
      case when kind in (998, 999) then null else level + dice % 1500 + revision end,
      case when kind in (998, 999) then null when kind < 7 then 'about' when kind < 10 then 'more_than' else 'exact' end,
      case kind when 998 then 'declined' end, kind = 999,
      case when kind in (14, 15) and i >= back then 's' || lpad(series::text, 3, '0') || lpad((i - back)::text, 6, '0') end,
      'day-' || to_char(said at time zone 'Europe/Moscow', 'YYYY-MM-DD')
    from (
      select *, said - case when kind in (12, 13) and i > 0 then ${shape.hours} * interval '1 hour' when kind in (14, 15) and i >= back then back * ${shape.hours} * interval '1 hour'
        else interval '0' end as about
      from (
        select code, measure, series, i, revision, dice, dice % 1000 as kind, ${Math.max(1, Math.round(72 / shape.hours))}::int as back,
          (60000 + 30000 * sin(i * ${shape.hours}::float8 / 5000 + series) + 9000 * sin(i * ${shape.hours}::float8 / 700))::bigint as level,
          ${BEGINS}::timestamptz + i * ${shape.hours} * interval '1 hour' as said
        from (select code, number - 1 as number from unnest(${owner.array([...codes])}::text[]) with ordinality codes (code, number)) codes
        cross join (values ('gray_list', 0), ('black_list', 1)) lists (measure, list)
        cross join lateral (select number * 2 + list as series) numbered
        cross join generate_series(0, ${each - 1}) i
        cross join lateral (select ((series * 1000003 + i::bigint * 7919 + 12345) * 48271 % 2147483647) as dice) thrown
        cross join generate_series(1, 2) revision
        where revision = 1 or dice % 1000 between 20 and 24
      ) made
    ) made`;
  await currentRows(owner);
  await owner`set session_replication_role = origin`;
  for (const table of ["record.snapshots", "record.sources", "derived.snapshots", "derived.rivals", "derived.events"])
    await owner.unsafe(`vacuum (analyze) ${table}`);
}

/** Makes the current rows as a rebuild does, with the indexes after the rows. */
async function currentRows(owner: Sql): Promise<void> {
  for (const table of ["countries", "events"])
    await owner.unsafe(`insert into derived.${table} select * from derived.${table}_at('infinity')`);
  const indexes = await owner<{ name: string; made: string }[]>`
    select indexname as name, indexdef as made from pg_indexes where schemaname = 'derived' and tablename = 'snapshots' and indexname <> 'snapshots_pkey'`;
  for (const { name } of indexes) await owner.unsafe(`drop index derived.${name}`);
  await owner`analyze record.snapshots`;
  await owner`insert into derived.snapshots select * from derived.snapshots_at('infinity')`;
  for (const { made } of indexes) await owner.unsafe(made);
  await owner`insert into derived.rivals select * from derived.rivals_at('infinity')`;
  for (const table of ["record.snapshots", "derived.snapshots"])
    await owner.unsafe(`update derived.totals set rows = (select count(*) from ${table}) where of = '${table}'`);
}
