-- The last check of who may publish what about whom, whatever the program thought: a row about a country beyond the reach of
-- whoever publishes it, or of a kind that their role does not publish, is not let in. The table of roles is in lib/staff/rules.ts.

create function staff.refuse_beyond_reach() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  -- Who answers for a row, which countries it is about, and which roles beside the central admin may add one.
  person text := tg_argv[0];
  countries text := tg_argv[1];
  roles text[] := tg_argv[2]::text[];
  beyond text;
begin
  execute format(
    'select format(''%%s about %%s'', a.person, a.countries) from (select distinct %s as person, %s as countries from added) a
     left join staff.people p on p.person_id = a.person
     where not coalesce(p.role = ''system'' or p.active and (p.role = ''central_admin'' or p.role = any($1) and a.countries <@ p.countries), false)
     limit 1', person, countries) into beyond using roles;
  if beyond is not null then
    raise exception 'beyond reach: %.% of %', tg_table_schema, tg_table_name, beyond using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
comment on function staff.refuse_beyond_reach() is 'Refuses rows about countries that whoever answers for them may not speak for.';
revoke execute on function staff.refuse_beyond_reach() from public;

create trigger reach after insert on record.snapshots referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', 'array[country]', '{reviewer,country_admin}');
create trigger reach after insert on record.sources referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', '''{}''::text[]', '{reviewer,country_admin}');
create trigger reach after insert on record.deadlines referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', 'countries', '{country_admin}');
create trigger reach after insert on record.events referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', 'countries', '{country_admin}');
create trigger reach after insert on record.countries referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', 'array[statement_id]', '{country_admin}');
create trigger reach after insert on record.contacts referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('published_by', 'array[country]', '{country_admin}');
create trigger reach after insert on staff.submissions referencing new table as added for each statement
  execute function staff.refuse_beyond_reach('submitted_by', 'countries', '{recorder,reviewer,country_admin}');
