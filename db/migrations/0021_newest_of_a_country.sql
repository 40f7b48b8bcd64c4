-- The corrections of one country were found among those of all. What a correction is about afterwards stands in its row;
-- what it was about before stands in another, so those that took a statement away from a country are noted.

create index snapshots_corrected on record.snapshots (country, recorded_at desc, statement_id) where revision > 1;

-- What was withdrawn is asked for by whoever counts what stands.
create index snapshots_withdrawn on record.snapshots (statement_id) where state = 'withdrawn';

create table derived.moved (
  country text not null,
  recorded_at timestamptz not null,
  statement_id text not null,
  revision integer not null,
  primary key (statement_id, revision)
);
create index moved_newest on derived.moved (country, recorded_at desc, statement_id);
comment on table derived.moved is 'Revisions that took a statement about a count away from a country, kept by a trigger.';
comment on column derived.moved.country is 'The country it was about before.';
comment on column derived.moved.recorded_at is 'As in record.snapshots.';
comment on column derived.moved.statement_id is 'As in record.snapshots.';
comment on column derived.moved.revision is 'As in record.snapshots.';

create function derived.moved_at(instant timestamptz) returns setof derived.moved language sql stable as $$
  select before.country, after.recorded_at, after.statement_id, after.revision
  from record.snapshots after
  join record.snapshots before on before.statement_id = after.statement_id and before.revision = after.revision - 1
  where after.revision > 1 and before.country <> after.country and after.recorded_at <= instant
$$;
comment on function derived.moved_at(timestamptz) is 'The revisions up to an instant that took a statement away from a country.';

create function derived.note_moved() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into derived.moved
  select before.country, new.recorded_at, new.statement_id, new.revision
  from record.snapshots before
  where before.statement_id = new.statement_id and before.revision = new.revision - 1 and before.country <> new.country;
  return null;
end $$;
comment on function derived.note_moved() is 'Notes a revision that takes a statement away from a country.';
revoke execute on function derived.note_moved(), derived.moved_at(timestamptz) from public;
grant execute on function derived.moved_at(timestamptz) to muhlat_reader, muhlat_staff;

create trigger note_moved after insert on record.snapshots for each row when (new.revision > 1) execute function derived.note_moved();

insert into derived.moved select * from derived.moved_at('infinity');
grant select on derived.moved to muhlat_reader, muhlat_staff;

-- What is derived by a function of its own name, so that the next table is added in one place.
create function derived.made() returns text[] language sql immutable as $$
  select array['countries', 'snapshots', 'rivals', 'moved', 'deadlines', 'events', 'contacts']
$$;
comment on function derived.made() is 'The derived tables that a function makes of the record, in the order in which they are made.';
revoke execute on function derived.made() from public;

create or replace function derived.rebuild() returns void language plpgsql set search_path = pg_catalog as $$
declare
  name text;
begin
  -- Countries and sources first, as acts write them: nobody waits for somebody who waits for them.
  lock table record.countries, record.sources, record.snapshots, record.deadlines, record.events, record.contacts in share row exclusive mode;
  -- Rivals are found faster among all rows at once than row by row.
  alter table derived.snapshots disable trigger add_rivals, disable trigger remove_rivals;
  foreach name in array derived.made() loop
    execute format('delete from derived.%I', name);
    execute format('insert into derived.%I select * from derived.%I(''infinity'')', name, name || '_at');
  end loop;
  alter table derived.snapshots enable trigger add_rivals, enable trigger remove_rivals;
  update derived.totals set rows = (select count(*) from record.snapshots) where of = 'record.snapshots';
  update derived.totals set rows = (select count(*) from derived.snapshots) where of = 'derived.snapshots';
end $$;

-- Rows are compared whole: of one statement there may be several.
create or replace function derived.differences() returns table (feature text, statement_id text) language plpgsql stable set search_path = pg_catalog as $$
declare
  name text;
begin
  foreach name in array derived.made() loop
    return query execute format(
      'select distinct %1$L::text, wrong.statement_id from (
         (select * from derived.%1$I except select * from derived.%2$I(''infinity''))
         union all (select * from derived.%2$I(''infinity'') except select * from derived.%1$I)
       ) wrong', name, name || '_at');
  end loop;
  return query select 'totals'::text, of from derived.totals
    where rows <> case of when 'record.snapshots' then (select count(*) from record.snapshots) else (select count(*) from derived.snapshots) end;
end $$;
