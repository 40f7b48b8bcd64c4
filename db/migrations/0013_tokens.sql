-- Programs of others write with tokens: who made one, what it may, until when, and what was refused to it.

create table staff.tokens (
  token_id text primary key,
  token_hash text not null unique check (token_hash ~ '^[0-9a-f]{64}$'),
  name text not null check (length(btrim(name)) > 0),
  made_by text not null references staff.people,
  made_at timestamptz not null default now(),
  countries text[] not null check (cardinality(countries) > 0),
  publishes boolean not null,
  expires_at timestamptz not null check (expires_at > made_at),
  ended_at timestamptz,
  ended_by text references staff.people,
  last_used_at timestamptz,
  check ((ended_at is null) = (ended_by is null))
);
create index tokens_made_by on staff.tokens (made_by);
comment on table staff.tokens is 'Tokens with which programs record in the name of whoever made them; never removed.';
comment on column staff.tokens.token_id is 'Opaque name, never changed; the record points at it.';
comment on column staff.tokens.token_hash is 'SHA-256 of the token, hexadecimal; the token itself is never stored.';
comment on column staff.tokens.name is 'What its maker calls it.';
comment on column staff.tokens.made_by is 'Person who made it and answers for it; it may never more than they may.';
comment on column staff.tokens.made_at is 'Instant of making.';
comment on column staff.tokens.countries is 'What it may record for: ISO 3166-1 alpha-2, or ALL for the figures about all nationalities together.';
comment on column staff.tokens.publishes is 'Whether what it records is public at once; else it waits for a person.';
comment on column staff.tokens.expires_at is 'Instant after which it no longer holds.';
comment on column staff.tokens.ended_at is 'Instant at which somebody ended it.';
comment on column staff.tokens.ended_by is 'Who ended it.';
comment on column staff.tokens.last_used_at is 'Instant of a use of late: a few minutes may pass before a later one is noted.';

-- One row for each way in which a token was refused, so that no flood fills it.
create table staff.token_refusals (
  token_id text not null references staff.tokens,
  reason text not null check (reason in ('expired', 'ended', 'maker', 'country')),
  country text not null default '' check ((reason = 'country') = (country <> '')),
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (token_id, reason, country)
);
comment on table staff.token_refusals is 'What was refused to tokens that are known.';
comment on column staff.token_refusals.token_id is 'Which token was sent.';
comment on column staff.token_refusals.reason is 'expired, ended; maker: who made it is let in no more; country: not one of its own.';
comment on column staff.token_refusals.country is 'Country that was written for; empty for other reasons.';
comment on column staff.token_refusals.first_at is 'Instant of the first time.';
comment on column staff.token_refusals.last_at is 'Instant of a time of late: a minute may pass before a later one is noted.';

alter table record.snapshots add column token_id text references staff.tokens;
alter table record.sources add column token_id text references staff.tokens;
alter table staff.submissions add column token_id text references staff.tokens;
alter table staff.acts
  add column token_id text references staff.tokens,
  drop constraint acts_feature_check,
  add constraint acts_feature_check check (feature in ('submissions', 'people', 'sessions', 'copies', 'imports', 'tokens'));
comment on column record.snapshots.token_id is 'Token with which a program sent this revision in the name of recorded_by; null for what a person entered.';
comment on column record.sources.token_id is 'Token with which a program sent this revision in the name of recorded_by; null for what a person entered.';
comment on column staff.submissions.token_id is 'Token with which a program sent it in the name of submitted_by; null for what a person entered.';
comment on column staff.acts.token_id is 'Token with which a program acted in the name of person_id; null for a person.';

create or replace view staff.history as
  select recorded_at as at, recorded_by as person_id, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end as verb,
         'snapshots' as feature, statement_id as object_id, revision, array[country] as countries, reason, null::bigint as act_id, token_id
  from record.snapshots where import_id is null
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'sources', statement_id, revision, '{}', reason, null, token_id
  from record.sources where import_id is null
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'deadlines', statement_id, revision, countries, reason, null, null
  from record.deadlines
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'events', statement_id, revision, countries, reason, null, null
  from record.events
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'countries', statement_id, revision, array[statement_id], reason, null, null
  from record.countries
  union all
  select recorded_at, recorded_by, published_by,
         case when state = 'withdrawn' then 'withdraw' when revision = 1 then 'record' else 'correct' end,
         'contacts', statement_id, revision, array[country], reason, null, null
  from record.contacts
  union all
  select at, person_id, person_id, verb, feature, object_id, null, countries, reason, act_id, token_id
  from staff.acts;
comment on column staff.history.token_id is 'Token with which a program acted in the name of person_id; null for a person.';

grant select, insert on staff.tokens, staff.token_refusals to muhlat_staff;
grant update (ended_at, ended_by, last_used_at) on staff.tokens to muhlat_staff;
grant update (last_at) on staff.token_refusals to muhlat_staff;
