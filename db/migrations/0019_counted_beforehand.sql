-- How many rows there are is asked for by pages and descriptions of the data; counting millions of them takes seconds.
-- And what was recorded last of a country is asked for by its feed.

create table derived.totals (
  of text primary key,
  rows bigint not null
);
comment on table derived.totals is 'How many rows a table has, kept by triggers.';
comment on column derived.totals.of is 'Table, as record.snapshots.';
comment on column derived.totals.rows is 'Its rows.';

create function derived.tally() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update derived.totals set rows = rows + case tg_op when 'DELETE' then -1 else 1 end * (select count(*) from changed)
  where of = format('%s.%s', tg_table_schema, tg_table_name);
  return null;
end $$;
comment on function derived.tally() is 'Adds the rows that a statement has added, and takes off those that it has taken away.';
revoke execute on function derived.tally() from public;

insert into derived.totals
select 'record.snapshots', count(*) from record.snapshots union all select 'derived.snapshots', count(*) from derived.snapshots;

create trigger tally_added after insert on record.snapshots referencing new table as changed
  for each statement execute function derived.tally();
create trigger tally_added after insert on derived.snapshots referencing new table as changed
  for each statement execute function derived.tally();
create trigger tally_gone after delete on derived.snapshots referencing old table as changed
  for each statement execute function derived.tally();

-- With what decides whether a restatement counts yet, so that no row need be looked at.
drop index derived.snapshots_restates;
create index snapshots_restates on derived.snapshots (restates) include (known_from) where restates is not null;

-- By the country in another text: whoever looks for a time in a series must not take this index for the one by time.
create index snapshots_news on derived.snapshots ((country || ' '), recorded_at desc);

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
  update derived.totals set rows = (select count(*) from record.snapshots) where of = 'record.snapshots';
  update derived.totals set rows = (select count(*) from derived.snapshots) where of = 'derived.snapshots';
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
  return query select 'totals'::text, of from derived.totals
    where rows <> case of when 'record.snapshots' then (select count(*) from record.snapshots) else (select count(*) from derived.snapshots) end;
end $$;

grant select on derived.totals to muhlat_reader, muhlat_staff;
