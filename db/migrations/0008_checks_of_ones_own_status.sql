-- Where one looks up one's own entry is kept like a contact: for a country or for all, with the day on which somebody
-- made sure of it, hidden from the public when that day is too long ago.
alter table record.contacts
  drop constraint contacts_kind_check,
  add constraint contacts_kind_check check (kind in ('embassy', 'consulate', 'hotline', 'other', 'status_check', 'ban_check')),
  add constraint contacts_check_has_address check (kind not in ('status_check', 'ban_check') or url is not null);
comment on column record.contacts.kind is
  'embassy, consulate, hotline or other; status_check and ban_check: the web page on which one looks up one''s own entry on the gray list, or one''s own entry ban.';
comment on column derived.contacts.kind is
  'embassy, consulate, hotline or other; status_check and ban_check: the web page on which one looks up one''s own entry on the gray list, or one''s own entry ban.';
