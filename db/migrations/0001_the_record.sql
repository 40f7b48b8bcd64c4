-- The record: statements about counts, their sources, countries, deadlines and events, as append-only revisions.
-- The roles muhlat_staff and muhlat_reader exist before this runs (db/roles.ts makes them).

create schema record;
comment on schema record is 'Append-only: a row is one revision of one statement. Nobody updates or deletes here.';
create schema derived;
comment on schema derived is 'Current rows, kept by triggers in the writing transaction and rebuildable from the record.';

create function record.append() returns trigger language plpgsql as $$
declare
  before_revision integer;
  before_instant timestamptz;
begin
  execute format('select revision, recorded_at from record.%I where statement_id = $1 order by revision desc limit 1', tg_table_name)
    into before_revision, before_instant using new.statement_id;
  if new.revision <> coalesce(before_revision, 0) + 1 then
    raise exception 'revision % of % does not follow revision %', new.revision, new.statement_id, coalesce(before_revision, 0)
      using errcode = 'unique_violation', constraint = 'revision_follows';
  end if;
  new.recorded_at := greatest(clock_timestamp(), before_instant + interval '1 microsecond');
  return new;
end $$;
comment on function record.append() is 'Lets a revision in only behind its predecessor and stamps the instant itself.';

create function record.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is append-only: % on record.% is not possible', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
comment on function record.refuse_change() is 'Refuses update, delete and truncate to everybody, the owner of the schema included.';

create table record.sources (
  statement_id text not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null,
  published_by text not null,
  recorded_at timestamptz not null,
  title text not null check (length(btrim(title)) > 0),
  publisher text,
  speaker text,
  speaker_role text,
  published_on text,
  published_from timestamptz,
  published_to timestamptz,
  url text check (url ~ '^https?://'),
  primary key (statement_id, revision),
  check ((published_on is null) = (published_from is null) and (published_on is null) = (published_to is null)),
  check (published_from < published_to)
);

create table record.countries (
  statement_id text not null check (statement_id = 'ALL' or statement_id ~ '^[A-Z]{2}$'),
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null,
  published_by text not null,
  recorded_at timestamptz not null,
  union_member boolean,
  zone text not null,
  remittances_share_of_gdp numeric(5, 4) check (remittances_share_of_gdp between 0 and 1),
  note text,
  primary key (statement_id, revision)
);

create table record.snapshots (
  statement_id text not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null,
  published_by text not null,
  recorded_at timestamptz not null,
  country text not null check (country = 'ALL' or country ~ '^[A-Z]{2}$'),
  measure text not null check (measure in ('gray_list', 'black_list', 'present', 'regularised', 'left', 'removed', 'expelled', 'deported')),
  period_start date,
  as_of text not null,
  as_of_from timestamptz not null,
  as_of_to timestamptz not null,
  value bigint check (value >= 0),
  low bigint check (low >= 0),
  high bigint check (high >= low),
  qualifier text check (qualifier in ('exact', 'about', 'more_than', 'less_than', 'between')),
  wording text,
  missing_reason text check (missing_reason in ('not_published', 'declined', 'did_not_exist', 'not_asked')),
  unchanged boolean not null default false,
  children_share numeric(5, 4) check (children_share between 0 and 1),
  note text,
  rank text not null default 'normal' check (rank in ('preferred', 'normal', 'deprecated')),
  rank_reason text check (rank = 'normal' or length(btrim(coalesce(rank_reason, ''))) > 0),
  restates text check (restates <> statement_id),
  source_id text not null,
  first_revision integer not null generated always as (1) stored,
  primary key (statement_id, revision),
  foreign key (source_id, first_revision) references record.sources (statement_id, revision),
  foreign key (restates, first_revision) references record.snapshots (statement_id, revision),
  check (as_of_from < as_of_to),
  check (period_start is null or measure in ('regularised', 'left', 'removed', 'expelled', 'deported')),
  -- A figure, or the reason why there is none, or the word that an earlier one still holds: exactly one of them.
  check (num_nonnulls(value, missing_reason) + (low is not null)::int + unchanged::int = 1),
  check ((low is null) = (high is null)),
  check ((qualifier is null) = (value is null and low is null)),
  check ((qualifier = 'between') = (low is not null) or qualifier is null),
  check (children_share is null or qualifier is not null)
);
create index snapshots_source on record.snapshots (source_id);

create table record.deadlines (
  statement_id text not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null,
  published_by text not null,
  recorded_at timestamptz not null,
  chain text not null,
  replaces text check (replaces <> statement_id),
  cancelled boolean not null default false,
  countries text[] not null check (cardinality(countries) > 0),
  except_countries text[] not null default '{}',
  scope_as_reported boolean not null,
  measure text not null check (measure in ('gray_list', 'black_list')),
  falls_on date not null,
  zone text not null,
  day_counts boolean not null,
  ends_at timestamptz not null,
  basis jsonb not null check (jsonb_typeof(basis) = 'object'),
  basis_url text check (basis_url ~ '^https?://'),
  consequence jsonb not null check (jsonb_typeof(consequence) = 'object'),
  afterwards jsonb not null check (jsonb_typeof(afterwards) = 'object'),
  source_id text not null,
  first_revision integer not null generated always as (1) stored,
  primary key (statement_id, revision),
  foreign key (source_id, first_revision) references record.sources (statement_id, revision),
  foreign key (replaces, first_revision) references record.deadlines (statement_id, revision)
);

create table record.events (
  statement_id text not null,
  revision integer not null check (revision >= 1),
  state text not null check (state in ('published', 'withdrawn')),
  reason text check (revision = 1 or length(btrim(coalesce(reason, ''))) > 0),
  recorded_by text not null,
  published_by text not null,
  recorded_at timestamptz not null,
  happened_on text not null,
  happened_from timestamptz not null,
  happened_to timestamptz not null,
  kind text not null check (kind in ('context', 'law', 'break')),
  countries text[] not null check (cardinality(countries) > 0),
  measures text[] not null default '{}',
  what jsonb not null check (jsonb_typeof(what) = 'object'),
  source_id text not null,
  first_revision integer not null generated always as (1) stored,
  primary key (statement_id, revision),
  foreign key (source_id, first_revision) references record.sources (statement_id, revision),
  check (happened_from < happened_to),
  check (kind <> 'break' or cardinality(measures) > 0)
);

do $$
declare
  name text;
begin
  foreach name in array array['sources', 'countries', 'snapshots', 'deadlines', 'events'] loop
    execute format('create trigger append before insert on record.%I for each row execute function record.append()', name);
    execute format('create trigger refuse_change before update or delete on record.%I for each row execute function record.refuse_change()', name);
    execute format('create trigger refuse_truncate before truncate on record.%I for each statement execute function record.refuse_change()', name);
  end loop;
end $$;
