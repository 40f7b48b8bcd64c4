-- Both tables that programs and imports add to by the thousand get a function that names its table: such a query is planned
-- once, and one that is put together, as record.append() does, for every row. One text is made for each, so that they stay
-- alike; record.append_snapshot() was such a one written by hand. The one plan is kept while the table grows under it, so it
-- must be the one for a large table, however small the record was when it was counted.

do $$
declare
  name text;
begin
  foreach name in array array['snapshots', 'sources'] loop
    execute format($f$
      create function record.append_to_%1$s() returns trigger language plpgsql set enable_seqscan = off as $body$
      declare
        before_revision integer;
        before_instant timestamptz;
        last_instant timestamptz;
        is_ours boolean;
      begin
        select revision, recorded_at into before_revision, before_instant
        from record.%1$I where statement_id = new.statement_id order by revision desc limit 1;
        if new.revision <> coalesce(before_revision, 0) + 1 then
          raise exception 'revision %% of %% does not follow revision %%', new.revision, new.statement_id, coalesce(before_revision, 0)
            using errcode = 'unique_violation', constraint = 'revision_follows';
        end if;
        select recorded_at, xmin = pg_current_xact_id()::xid into last_instant, is_ours from record.%1$I order by recorded_at desc limit 1;
        if is_ours is not true then
          last_instant := record.earliest_instant();
        end if;
        new.recorded_at := greatest(clock_timestamp(), last_instant, before_instant + interval '1 microsecond');
        return new;
      end $body$
    $f$, name);
    execute format('comment on function record.append_to_%1$s() is %2$L', name,
      format('Lets a revision into record.%s only behind its predecessor and stamps the instant itself.', name));
    execute format('revoke execute on function record.append_to_%s() from public', name);
    execute format('drop trigger append on record.%I', name);
    execute format('create trigger append before insert on record.%1$I for each row execute function record.append_to_%1$s()', name);
  end loop;
end $$;

drop function record.append_snapshot();
