-- What the desk needs beside the record: words of confirmation, stored copies, contacts, review, invitations, acts.

alter table record.snapshots
  add column warnings text[] not null default '{}',
  add column confirmation text,
  add column import_id text,
  add constraint snapshots_confirmed check (cardinality(warnings) = 0 or length(btrim(coalesce(confirmation, ''))) > 0);
create index snapshots_import on record.snapshots (import_id) where import_id is not null;
comment on column record.snapshots.warnings is 'Warnings that were shown before this revision was saved, by their codes.';
comment on column record.snapshots.confirmation is 'Word with which the person who saved answered the warnings.';
comment on column record.snapshots.import_id is 'Import that this revision came in with; null for what was typed.';

-- The document itself, so that a figure outlives its web page. In the schema that the public face cannot see:
-- what an admin allows is shown through derived.public_copies.
create table staff.copies (
  copy_id text primary key check (copy_id = encode(sha256(bytes), 'hex')),
  media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  bytes bytea not null check (octet_length(bytes) between 1 and 10 * 1024 * 1024),
  stored_by text not null references staff.people,
  stored_at timestamptz not null default clock_timestamp()
);
comment on table staff.copies is 'Stored copies of documents, named by their content; never changed or removed.';
comment on column staff.copies.copy_id is 'SHA-256 of the bytes, hexadecimal.';
comment on column staff.copies.media_type is 'Found from the content, never from the file''s name.';
comment on column staff.copies.bytes is 'The document as it was sent, 10 MB at most.';
comment on column staff.copies.stored_by is 'Person who sent it.';
comment on column staff.copies.stored_at is 'Instant of storing.';

alter table record.sources
  add column copy_id text references staff.copies,
  add column copy_public boolean not null default false,
  add column import_id text,
  add constraint sources_public_copy check (copy_id is not null or not copy_public);
comment on column record.sources.copy_id is 'Stored copy of the document.';
comment on column record.sources.copy_public is 'Whether an admin allowed the public to see the stored copy.';

comment on column record.sources.import_id is 'Import that this revision came in with; null for what was typed.';

create view derived.public_copies as
  select s.statement_id as source_id, c.copy_id, c.media_type, c.bytes, octet_length(c.bytes) as size, c.stored_at
  from (select distinct on (statement_id) * from record.sources order by statement_id, revision desc) s
  join staff.copies c using (copy_id)
  where s.state = 'published' and s.copy_public;
comment on view derived.public_copies is 'Stored copies that the newest revision of their source allows the public to see.';
comment on column derived.public_copies.source_id is 'Statement of the source that the document belongs to.';
comment on column derived.public_copies.copy_id is 'SHA-256 of the bytes, hexadecimal.';
comment on column derived.public_copies.media_type is 'application/pdf, image/png or image/jpeg.';
comment on column derived.public_copies.bytes is 'The document.';
comment on column derived.public_copies.size is 'Its bytes, counted.';
comment on column derived.public_copies.stored_at is 'Instant of storing.';

