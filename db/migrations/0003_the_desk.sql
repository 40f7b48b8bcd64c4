-- What staff work with beside the record: people, sessions, and what waits before it becomes a revision.

create schema staff;
comment on schema staff is 'People, their sessions, and submissions that are not yet part of the record. Never readable by the public face.';

create table staff.people (
  person_id text primary key,
  email text not null unique check (email = lower(email)),
  name text not null check (length(btrim(name)) > 0),
  password_hash text,
  role text not null check (role in ('recorder', 'reviewer', 'country_admin', 'central_admin', 'system')),
  countries text[] not null default '{}',
  language text not null default 'en' check (language in ('en', 'ru', 'ky', 'uz', 'tg')),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  check ((role = 'system') = (password_hash is null))
);

create table staff.sessions (
  token_hash text primary key,
  person_id text not null references staff.people,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index sessions_person on staff.sessions (person_id);

create table staff.set_up_links (
  token_hash text primary key,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

create table staff.sign_in_attempts (
  attempt_id bigint generated always as identity primary key,
  key text not null,
  at timestamptz not null default now()
);
create index sign_in_attempts_key on staff.sign_in_attempts (key, at);

create table staff.submissions (
  submission_id text primary key,
  feature text not null check (feature in ('snapshots', 'sources', 'deadlines', 'events', 'countries')),
  statement_id text not null,
  replaces_revision integer not null check (replaces_revision >= 0),
  verb text not null check (verb in ('record', 'correct', 'withdraw')),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  countries text[] not null check (cardinality(countries) > 0),
  reason text,
  state text not null check (state in ('draft', 'waiting', 'returned', 'published', 'discarded')),
  submitted_by text not null references staff.people,
  submitted_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index submissions_state on staff.submissions (state, submitted_at);

do $$
declare
  name text;
begin
  foreach name in array array['sources', 'countries', 'snapshots', 'deadlines', 'events'] loop
    execute format('alter table record.%I add foreign key (recorded_by) references staff.people, add foreign key (published_by) references staff.people', name);
  end loop;
end $$;
