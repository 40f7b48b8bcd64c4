-- Readers are told the instant of the newest recording, to the millisecond, and may ask for it again for ever. So an act is
-- stamped a millisecond behind everything that was recorded before it, even where the clock was set back meanwhile. Rows of
-- one act follow each other without that distance: the newest row of a table is the act's own once it has added one there.

create index countries_recorded on record.countries (recorded_at);
create index deadlines_recorded on record.deadlines (recorded_at);
create index events_recorded on record.events (recorded_at);

create function record.earliest_instant() returns timestamptz language plpgsql set enable_seqscan = off as $$
begin
  return greatest(
    (select max(recorded_at) from record.snapshots),
    (select max(recorded_at) from record.sources),
    (select max(recorded_at) from record.countries),
    (select max(recorded_at) from record.deadlines),
    (select max(recorded_at) from record.events)
  ) + interval '1 millisecond';
end $$;
comment on function record.earliest_instant() is 'A millisecond behind the newest recording: the first instant that an act may be stamped with.';
revoke execute on function record.earliest_instant() from public;
grant execute on function record.earliest_instant() to muhlat_staff;

create or replace function record.append() returns trigger language plpgsql as $$
declare
  before_revision integer;
  before_instant timestamptz;
  last_instant timestamptz;
  is_ours boolean;
begin
  execute format('select revision, recorded_at from record.%I where statement_id = $1 order by revision desc limit 1', tg_table_name)
    into before_revision, before_instant using new.statement_id;
  if new.revision <> coalesce(before_revision, 0) + 1 then
    raise exception 'revision % of % does not follow revision %', new.revision, new.statement_id, coalesce(before_revision, 0)
      using errcode = 'unique_violation', constraint = 'revision_follows';
  end if;
  execute format('select recorded_at, xmin = pg_current_xact_id()::xid from record.%I order by recorded_at desc limit 1', tg_table_name)
    into last_instant, is_ours;
  if is_ours is not true then
    last_instant := record.earliest_instant();
  end if;
  new.recorded_at := greatest(clock_timestamp(), last_instant, before_instant + interval '1 microsecond');
  return new;
end $$;

create or replace function record.append_snapshot() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  before_revision integer;
  before_instant timestamptz;
  last_instant timestamptz;
  is_ours boolean;
begin
  select revision, recorded_at into before_revision, before_instant
  from record.snapshots where statement_id = new.statement_id order by revision desc limit 1;
  if new.revision <> coalesce(before_revision, 0) + 1 then
    raise exception 'revision % of % does not follow revision %', new.revision, new.statement_id, coalesce(before_revision, 0)
      using errcode = 'unique_violation', constraint = 'revision_follows';
  end if;
  select recorded_at, xmin = pg_current_xact_id()::xid into last_instant, is_ours from record.snapshots order by recorded_at desc limit 1;
  if is_ours is not true then
    last_instant := record.earliest_instant();
  end if;
  new.recorded_at := greatest(clock_timestamp(), last_instant, before_instant + interval '1 microsecond');
  return new;
end $$;
