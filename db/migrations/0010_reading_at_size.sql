-- What a drawing needs of a long series is found in as many steps as it draws, however long the series is.
--
-- Most statements are plain: an exact figure about a day at most, ranked as any other, not known before its time began.
-- Of these a drawing leaves out most (lib/trends/rules/thinned.ts); all others are few, and are drawn.

-- The least and the greatest plain figure of each week and month, calendar of Moscow, by the end of its span.
create index snapshots_weeks on derived.snapshots
  (country, measure, date_trunc('week', (as_of_to at time zone 'Europe/Moscow') - interval '1 microsecond'), value, as_of_to)
  where as_of_to - as_of_from <= interval '25 hours' and as_of_from <= known_from and qualifier = 'exact' and rank = 'normal';
create index snapshots_months on derived.snapshots
  (country, measure, date_trunc('month', (as_of_to at time zone 'Europe/Moscow') - interval '1 microsecond'), value, as_of_to)
  where as_of_to - as_of_from <= interval '25 hours' and as_of_from <= known_from and qualifier = 'exact' and rank = 'normal';

-- Those that are not plain: of a day at most, and of longer or known before.
create index snapshots_brief on derived.snapshots (country, measure, as_of_to desc)
  where as_of_to - as_of_from <= interval '25 hours' and as_of_from <= known_from
    and (qualifier is null or qualifier <> 'exact' or rank <> 'normal');
create index snapshots_long on derived.snapshots (country, measure, as_of_to desc)
  where as_of_to - as_of_from > interval '25 hours' or as_of_from > known_from;

create index snapshots_restating on derived.snapshots (country, measure) where restates is not null;
-- By the series as one text: whoever looks for a time in a series must not take this index for the one by time.
create index snapshots_known on derived.snapshots ((country || ' ' || measure), known_from);

-- With the instant of recording, so that statements are counted for any vintage without looking at their rows.
drop index derived.snapshots_series;
create index snapshots_series on derived.snapshots (country, measure, as_of_to desc, known_from desc) include (recorded_at);

-- What was changed since an instant; the first revision changes nothing.
create index snapshots_changed on record.snapshots (recorded_at) where revision > 1;
create index sources_changed on record.sources (recorded_at) where revision > 1;

create table derived.rivals (
  statement_id text primary key,
  country text not null,
  measure text not null,
  as_of_to timestamptz not null
);
create index rivals_series on derived.rivals (country, measure, as_of_to desc);
comment on table derived.rivals is 'Plain figures among the current rows whose span overlaps that of another figure of the same series.';
comment on column derived.rivals.statement_id is 'Statement that has a rival.';
comment on column derived.rivals.country is 'As in derived.snapshots.';
comment on column derived.rivals.measure is 'As in derived.snapshots.';
comment on column derived.rivals.as_of_to is 'As in derived.snapshots.';

-- All figures are held against the one before them that ends last, and the one that begins next: no index is needed, and
-- it is found otherwise than the triggers find it.
create function derived.rivals_at(instant timestamptz) returns setof derived.rivals language sql stable as $$
  select statement_id, country, measure, as_of_to
  from (
    select s.*,
      max(as_of_to) over (series rows between unbounded preceding and 1 preceding) as others_end,
      lead(as_of_from) over series as next_begins
    from derived.snapshots_at(instant) s where qualifier is not null
    window series as (partition by country, measure order by as_of_from, statement_id)
  ) s
  where (others_end > as_of_from or next_begins < as_of_to)
    and as_of_to - as_of_from <= interval '25 hours' and as_of_from <= known_from and qualifier = 'exact' and rank = 'normal'
$$;
comment on function derived.rivals_at(timestamptz) is 'The plain figures that had a rival, as recorded at an instant.';

-- The triggers below look each row up by the one index that is meant, however little the server knows of the tables yet:
-- by its order, and by keeping what other indexes are about out of the condition. Another one, or tables matched as a
-- whole, would hold a hundred thousand rows each against each. And planned once: planning takes longer than looking up.

create function derived.has_rival(statement text, of_country text, of_measure text, begins timestamptz, ends timestamptz)
returns boolean language plpgsql stable as $$
begin
  perform from derived.snapshots
  where country = of_country and measure = of_measure and as_of_to > begins and as_of_to < ends + interval '25 hours' and as_of_from < ends
    and statement_id <> statement and qualifier is not null
  order by as_of_to desc limit 1;
  if found then
    return true;
  end if;
  perform from derived.snapshots
  where country = of_country and measure = of_measure and as_of_to > begins and as_of_from < ends
    and (as_of_to - as_of_from > interval '25 hours' or as_of_from > known_from)
    and statement_id <> statement and qualifier is not null
  order by as_of_to desc limit 1;
  return found;
