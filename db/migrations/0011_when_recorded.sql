-- Pages that pin what is recorded ask for the newest instant of writing; without these the whole record would be read for it.

create index snapshots_recorded on record.snapshots (recorded_at);
create index sources_recorded on record.sources (recorded_at);
