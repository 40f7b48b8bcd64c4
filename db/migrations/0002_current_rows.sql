-- What is current is derived: one table a feature, one function that answers the same for any instant.

create table derived.snapshots (
  statement_id text primary key,
  revision integer not null,
  country text not null,
  measure text not null,
  period_start date,
  as_of text not null,
  as_of_from timestamptz not null,
  as_of_to timestamptz not null,
  value bigint,
  low bigint,
  high bigint,
  qualifier text,
  wording text,
  missing_reason text,
  unchanged boolean not null,
  children_share numeric(5, 4),
  note text,
  rank text not null,
  rank_reason text,
  restates text,
  recorded_at timestamptz not null,
  known_from timestamptz not null,
  source_id text not null,
  source_title text not null,
  source_publisher text,
  source_speaker text,
  source_speaker_role text,
  source_published_on text,
  source_url text
);
create index snapshots_series on derived.snapshots (country, measure, as_of_to desc, known_from desc);
create index snapshots_source on derived.snapshots (source_id);
create index snapshots_restates on derived.snapshots (restates) where restates is not null;

create function derived.snapshots_at(instant timestamptz) returns setof derived.snapshots language sql stable as $$
  select s.statement_id, s.revision, s.country, s.measure, s.period_start, s.as_of, s.as_of_from, s.as_of_to,
         s.value, s.low, s.high, s.qualifier, s.wording, s.missing_reason, s.unchanged, s.children_share, s.note,
         s.rank, s.rank_reason, s.restates, s.recorded_at,
         coalesce(src.published_to, first.recorded_at),
         s.source_id, src.title, src.publisher, src.speaker, src.speaker_role, src.published_on, src.url
  from (select distinct on (statement_id) * from record.snapshots where recorded_at <= instant order by statement_id, revision desc) s
  join record.snapshots first on first.statement_id = s.statement_id and first.revision = 1
  cross join lateral (
    select * from record.sources where statement_id = s.source_id and recorded_at <= instant order by revision desc limit 1
  ) src
  where s.state = 'published'
$$;

create table derived.countries (
  statement_id text primary key,
  revision integer not null,
  union_member boolean,
  zone text not null,
  remittances_share_of_gdp numeric(5, 4),
  note text,
  recorded_at timestamptz not null
);

create function derived.countries_at(instant timestamptz) returns setof derived.countries language sql stable as $$
  select statement_id, revision, union_member, zone, remittances_share_of_gdp, note, recorded_at
  from (select distinct on (statement_id) * from record.countries where recorded_at <= instant order by statement_id, revision desc) c
  where state = 'published'
$$;

create table derived.deadlines (
  statement_id text primary key,
  revision integer not null,
  chain text not null,
  replaces text,
  cancelled boolean not null,
  countries text[] not null,
  except_countries text[] not null,
  scope_as_reported boolean not null,
  measure text not null,
  falls_on date not null,
  zone text not null,
  day_counts boolean not null,
  ends_at timestamptz not null,
  basis jsonb not null,
  basis_url text,
  consequence jsonb not null,
  afterwards jsonb not null,
  recorded_at timestamptz not null,
  known_from timestamptz not null,
  source_id text not null,
  source_title text not null,
  source_published_on text,
  source_url text
);

create function derived.deadlines_at(instant timestamptz) returns setof derived.deadlines language sql stable as $$
  select d.statement_id, d.revision, d.chain, d.replaces, d.cancelled, d.countries, d.except_countries, d.scope_as_reported,
         d.measure, d.falls_on, d.zone, d.day_counts, d.ends_at, d.basis, d.basis_url, d.consequence, d.afterwards, d.recorded_at,
         coalesce(src.published_to, first.recorded_at),
         d.source_id, src.title, src.published_on, src.url
  from (select distinct on (statement_id) * from record.deadlines where recorded_at <= instant order by statement_id, revision desc) d
  join record.deadlines first on first.statement_id = d.statement_id and first.revision = 1
  cross join lateral (
    select * from record.sources where statement_id = d.source_id and recorded_at <= instant order by revision desc limit 1
  ) src
  where d.state = 'published'
$$;

create table derived.events (
  statement_id text primary key,
  revision integer not null,
  happened_on text not null,
  happened_from timestamptz not null,
  happened_to timestamptz not null,
  kind text not null,
  countries text[] not null,
  measures text[] not null,
  what jsonb not null,
  recorded_at timestamptz not null,
  source_id text not null,
  source_title text not null,
  source_url text
);

create function derived.events_at(instant timestamptz) returns setof derived.events language sql stable as $$
  select e.statement_id, e.revision, e.happened_on, e.happened_from, e.happened_to, e.kind, e.countries, e.measures, e.what,
         e.recorded_at, e.source_id, src.title, src.url
  from (select distinct on (statement_id) * from record.events where recorded_at <= instant order by statement_id, revision desc) e
  cross join lateral (
    select * from record.sources where statement_id = e.source_id and recorded_at <= instant order by revision desc limit 1
  ) src
  where e.state = 'published'
$$;

-- The triggers below write as the schema's owner: nobody else may write to derived.

-- A current row carries fields of its source. Whoever writes one waits for a revision of that source under way, and
-- a revision of a source waits for the rows that are being written with it: neither would see the other's row.
-- 256 locks at most, however many sources one transaction writes with: the server's lock table is small.

create function derived.follow() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('muhlat source'), hashtext(to_jsonb(new) ->> 'source_id') & 255);
  execute format('delete from derived.%I where statement_id = $1', tg_table_name) using new.statement_id;
  execute format('insert into derived.%1$I select * from derived.%2$I(''infinity'') where statement_id = $1', tg_table_name, tg_table_name || '_at')
    using new.statement_id;
  return null;
end $$;

create function derived.follow_source() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text;
begin
  if new.revision = 1 then
    return null;
  end if;
  perform pg_advisory_xact_lock(hashtext('muhlat source'), hashtext(new.statement_id) & 255);
  foreach name in array array['snapshots', 'deadlines', 'events'] loop
    execute format(
      'with gone as (delete from derived.%1$I where source_id = $1 returning statement_id)
       insert into derived.%1$I select a.* from gone cross join lateral (select * from derived.%2$I(''infinity'') x where x.statement_id = gone.statement_id) a',
      name, name || '_at') using new.statement_id;
  end loop;
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events'] loop
    execute format('create trigger follow after insert on record.%I for each row execute function derived.follow()', name);
  end loop;
end $$;
create trigger follow after insert on record.sources for each row execute function derived.follow_source();

create function derived.rebuild() returns void language plpgsql set search_path = pg_catalog as $$
declare
  name text;
begin
  -- Countries and sources first, as acts write them: nobody waits for somebody who waits for them.
  lock table record.countries, record.sources, record.snapshots, record.deadlines, record.events in share row exclusive mode;
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events'] loop
    execute format('delete from derived.%I', name);
    execute format('insert into derived.%I select * from derived.%I(''infinity'')', name, name || '_at');
  end loop;
end $$;

create function derived.differences() returns table (feature text, statement_id text) language plpgsql stable set search_path = pg_catalog as $$
declare
  name text;
begin
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events'] loop
    return query execute format(
      'select %1$L::text, coalesce(kept.statement_id, made.statement_id)
       from derived.%1$I kept full join derived.%2$I(''infinity'') made using (statement_id)
       where kept is distinct from made', name, name || '_at');
  end loop;
end $$;