end $$;
comment on function derived.has_rival(text, text, text, timestamptz, timestamptz) is 'Whether another figure of a series overlaps the given span.';

create function derived.add_rivals() returns trigger language plpgsql security definer
  set search_path = pg_catalog set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  -- Of a thousand figures about one day the others are looked for once.
  with overlapping as materialized (
    select * from added a
    where a.qualifier is not null and derived.has_rival(a.statement_id, a.country, a.measure, a.as_of_from, a.as_of_to)
  ), others as (
    select other.*
    from (select distinct country, measure, as_of_from, as_of_to from overlapping) span
    cross join lateral (
      select * from derived.snapshots
      where country = span.country and measure = span.measure and as_of_to > span.as_of_from and as_of_to < span.as_of_to + interval '25 hours'
        and as_of_from < span.as_of_to
      order by as_of_to desc offset 0
    ) other
    where other.statement_id not in (select statement_id from added)
  )
  insert into derived.rivals
  select statement_id, country, measure, as_of_to from (select * from overlapping union all select * from others) found
  where as_of_to - as_of_from <= interval '25 hours' and as_of_from <= known_from and qualifier = 'exact' and rank = 'normal'
  on conflict do nothing;
  return null;
end $$;
comment on function derived.add_rivals() is 'Notes the plain figures that overlap those that were just added, and the added ones.';

-- A revision of a source takes rows away and puts them back in one statement: so what is noted is held against what is there.
create function derived.remove_rivals() returns trigger language plpgsql security definer
  set search_path = pg_catalog set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  set plan_cache_mode = force_generic_plan as $$
begin
  delete from derived.rivals kept
  using (
    select statement_id from gone
    union
    select noted.statement_id
    from (select distinct country, measure, as_of_from, as_of_to from gone where qualifier is not null) span
    join derived.rivals noted on noted.country = span.country and noted.measure = span.measure
      and noted.as_of_to > span.as_of_from and noted.as_of_to < span.as_of_to + interval '25 hours'
  ) touched
  where kept.statement_id = touched.statement_id and not coalesce((
    select s.as_of_to - s.as_of_from <= interval '25 hours' and s.as_of_from <= s.known_from and s.qualifier = 'exact' and s.rank = 'normal'
      and derived.has_rival(s.statement_id, s.country, s.measure, s.as_of_from, s.as_of_to)
    from derived.snapshots s where s.statement_id = kept.statement_id), false);
  return null;
end $$;
comment on function derived.remove_rivals() is 'Takes away the notes on figures that are not plain or overlap nothing any more.';

create trigger add_rivals after insert on derived.snapshots referencing new table as added
  for each statement execute function derived.add_rivals();
create trigger remove_rivals after delete on derived.snapshots referencing old table as gone
  for each statement execute function derived.remove_rivals();

create or replace function derived.rebuild() returns void language plpgsql set search_path = pg_catalog as $$
declare
  name text;
begin
  -- Countries and sources first, as acts write them: nobody waits for somebody who waits for them.
  lock table record.countries, record.sources, record.snapshots, record.deadlines, record.events, record.contacts in share row exclusive mode;
  -- Rivals are found faster among all rows at once than row by row.
  alter table derived.snapshots disable trigger add_rivals, disable trigger remove_rivals;
  foreach name in array array['countries', 'snapshots', 'rivals', 'deadlines', 'events', 'contacts'] loop
    execute format('delete from derived.%I', name);
    execute format('insert into derived.%I select * from derived.%I(''infinity'')', name, name || '_at');
  end loop;
  alter table derived.snapshots enable trigger add_rivals, enable trigger remove_rivals;
end $$;

create or replace function derived.differences() returns table (feature text, statement_id text) language plpgsql stable set search_path = pg_catalog as $$
declare
  name text;
begin
  foreach name in array array['countries', 'snapshots', 'rivals', 'deadlines', 'events', 'contacts'] loop
    return query execute format(
      'select %1$L::text, coalesce(kept.statement_id, made.statement_id)
       from derived.%1$I kept full join derived.%2$I(''infinity'') made using (statement_id)
       where kept is distinct from made', name, name || '_at');
  end loop;
end $$;

insert into derived.rivals select * from derived.rivals_at('infinity');

grant select on derived.rivals to muhlat_reader, muhlat_staff;
revoke execute on function derived.rivals_at(timestamptz), derived.has_rival(text, text, text, timestamptz, timestamptz),
  derived.add_rivals(), derived.remove_rivals() from public;
grant execute on function derived.rivals_at(timestamptz) to muhlat_reader, muhlat_staff;