create table record.contacts (
  statement_id text not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null references staff.people,
  published_by text not null references staff.people,
  recorded_at timestamptz not null,
  country text not null check (country = 'ALL' or country ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('embassy', 'consulate', 'hotline', 'other')),
  name jsonb not null check (jsonb_typeof(name) = 'object' and name <> '{}'),
  telephone text,
  email text,
  url text check (url ~ '^https?://'),
  address jsonb not null check (jsonb_typeof(address) = 'object'),
  hours jsonb not null check (jsonb_typeof(hours) = 'object'),
  languages text[] not null default '{}',
  note jsonb not null check (jsonb_typeof(note) = 'object'),
  confirmed_on date not null,
  hide_after_days integer not null check (hide_after_days between 1 and 730),
  primary key (statement_id, revision),
  check (num_nonnulls(telephone, email, url) > 0)
);
comment on table record.contacts is 'Whom citizens of a country can turn to: one revision a row.';
comment on column record.contacts.statement_id is 'Stable name of the statement; the same through all its revisions.';
comment on column record.contacts.revision is '1, 2, 3 …: which wording of the statement this is.';
comment on column record.contacts.state is 'published, or withdrawn: then the statement answers nothing but history and corrections.';
comment on column record.contacts.reason is 'Why this revision was made; needed from revision 2 on.';
comment on column record.contacts.recorded_by is 'Person who entered this revision.';
comment on column record.contacts.published_by is 'Person who let it become public; the same as recorded_by when published alone.';
comment on column record.contacts.recorded_at is 'Instant of writing, stamped by the database.';
comment on column record.contacts.country is 'ISO 3166-1 alpha-2 code of the citizens it is for, or ALL.';
comment on column record.contacts.kind is 'embassy, consulate, hotline or other.';
comment on column record.contacts.name is 'Name, text by language code.';
comment on column record.contacts.telephone is 'Number to call, with the country code.';
comment on column record.contacts.email is 'E-mail address.';
comment on column record.contacts.url is 'Web address.';
comment on column record.contacts.address is 'Street address, text by language code.';
comment on column record.contacts.hours is 'When it answers, text by language code.';
comment on column record.contacts.languages is 'ISO 639-1 codes of the languages spoken there.';
comment on column record.contacts.note is 'What else one should know, text by language code.';
comment on column record.contacts.confirmed_on is 'Moscow day on which somebody last made sure that it holds.';
comment on column record.contacts.hide_after_days is 'Days after confirmed_on from which the public no longer sees it.';

create table derived.contacts (
  statement_id text primary key,
  revision integer not null,
  country text not null,
  kind text not null,
  name jsonb not null,
  telephone text,
  email text,
  url text,
  address jsonb not null,
  hours jsonb not null,
  languages text[] not null,
  note jsonb not null,
  confirmed_on date not null,
  hide_after_days integer not null,
  recorded_at timestamptz not null
);
comment on table derived.contacts is 'Current revision of every published contact.';
comment on column derived.contacts.statement_id is 'Stable name of the statement; the same through all its revisions.';
comment on column derived.contacts.revision is '1, 2, 3 …: which wording of the statement this is.';
comment on column derived.contacts.country is 'ISO 3166-1 alpha-2 code of the citizens it is for, or ALL.';
comment on column derived.contacts.kind is 'embassy, consulate, hotline or other.';
comment on column derived.contacts.name is 'Name, text by language code.';
comment on column derived.contacts.telephone is 'Number to call, with the country code.';
comment on column derived.contacts.email is 'E-mail address.';
comment on column derived.contacts.url is 'Web address.';
comment on column derived.contacts.address is 'Street address, text by language code.';
comment on column derived.contacts.hours is 'When it answers, text by language code.';
comment on column derived.contacts.languages is 'ISO 639-1 codes of the languages spoken there.';
comment on column derived.contacts.note is 'What else one should know, text by language code.';
comment on column derived.contacts.confirmed_on is 'Moscow day on which somebody last made sure that it holds.';
comment on column derived.contacts.hide_after_days is 'Days after confirmed_on from which the public no longer sees it.';
comment on column derived.contacts.recorded_at is 'Instant of writing, stamped by the database.';

create function derived.contacts_at(instant timestamptz) returns setof derived.contacts language sql stable as $$
  select statement_id, revision, country, kind, name, telephone, email, url, address, hours, languages, note,
         confirmed_on, hide_after_days, recorded_at
  from (select distinct on (statement_id) * from record.contacts where recorded_at <= instant order by statement_id, revision desc) c
  where state = 'published'
$$;
comment on function derived.contacts_at(timestamptz) is 'The current rows as they were recorded at an instant.';

create trigger append before insert on record.contacts for each row execute function record.append();
create trigger refuse_change before update or delete on record.contacts for each row execute function record.refuse_change();
create trigger refuse_truncate before truncate on record.contacts for each statement execute function record.refuse_change();

