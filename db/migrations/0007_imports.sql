-- Imports: the file, what each of its rows would do, and the one act that does it.

create table staff.imports (
  import_id text primary key,
  uploaded_by text not null references staff.people,
  uploaded_at timestamptz not null default clock_timestamp(),
  file_name text not null,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  file_size integer not null check (file_size > 0),
  kind text not null check (kind in ('csv', 'xlsx')),
  encoding text check ((kind = 'csv') = (encoding is not null)),
  delimiter text check ((kind = 'csv') = (delimiter is not null)),
  sheet text check ((kind = 'xlsx') = (sheet is not null)),
  header_line integer not null,
  header text[] not null,
  columns text[] not null,
  by_hand jsonb not null default '{}' check (jsonb_typeof(by_hand) = 'object'),
  state text not null check (state in ('checked', 'waiting', 'returned', 'committed', 'withdrawn', 'abandoned')),
  version integer not null default 1,
  counts jsonb not null check (jsonb_typeof(counts) = 'object'),
  countries text[] not null,
  short_rules text[] not null default '{}',
  rests_on text not null,
  checked_at timestamptz not null,
  reason text,
  confirmation text,
  without_faulty boolean not null default false,
  decided_by text references staff.people,
  decided_at timestamptz,
  returned_because text,
  committed_at timestamptz,
  withdrawn_because text,
  withdrawn jsonb,
  check (state <> 'returned' or length(btrim(coalesce(returned_because, ''))) > 0),
  check (state <> 'withdrawn' or length(btrim(coalesce(withdrawn_because, ''))) > 0),
  check ((committed_at is not null) = (state in ('committed', 'withdrawn')))
);
create index imports_uploaded on staff.imports (uploaded_by, uploaded_at desc);
comment on table staff.imports is 'Files sent for import and what became of them. Progress is not here: it is told by the connection at work, and gone with it.';
comment on column staff.imports.import_id is 'Name of the import; every revision that came in with it carries it.';
comment on column staff.imports.uploaded_by is 'Who sent the file; recorded_by of what comes in.';
comment on column staff.imports.uploaded_at is 'Instant of sending.';
comment on column staff.imports.file_name is 'Name that the file had at its sender; it decides nothing.';
comment on column staff.imports.file_hash is 'SHA-256 of the file, hexadecimal.';
comment on column staff.imports.file_size is 'Bytes of the file.';
comment on column staff.imports.kind is 'csv or xlsx, found from the bytes.';
comment on column staff.imports.encoding is 'csv: how its letters are written.';
comment on column staff.imports.delimiter is 'csv: what stands between its cells.';
comment on column staff.imports.sheet is 'xlsx: the sheet that was read.';
comment on column staff.imports.header_line is 'Line with the names of the columns, from 1.';
comment on column staff.imports.header is 'The names of the columns, in order.';
comment on column staff.imports.columns is 'The field that each column holds, in order; an empty text for a column left aside.';
comment on column staff.imports.by_hand is 'Fields chosen by hand, by position of the column from 0; null for a column left aside. Remembered for the same person and header.';
comment on column staff.imports.state is 'checked, waiting (for a second person), returned (to its sender), committed, withdrawn or abandoned.';
comment on column staff.imports.version is 'Counts every change, so that the second of two people is told.';
comment on column staff.imports.counts is 'Number of rows by verdict.';
comment on column staff.imports.countries is 'Countries of the rows that can be recorded; ISO 3166-1 alpha-2, or ALL.';
comment on column staff.imports.short_rules is 'Countries with so many statements that only the rules without history were looked at.';
comment on column staff.imports.rests_on is 'What the verdicts were found from, in numbers that grow with every change of it.';
comment on column staff.imports.checked_at is 'Instant of the dry run whose verdicts stand.';
comment on column staff.imports.reason is 'Why statements are corrected by it.';
comment on column staff.imports.confirmation is 'The word with which all its warnings were answered.';
comment on column staff.imports.without_faulty is 'Whether its sender chose to leave the faulty rows out.';
comment on column staff.imports.decided_by is 'Who committed, returned, withdrew or abandoned it last.';
comment on column staff.imports.decided_at is 'Instant of that.';
comment on column staff.imports.returned_because is 'Why it was sent back.';
comment on column staff.imports.committed_at is 'Instant of the commit.';
comment on column staff.imports.withdrawn_because is 'Why it was withdrawn as a whole.';
comment on column staff.imports.withdrawn is 'Numbers of statements withdrawn, put back to what they said before, and left since they were changed later.';

