-- Who may do what in the database. Everything not granted here is refused by PostgreSQL itself.

revoke all on schema record, derived, staff from public;
revoke execute on all functions in schema record, derived from public;

grant usage on schema record, derived to muhlat_reader, muhlat_staff;
grant select on all tables in schema record, derived to muhlat_reader, muhlat_staff;
grant execute on function derived.snapshots_at(timestamptz), derived.countries_at(timestamptz), derived.deadlines_at(timestamptz),
  derived.events_at(timestamptz), derived.differences() to muhlat_reader, muhlat_staff;

-- The migrator makes this table before the first migration; readiness compares it with the migrations shipped.
grant usage on schema drizzle to muhlat_reader, muhlat_staff;
grant select on drizzle.__drizzle_migrations to muhlat_reader, muhlat_staff;

grant insert on all tables in schema record to muhlat_staff;
grant usage on schema staff to muhlat_staff;
grant select, insert, update on staff.people, staff.sessions, staff.set_up_links, staff.submissions to muhlat_staff;
grant select, insert, delete on staff.sign_in_attempts to muhlat_staff;