-- One statement of SQL may bring a hundred thousand rows: what follows is done once for all of them.

drop trigger follow on record.countries;
drop trigger follow on record.snapshots;
drop trigger follow on record.deadlines;
drop trigger follow on record.events;

create or replace function derived.follow() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_table_name in ('snapshots', 'deadlines', 'events') then
    -- In one order, so that two who write with the same sources wait for one another instead of for ever.
    perform pg_advisory_xact_lock_shared(hashtext('muhlat source'), lock)
    from (select distinct hashtext(to_jsonb(a) ->> 'source_id') & 255 as lock from added a order by 1) locks;
  end if;
  execute format('delete from derived.%I kept using (select distinct statement_id from added) a where kept.statement_id = a.statement_id', tg_table_name);
  execute format(
    'insert into derived.%1$I
     select made.* from (select distinct statement_id from added) a
     cross join lateral (select * from derived.%2$I(''infinity'') x where x.statement_id = a.statement_id) made',
    tg_table_name, tg_table_name || '_at');
  return null;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events', 'contacts'] loop
    execute format('create trigger follow after insert on record.%I referencing new table as added for each statement execute function derived.follow()', name);
  end loop;
end $$;

create or replace function derived.rebuild() returns void language plpgsql set search_path = pg_catalog as $$
declare
  name text;
begin
  -- Countries and sources first, as acts write them: nobody waits for somebody who waits for them.
  lock table record.countries, record.sources, record.snapshots, record.deadlines, record.events, record.contacts in share row exclusive mode;
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events', 'contacts'] loop
    execute format('delete from derived.%I', name);
    execute format('insert into derived.%I select * from derived.%I(''infinity'')', name, name || '_at');
  end loop;
end $$;

create or replace function derived.differences() returns table (feature text, statement_id text) language plpgsql stable set search_path = pg_catalog as $$
declare
  name text;
