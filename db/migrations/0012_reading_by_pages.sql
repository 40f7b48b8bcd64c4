-- What programs ask for is read page by page, in as many steps as a page has rows, however long the record is.

create index snapshots_listed on record.snapshots (country, measure, as_of_from, statement_id, revision);
create index snapshots_restates on record.snapshots (restates) where restates is not null;
