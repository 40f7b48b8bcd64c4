-- Signing in: sessions that say of themselves what they are, tries that are counted before anything is hashed, second factors.

alter table staff.sessions
  add column session_id text not null default gen_random_uuid()::text,
  add column last_used_at timestamptz not null default now(),
  add column method text not null default 'password' check (method in ('password', 'passkey', 'provider')),
  add column second_factor text check (second_factor in ('code', 'recovery_code', 'passkey', 'provider')),
  add column device text not null default '' check (length(device) <= 60),
  add column network text,
  add column issuer text,
  add column subject text,
  add column provider_session text,
  add column sealed_id_token bytea,
  add constraint sessions_session_id unique (session_id);
create index sessions_subject on staff.sessions (issuer, subject) where issuer is not null;
comment on column staff.sessions.session_id is 'Opaque name under which its owner sees and ends it; opens nothing.';
comment on column staff.sessions.last_used_at is 'Instant of its last use, to the minute.';
comment on column staff.sessions.method is 'password, passkey or provider: how it was begun.';
comment on column staff.sessions.second_factor is 'code, recovery_code, passkey or provider: what proved the person a second time; null where nothing did.';
comment on column staff.sessions.device is 'Browser and system in our own words; empty where they are not known.';
comment on column staff.sessions.network is 'SHA-256 of the network it was begun from, hex.';
comment on column staff.sessions.issuer is 'OpenID provider it was begun with.';
comment on column staff.sessions.subject is 'The person''s name at that provider.';
comment on column staff.sessions.provider_session is 'The provider''s own name of the session (sid), by which it may end it.';
comment on column staff.sessions.sealed_id_token is 'The provider''s ID token, sealed; a hint when signing out there.';
comment on column staff.sessions.expires_at is 'Instant after which it no longer holds, however much it is used.';

-- What may change what a session opens ends it, whoever writes it and from where.
create function staff.end_sessions() returns trigger language plpgsql as $$
begin
  update staff.sessions set ended_at = now() where person_id = new.person_id and ended_at is null;
  return null;
end $$;
revoke execute on function staff.end_sessions() from public;
grant execute on function staff.end_sessions() to muhlat_staff;
create trigger end_sessions after update of role, countries, active, password_hash on staff.people for each row
  when ((old.role, old.countries, old.active, old.password_hash) is distinct from (new.role, new.countries, new.active, new.password_hash))
  execute function staff.end_sessions();

drop table staff.sign_in_attempts;
create table staff.tries (
  key text primary key,
  taken integer not null check (taken >= 0),
  until timestamptz not null
);
create index tries_until on staff.tries (until);
comment on table staff.tries is 'Tries at a secret, counted before anything is hashed; a row lives as long as its window.';
comment on column staff.tries.key is 'Whom and what it counts against, hashed.';
comment on column staff.tries.taken is 'Tries taken in the window.';
comment on column staff.tries.until is 'Instant at which the window is over.';

create table staff.used_once (
  key text primary key,
  at timestamptz not null default now(),
  until timestamptz not null
);
create index used_once_until on staff.used_once (until);
comment on table staff.used_once is 'What counts once and has been used: challenges of passkeys, logout tokens of a provider.';
comment on column staff.used_once.key is 'SHA-256 of what was used, hex.';
comment on column staff.used_once.at is 'Instant of its use.';
comment on column staff.used_once.until is 'Instant after which it would not count anyway.';

create table staff.authenticators (
  person_id text primary key references staff.people,
  sealed_secret bytea not null,
  made_at timestamptz not null default now(),
  last_step bigint not null
);
comment on table staff.authenticators is 'Authenticator apps; one a person.';
comment on column staff.authenticators.person_id is 'Whose it is.';
comment on column staff.authenticators.sealed_secret is 'The shared secret, sealed with a key made from AUTH_SECRET.';
comment on column staff.authenticators.made_at is 'Instant its first code was given.';
comment on column staff.authenticators.last_step is 'Number of the 30 seconds whose code was used last; no code of it or before counts again.';

create table staff.passkeys (
  credential_id text primary key,
  person_id text not null references staff.people,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  device text not null default '' check (length(device) <= 60),
  made_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkeys_person on staff.passkeys (person_id);
comment on table staff.passkeys is 'Passkeys (WebAuthn credentials).';
comment on column staff.passkeys.credential_id is 'The credential''s own id, base64url.';
comment on column staff.passkeys.person_id is 'Whose it is.';
comment on column staff.passkeys.public_key is 'Its public key, COSE.';
comment on column staff.passkeys.counter is 'The signature counter it said last.';
comment on column staff.passkeys.transports is 'How browsers reach it, as it said itself.';
comment on column staff.passkeys.device is 'Where it was made: browser and system in our own words.';
comment on column staff.passkeys.made_at is 'Instant it was made.';
comment on column staff.passkeys.used_at is 'Instant of its last use.';

create table staff.recovery_codes (
  person_id text not null references staff.people,
  code_hash text not null,
  salt text not null,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  primary key (person_id, code_hash)
);
comment on table staff.recovery_codes is 'Codes for when no other factor is at hand; each counts once.';
comment on column staff.recovery_codes.person_id is 'Whose it is.';
comment on column staff.recovery_codes.code_hash is 'argon2id of the code with the salt, hex.';
comment on column staff.recovery_codes.salt is 'Salt of the ten codes made together, hex.';
comment on column staff.recovery_codes.made_at is 'Instant they were made and shown.';
comment on column staff.recovery_codes.used_at is 'Instant it was used.';

create table staff.provider_identities (
  issuer text not null,
  subject text not null,
  person_id text not null references staff.people,
  bound_at timestamptz not null default now(),
  primary key (issuer, subject),
  unique (person_id, issuer)
);
comment on table staff.provider_identities is 'Who is who at an OpenID provider: bound through a link that an admin made, never by an e-mail.';
comment on column staff.provider_identities.issuer is 'The provider.';
comment on column staff.provider_identities.subject is 'The person''s name there, which never changes.';
comment on column staff.provider_identities.person_id is 'Who that is here.';
comment on column staff.provider_identities.bound_at is 'Instant they were bound.';

comment on table staff.set_up_links is 'One-time links with which the first admin is made, and with which invited people choose how they sign in.';

grant select, insert, update, delete on staff.tries, staff.used_once, staff.authenticators, staff.passkeys, staff.recovery_codes to muhlat_staff;
grant select, insert, delete on staff.provider_identities to muhlat_staff;
