-- The ledger: a chain of hashes over every revision and every act, each link made from the one before.
--
-- Writers do not queue for it: a transaction only notes from when to when it wrote, and a sealer takes what was noted as
-- soon as it is committed. The note is visible with the rows it speaks of and not before, so however long a transaction
-- stays open, its rows are found when it ends. The role muhlat_sealer exists before this runs.

create schema ledger;
comment on schema ledger is 'Append-only: the chain of hashes over the record and over the acts of the desk, and its signed heads. All of it is public.';

create table ledger.entries (
  n bigint primary key check (n >= 1),
  kind text not null check (kind in ('key', 'countries', 'sources', 'snapshots', 'deadlines', 'events', 'contacts', 'acts')),
  id text not null,
  revision integer not null check (revision >= 1),
  content_hash bytea check (octet_length(content_hash) = 32),
  row_hash bytea check (octet_length(row_hash) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  unique (kind, id, revision),
  check (num_nonnulls(content_hash, row_hash) > 0)
);
comment on table ledger.entries is 'The chain, one entry for each sealed row.';
comment on column ledger.entries.n is 'Place in the chain, from 1, without gaps.';
comment on column ledger.entries.kind is 'Table of the record that the row is in, acts for staff.acts, key for a public key.';
comment on column ledger.entries.id is 'Statement, number of the act, or public key.';
comment on column ledger.entries.revision is 'Revision of the statement; 1 for acts and keys.';
comment on column ledger.entries.content_hash is 'SHA-256 of the public content as lib/ledger/sealed.ts writes it; null where nothing of the row is public.';
comment on column ledger.entries.row_hash is 'SHA-256 of the whole row behind a salt that follows from staff.seal_secret; null for keys.';
comment on column ledger.entries.hash is 'SHA-256 of this entry together with the hash of the one before, as lib/ledger/chain.ts writes them.';

create table ledger.keys (
  n bigint primary key references ledger.entries,
  key text not null check (length(key) = 43),
  content text not null
);
comment on table ledger.keys is 'Public keys that sign heads, each from its entry on until the next.';
comment on column ledger.keys.n is 'Entry that announces it.';
comment on column ledger.keys.key is 'Ed25519 public key, 32 bytes in base64url.';
comment on column ledger.keys.content is 'What the entry''s content_hash is of: the key, the one before, and that one''s signature.';

create table ledger.heads (
  n bigint primary key references ledger.entries,
  sealed_at timestamptz not null unique,
  key text not null,
  signature bytea not null check (octet_length(signature) = 64)
);
comment on table ledger.heads is 'Signed ends of the chain, one for each sealing.';
comment on column ledger.heads.n is 'Last entry at that time.';
comment on column ledger.heads.sealed_at is 'Instant of sealing, whole milliseconds; each later than the one before.';
comment on column ledger.heads.key is 'Public key that signed it.';
comment on column ledger.heads.signature is 'Ed25519 over the head as lib/ledger/chain.ts writes it.';

-- Whoever knows the secret can try out what a hash of something that is not public may be of: the public face never sees it.
create table staff.seal_secret (
  only_one boolean primary key default true check (only_one),
  secret bytea not null check (octet_length(secret) = 32),
  made_at timestamptz not null default clock_timestamp()
);
comment on table staff.seal_secret is 'What the salt of every row_hash in the ledger follows from: HMAC-SHA-256 of this over kind, id and revision.';
comment on column staff.seal_secret.only_one is 'True: there is one row.';
comment on column staff.seal_secret.secret is '32 random bytes.';
comment on column staff.seal_secret.made_at is 'Instant of making.';
insert into staff.seal_secret (secret)
  select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

do $$
declare
  name text;
begin
  foreach name in array array['ledger.entries', 'ledger.keys', 'ledger.heads', 'staff.seal_secret'] loop
    execute format('create trigger refuse_change before update or delete on %s for each row execute function record.refuse_change()', name);
    execute format('create trigger refuse_truncate before truncate on %s for each statement execute function record.refuse_change()', name);
  end loop;
end $$;

create table staff.unsealed (
  kind text not null,
  first_at timestamptz not null,
  last_at timestamptz not null
);
comment on table staff.unsealed is 'What the ledger has yet to take up: spans of instants of writing, taken away by the sealer.';
comment on column staff.unsealed.kind is 'As in ledger.entries.';
comment on column staff.unsealed.first_at is 'Instant of the first row written.';
comment on column staff.unsealed.last_at is 'Instant of the last.';

create function staff.note_unsealed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_table_name = 'acts' then
    insert into staff.unsealed (kind, first_at, last_at) select 'acts', min(at), max(at) from added having count(*) > 0;
  else
    insert into staff.unsealed (kind, first_at, last_at) select tg_table_name, min(recorded_at), max(recorded_at) from added having count(*) > 0;
  end if;
  return null;
end $$;
comment on function staff.note_unsealed() is 'Notes for the sealer from when to when rows were just written, in the transaction that writes them.';
revoke execute on function staff.note_unsealed() from public;

do $$
declare
  name text;
begin
  foreach name in array array['record.countries', 'record.sources', 'record.snapshots', 'record.deadlines', 'record.events', 'record.contacts', 'staff.acts'] loop
    execute format('create trigger note_unsealed after insert on %s referencing new table as added for each statement execute function staff.note_unsealed()', name);
    -- What was written before there was a ledger.
    execute format('insert into staff.unsealed (kind, first_at, last_at) select split_part(%1$L, ''.'', 2), ''-infinity'', ''infinity'' where exists (select from %1$s)', name);
  end loop;
end $$;

revoke all on schema ledger from public;
grant usage on schema ledger to muhlat_reader, muhlat_staff, muhlat_sealer;
grant select on all tables in schema ledger to muhlat_reader, muhlat_staff, muhlat_sealer;
grant insert on all tables in schema ledger to muhlat_sealer;
grant usage on schema record, staff to muhlat_sealer;
grant select on all tables in schema record to muhlat_sealer;
grant select on staff.acts, staff.seal_secret to muhlat_sealer;
grant select, insert, delete on staff.unsealed to muhlat_sealer;
