-- Whatever changes what the public sees says so in its own transaction: no writer can forget, and nobody hears of what
-- is rolled back. However much a transaction changes, it is told once.

create function record.tell_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('muhlat_changed', '');
  return null;
end $$;
comment on function record.tell_change() is 'Tells every listening process that the public record has changed.';
revoke execute on function record.tell_change() from public;

do $$
declare
  found record;
begin
  for found in select schemaname, tablename from pg_tables where schemaname in ('record', 'derived') loop
    execute format('create trigger tell_change after insert or update or delete or truncate on %I.%I for each statement execute function record.tell_change()',
      found.schemaname, found.tablename);
  end loop;
end $$;