create table staff.import_parts (
  import_id text not null references staff.imports,
  part integer not null,
  bytes bytea not null,
  primary key (import_id, part)
);
comment on table staff.import_parts is 'The file of an import in pieces, kept until it is committed or abandoned: any process can read it again.';
comment on column staff.import_parts.import_id is 'Import it belongs to.';
comment on column staff.import_parts.part is 'Place of the piece, from 0.';
comment on column staff.import_parts.bytes is 'A piece of at most one megabyte.';

-- Unlogged: they are made from the file again whenever that is wanted, so a crash may empty them.
create unlogged table staff.import_sources (
  import_id text not null,
  source_key text not null,
  source_id text not null,
  known boolean not null default false,
  title text not null,
  publisher text,
  speaker text,
  speaker_role text,
  published_on text,
  published_from timestamptz,
  published_to timestamptz,
  url text,
  primary key (import_id, source_key)
);
comment on table staff.import_sources is 'The sources that the rows of an import name, each once.';
comment on column staff.import_sources.import_id is 'Import it belongs to.';
comment on column staff.import_sources.source_key is 'Hash of its fields.';
comment on column staff.import_sources.source_id is 'Statement of the source with these fields: the one in the record, else the one that will be.';
comment on column staff.import_sources.known is 'Whether the record has it.';
comment on column staff.import_sources.title is 'As in record.sources.';
comment on column staff.import_sources.publisher is 'As in record.sources.';
comment on column staff.import_sources.speaker is 'As in record.sources.';
comment on column staff.import_sources.speaker_role is 'As in record.sources.';
comment on column staff.import_sources.published_on is 'As in record.sources.';
comment on column staff.import_sources.published_from is 'As in record.sources.';
comment on column staff.import_sources.published_to is 'As in record.sources.';
comment on column staff.import_sources.url is 'As in record.sources.';

create unlogged table staff.import_rows (
  import_id text not null,
  line integer not null,
  verdict text not null check (verdict in ('new', 'same', 'changes', 'rivals', 'warned', 'faulty')),
  statement_id text,
  named text,
  replaces_revision integer not null default 0,
  faults jsonb,
  cells text[],
  same_line integer,
  rival_id text,
  rival_line integer,
  warnings text[] not null default '{}',
  source_key text,
  country text,
  measure text,
  period_start date,
  as_of text,
  as_of_from timestamptz,
  as_of_to timestamptz,
  value bigint,
  low bigint,
  high bigint,
  qualifier text,
  wording text,
  missing_reason text,
  unchanged boolean,
  children_share numeric(5, 4),
  note text,
  restates text,
  primary key (import_id, line)
);
comment on table staff.import_rows is 'Every row of an import and what it would do; the columns of record.snapshots as they would be recorded.';
comment on column staff.import_rows.import_id is 'Import it belongs to.';
comment on column staff.import_rows.line is 'Line of the file, or row of the sheet, from 1.';
comment on column staff.import_rows.verdict is 'new, same, changes, rivals, warned or faulty.';
comment on column staff.import_rows.statement_id is 'Statement that it makes, says again or changes; null for a faulty row.';
comment on column staff.import_rows.named is 'Statement that the row itself names.';
comment on column staff.import_rows.replaces_revision is 'Revision that it would replace; 0 for a new statement.';
comment on column staff.import_rows.faults is 'Faulty rows: code of errors.* by field.';
comment on column staff.import_rows.cells is 'Faulty rows: the cells as they stand in the file.';
comment on column staff.import_rows.same_line is 'Earlier line of the file that says the same.';
comment on column staff.import_rows.rival_id is 'Statement in the record that says otherwise about an overlapping time.';
comment on column staff.import_rows.rival_line is 'Line of the file that says otherwise about an overlapping time.';
comment on column staff.import_rows.warnings is 'Warnings that want a word of confirmation, by their codes.';
comment on column staff.import_rows.source_key is 'Its source among the import''s sources.';
comment on column staff.import_rows.country is 'As in record.snapshots.';
comment on column staff.import_rows.measure is 'As in record.snapshots.';
comment on column staff.import_rows.period_start is 'As in record.snapshots.';
comment on column staff.import_rows.as_of is 'As in record.snapshots.';
comment on column staff.import_rows.as_of_from is 'As in record.snapshots.';
comment on column staff.import_rows.as_of_to is 'As in record.snapshots.';
comment on column staff.import_rows.value is 'As in record.snapshots.';
comment on column staff.import_rows.low is 'As in record.snapshots.';
comment on column staff.import_rows.high is 'As in record.snapshots.';
comment on column staff.import_rows.qualifier is 'As in record.snapshots.';
comment on column staff.import_rows.wording is 'As in record.snapshots.';
comment on column staff.import_rows.missing_reason is 'As in record.snapshots.';
comment on column staff.import_rows.unchanged is 'As in record.snapshots.';
comment on column staff.import_rows.children_share is 'As in record.snapshots.';
comment on column staff.import_rows.note is 'As in record.snapshots.';
comment on column staff.import_rows.restates is 'As in record.snapshots.';

