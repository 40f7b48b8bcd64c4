-- The same as record.append(), for the other table that programs and imports add to by the thousand: see
-- record.append_snapshot(). A query that names its table is planned once, one that is put together for every row.

create function record.append_source() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  before_revision integer;
  before_instant timestamptz;
  last_instant timestamptz;
  is_ours boolean;
begin
  select revision, recorded_at into before_revision, before_instant
  from record.sources where statement_id = new.statement_id order by revision desc limit 1;
  if new.revision <> coalesce(before_revision, 0) + 1 then
    raise exception 'revision % of % does not follow revision %', new.revision, new.statement_id, coalesce(before_revision, 0)
      using errcode = 'unique_violation', constraint = 'revision_follows';
  end if;
  select recorded_at, xmin = pg_current_xact_id()::xid into last_instant, is_ours from record.sources order by recorded_at desc limit 1;
  if is_ours is not true then
    last_instant := record.earliest_instant();
  end if;
  new.recorded_at := greatest(clock_timestamp(), last_instant, before_instant + interval '1 microsecond');
  return new;
end $$;
comment on function record.append_source() is 'Lets a revision of a source in only behind its predecessor and stamps the instant itself.';
revoke execute on function record.append_source() from public;
drop trigger append on record.sources;
create trigger append before insert on record.sources for each row execute function record.append_source();