begin
  foreach name in array array['countries', 'snapshots', 'deadlines', 'events', 'contacts'] loop
    return query execute format(
      'select %1$L::text, coalesce(kept.statement_id, made.statement_id)
       from derived.%1$I kept full join derived.%2$I(''infinity'') made using (statement_id)
       where kept is distinct from made', name, name || '_at');
  end loop;
end $$;

-- Review.

alter table staff.submissions
  add column briefing_id text,
  add column version integer not null default 1,
  add column decided_by text references staff.people,
  add column decided_at timestamptz,
  add column returned_because text,
  drop constraint submissions_verb_check,
  add constraint submissions_verb_check check (verb in ('record', 'correct', 'withdraw', 'rank')),
  drop constraint submissions_state_check,
  add constraint submissions_state_check check (state in ('waiting', 'returned', 'published', 'discarded')),
  add constraint submissions_returned check (state <> 'returned' or length(btrim(coalesce(returned_because, ''))) > 0);
create index submissions_statement on staff.submissions (statement_id) where state in ('waiting', 'returned');
comment on column staff.submissions.briefing_id is 'What was entered together from one source carries the same.';
comment on column staff.submissions.version is 'Counts every change, so that the second of two people is told.';
comment on column staff.submissions.decided_by is 'Person who published, returned or discarded it last.';
comment on column staff.submissions.decided_at is 'Instant of that.';
comment on column staff.submissions.returned_because is 'Why it was sent back to its author.';

-- Invited people choose their own password.

alter table staff.people
  drop constraint people_check,
  add constraint people_password check (role <> 'system' or password_hash is null);
alter table staff.set_up_links add column person_id text references staff.people;
comment on column staff.set_up_links.person_id is 'Whose password it sets; null for the link that makes the first admin.';

-- What was sent once is done once.

create table staff.sends (
  person_id text not null references staff.people,
  key text not null check (length(key) between 8 and 200),
  body_hash text not null,
  answer jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (person_id, key)
);
comment on table staff.sends is 'Forms already sent, so that the same one sent twice is done once.';
comment on column staff.sends.person_id is 'Who sent it.';
comment on column staff.sends.key is 'Name that the browser gave the form when it was begun.';
comment on column staff.sends.body_hash is 'SHA-256 of what was sent, hexadecimal.';
comment on column staff.sends.answer is 'What was answered.';
comment on column staff.sends.at is 'Instant of doing.';

-- Every act: the record's own revisions, and beside them what changed on the desk.

create table staff.acts (
  act_id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  person_id text not null references staff.people,
  verb text not null,
  feature text not null check (feature in ('submissions', 'people', 'sessions', 'copies', 'imports')),
  object_id text not null,
  countries text[] not null default '{}',
  reason text,
  before jsonb,
  after jsonb
);
create index acts_at on staff.acts (at desc);
comment on table staff.acts is 'Acts that are not revisions of the record; never changed or removed.';
comment on column staff.acts.act_id is 'Number of the act.';
comment on column staff.acts.at is 'Instant of the act.';
comment on column staff.acts.person_id is 'Who acted.';
comment on column staff.acts.verb is 'What was done: submit, return, discard, publish, invite, change, deactivate, reset …';
comment on column staff.acts.feature is 'To what kind of thing.';
comment on column staff.acts.object_id is 'To which one.';
comment on column staff.acts.countries is 'Countries concerned; ISO 3166-1 alpha-2, or ALL.';
comment on column staff.acts.reason is 'The reason given.';
comment on column staff.acts.before is 'The thing before, without secrets.';
comment on column staff.acts.after is 'The thing after, without secrets.';

create trigger refuse_change before update or delete on staff.acts for each row execute function record.refuse_change();
create trigger refuse_truncate before truncate on staff.acts for each statement execute function record.refuse_change();
create trigger refuse_change before update or delete on staff.copies for each row execute function record.refuse_change();
create trigger refuse_truncate before truncate on staff.copies for each statement execute function record.refuse_change();

create view staff.history as
  select recorded_at as at, recorded_by as person_id, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end as verb,
         'snapshots' as feature, statement_id as object_id, revision, array[country] as countries, reason, null::bigint as act_id
  from record.snapshots where import_id is null
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'sources', statement_id, revision, '{}', reason, null
  from record.sources where import_id is null
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'deadlines', statement_id, revision, countries, reason, null
  from record.deadlines
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'events', statement_id, revision, countries, reason, null
  from record.events
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'countries', statement_id, revision, array[statement_id], reason, null
  from record.countries
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'contacts', statement_id, revision, array[country], reason, null
  from record.contacts
  union all
  select at, person_id, person_id, verb, feature, object_id, null, countries, reason, act_id
  from staff.acts;
comment on view staff.history is 'Every act by whom and when; rows that came in with an import stand as the one act of that import.';
comment on column staff.history.at is 'Instant of the act.';
comment on column staff.history.person_id is 'Who entered it.';
comment on column staff.history.published_by is 'Who let it become public, or who acted.';
comment on column staff.history.verb is 'record, correct or withdraw for the record; the act of the desk otherwise.';
comment on column staff.history.feature is 'To what kind of thing.';
comment on column staff.history.object_id is 'To which one.';
comment on column staff.history.revision is 'Which revision of the record it made; null for the desk.';
comment on column staff.history.countries is 'Countries concerned; ISO 3166-1 alpha-2, or ALL.';
comment on column staff.history.reason is 'The reason given.';
comment on column staff.history.act_id is 'Number of the act of the desk; null for the record.';

grant select on record.contacts, derived.contacts, derived.public_copies to muhlat_reader, muhlat_staff;
revoke execute on function derived.contacts_at(timestamptz) from public;
grant execute on function derived.contacts_at(timestamptz) to muhlat_reader, muhlat_staff;
grant insert on record.contacts to muhlat_staff;
grant select, insert on staff.copies, staff.sends, staff.acts to muhlat_staff;
grant select on staff.history to muhlat_staff;