grant select, insert, update on staff.imports to muhlat_staff;
grant select, insert, delete on staff.import_parts to muhlat_staff;
grant select, insert, update, delete on staff.import_sources, staff.import_rows to muhlat_staff;

create index sources_title on record.sources (title);

-- The same as record.append(), for the table that gets a hundred thousand rows at once: a query that names its table
-- is planned once, one that is put together is planned for every row. That one plan is kept while the table grows under
-- it, so it must be the one for a large table, however small the record was when it was counted.

create function record.append_snapshot() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  before_revision integer;
  before_instant timestamptz;
begin
  select revision, recorded_at into before_revision, before_instant
  from record.snapshots where statement_id = new.statement_id order by revision desc limit 1;
  if new.revision <> coalesce(before_revision, 0) + 1 then
    raise exception 'revision % of % does not follow revision %', new.revision, new.statement_id, coalesce(before_revision, 0)
      using errcode = 'unique_violation', constraint = 'revision_follows';
  end if;
  new.recorded_at := greatest(clock_timestamp(), before_instant + interval '1 microsecond');
  return new;
end $$;
comment on function record.append_snapshot() is 'Lets a revision of a snapshot in only behind its predecessor and stamps the instant itself.';
revoke execute on function record.append_snapshot() from public;
drop trigger append on record.snapshots;
create trigger append before insert on record.snapshots for each row execute function record.append_snapshot();

-- The same as derived.follow(), for the same table: what was added is the newest there is of its statements, so it is
-- taken from there. Looked up in the record again, a hundred thousand rows would be compared each with each, since
-- nothing is known of how many there are while they come in.

create function derived.follow_snapshots() returns trigger language plpgsql security definer
  set search_path = pg_catalog set enable_seqscan = off as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('muhlat source'), lock)
  from (select distinct hashtext(source_id) & 255 as lock from added order by 1) locks;
  delete from derived.snapshots kept using added a where a.revision > 1 and kept.statement_id = a.statement_id;
  insert into derived.snapshots
  select s.statement_id, s.revision, s.country, s.measure, s.period_start, s.as_of, s.as_of_from, s.as_of_to,
         s.value, s.low, s.high, s.qualifier, s.wording, s.missing_reason, s.unchanged, s.children_share, s.note,
         s.rank, s.rank_reason, s.restates, s.recorded_at,
         coalesce(src.published_to, case when s.revision = 1 then s.recorded_at else (
           select first.recorded_at from record.snapshots first where first.statement_id = s.statement_id and first.revision = 1) end),
         s.source_id, src.title, src.publisher, src.speaker, src.speaker_role, src.published_on, src.url
  from (select distinct on (statement_id) * from added order by statement_id, revision desc) s
  cross join lateral (select * from record.sources where statement_id = s.source_id order by revision desc limit 1) src
  where s.state = 'published';
  return null;
end $$;
comment on function derived.follow_snapshots() is 'Makes the current rows of the snapshots that were just added.';
revoke execute on function derived.follow_snapshots() from public;
drop trigger follow on record.snapshots;
create trigger follow after insert on record.snapshots referencing new table as added
  for each statement execute function derived.follow_snapshots();
