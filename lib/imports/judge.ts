import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Actor, WHO_MAY } from "../staff/rules";

// What staged rows would do, found for all of them at once. A row begins as "new".

/** The fields of a source that make it the same source. */
const sameSource = sql`(c.source_title, c.source_publisher, c.source_speaker, c.source_speaker_role, c.source_published_on, c.source_url)
  is not distinct from (s.title, s.publisher, s.speaker, s.speaker_role, s.published_on, s.url)`;

const sameAnswer = (a: string, b: string): SQL => {
  const answer = (of: string) =>
    sql.raw(`(${["value", "low", "high", "qualifier", "missing_reason", "unchanged"].map((column) => `${of}.${column}`).join(", ")})`);
  return sql`${answer(a)} is not distinct from ${answer(b)}`;
};

/** Every field that the row gives is as the statement has it; a blank cell changes nothing. */
const nothingElse = sql`${sameAnswer("r", "c")}
  and coalesce(r.wording, c.wording) is not distinct from c.wording
  and coalesce(r.children_share, c.children_share) is not distinct from c.children_share
  and coalesce(r.note, c.note) is not distinct from c.note
  and coalesce(r.restates, c.restates) is not distinct from c.restates`;

/** Country codes as an array of the database. */
const listed = (countries: readonly string[]) => sql`string_to_array(${countries.join(" ")}, ' ')`;

const faulty = (field: string, code: string) => sql`verdict = 'faulty', faults = jsonb_build_object(${field}::text, ${code}::text)`;

/** Rows that name a statement: it must be there, published, theirs, and named once. */
async function judgeNamed(tx: Database, importId: string, actor: Actor): Promise<void> {
  const open = sql`import_id = ${importId} and verdict = 'new' and named is not null`;
  await tx.execute(sql`update staff.import_rows r set ${faulty("id", "no_such_statement")}
    where ${open} and not exists (select from record.snapshots c where c.statement_id = r.named)`);
  await tx.execute(sql`update staff.import_rows r set ${faulty("id", "already_withdrawn")}
    where ${open} and not exists (select from derived.snapshots c where c.statement_id = r.named)`);
  if (WHO_MAY[actor.role].reach === "own")
    await tx.execute(sql`update staff.import_rows r set ${faulty("country", "not_your_country")}
      from derived.snapshots c where ${open} and c.statement_id = r.named and c.country <> all (${listed(actor.countries)})`);
  await tx.execute(sql`update staff.import_rows r set ${faulty("id", "named_twice")}
    from (select line, row_number() over (partition by named order by line) as nth from staff.import_rows where ${open}) n
    where r.import_id = ${importId} and n.line = r.line and n.nth > 1`);
}

/** Rows that say what an earlier line says. */
async function judgeRepeated(tx: Database, importId: string): Promise<void> {
  await tx.execute(sql`update staff.import_rows r set verdict = 'same', statement_id = null, same_line = f.first
    from (
      select line, min(line) over (partition by country, measure, period_start, as_of, source_key, value, low, high, qualifier, missing_reason,
        unchanged) as first
      from staff.import_rows where import_id = ${importId} and verdict = 'new' and named is null
    ) f where r.import_id = ${importId} and r.line = f.line and f.first < f.line`);
}

/**
 * Rows about a statement that is there: the one they name, else the one of the same series, time and source. What says
 * the same is "same", one that says otherwise "changes". A statement that another line says again is not changed: then
 * its source gave both.
 */
async function judgeKnown(tx: Database, importId: string): Promise<void> {
  await tx.execute(sql`
    with matched as (
      select r.line, c.statement_id, c.revision, r.named is not null as named,
        case when r.named is null then ${nothingElse}
          else ${nothingElse} and ${sameSource}
            and (r.country, r.measure, r.period_start, r.as_of) is not distinct from (c.country, c.measure, c.period_start, c.as_of)
        end as same
      from staff.import_rows r
      cross join lateral (select * from staff.import_sources s where s.import_id = r.import_id and s.source_key = r.source_key limit 1) s
      cross join lateral (
        select * from derived.snapshots where r.named is not null and statement_id = r.named
        union all
        select * from derived.snapshots where r.named is null and country = r.country and measure = r.measure and as_of_to = r.as_of_to
      ) c
      where r.import_id = ${importId} and r.verdict = 'new'
        and (r.named is not null or (${sameSource} and c.as_of = r.as_of and c.period_start is not distinct from r.period_start))
    ), sayers as (
      select line, min(statement_id) filter (where same) as same, bool_or(named) as named,
        array_agg(statement_id) filter (where not same) as others
      from matched group by line
    ), taken as (
      select same as statement_id from sayers where same is not null
    ), changing as (
      select line, s.named, o.statement_id, count(*) over (partition by line) as candidates,
        row_number() over (partition by o.statement_id order by line) as nth
      from sayers s, unnest(s.others) o (statement_id)
      where s.same is null and (s.named or o.statement_id not in (select statement_id from taken))
    ), found as (
      select line, 'same' as verdict, same as statement_id, 0 as revision, null as code from sayers where same is not null
      union all
      (select distinct on (c.line) c.line, case when c.candidates > 1 or c.nth > 1 then 'faulty' else 'changes' end, c.statement_id, m.revision,
        case when c.candidates > 1 then 'several_statements' when c.nth > 1 then 'named_twice' end
      from changing c join matched m using (line, statement_id) order by c.line)
    )
    update staff.import_rows r
    set verdict = f.verdict, statement_id = case when f.verdict = 'faulty' then null else f.statement_id end,
      replaces_revision = case when f.verdict = 'changes' then f.revision else 0 end,
      faults = case when f.code is not null then jsonb_build_object('value', f.code) end
    from found f where r.import_id = ${importId} and r.line = f.line`);
}

/** What a row restates must be there, be of the same series, and not restate it in turn. */
async function judgeRestated(tx: Database, importId: string): Promise<void> {
  const open = sql`r.import_id = ${importId} and r.verdict in ('new', 'changes') and r.restates is not null`;
  await tx.execute(sql`update staff.import_rows r set ${faulty("restates", "no_such_statement")}
    where ${open} and not exists (select from record.snapshots c where c.statement_id = r.restates)`);
  await tx.execute(sql`update staff.import_rows r set ${faulty("restates", "other_series")}
    where ${open} and not exists (
      select from record.snapshots c where c.statement_id = r.restates and c.country = r.country and c.measure = r.measure)`);
  await tx.execute(sql`
    with recursive after as (
      select c.statement_id, coalesce(r.restates, c.restates) as restates
      from derived.snapshots c
      left join staff.import_rows r on r.import_id = ${importId} and r.verdict = 'changes' and r.statement_id = c.statement_id
      where coalesce(r.restates, c.restates) is not null
    ), chain as (
      select r.statement_id as began, r.restates as at from staff.import_rows r where ${open} and r.verdict = 'changes'
      union
      select chain.began, after.restates from chain join after on after.statement_id = chain.at where chain.at <> chain.began
    )
    update staff.import_rows r set ${faulty("restates", "restates_in_a_circle")}
    from chain where ${open} and r.verdict = 'changes' and chain.began = r.statement_id and chain.at = chain.began`);
}

/**
 * Figures beside which another stands that says otherwise about an overlapping time: in the record, else in the file,
 * where the one that begins later is told. Sorted, instead of each compared with each; both windows
 * only grow, since one that shrinks is counted anew for every row.
 */
async function judgeRivals(tx: Database, importId: string): Promise<void> {
  const figures = sql`import_id = ${importId} and verdict = 'new' and qualifier is not null`;
  await tx.execute(sql`
    with lines as (
      select line, statement_id, country, measure, period_start, as_of_from, as_of_to from staff.import_rows where ${figures}
    ), figures as (
      select * from lines
      union all
      select null, c.statement_id, c.country, c.measure, c.period_start, c.as_of_from, c.as_of_to from derived.snapshots c
      where c.qualifier is not null and c.rank <> 'deprecated' and (c.country, c.measure) in (select country, measure from lines)
    ), beside as (
      select line,
        max(as_of_to) filter (where line is null) over before as record_until,
        min(as_of_from) filter (where line is null) over behind as record_from,
        max(array[extract(epoch from as_of_to), line]) filter (where line is not null) over before as file_until,
        as_of_from, as_of_to
      from figures
      window before as (partition by country, measure, period_start order by as_of_from, line nulls first rows between unbounded preceding and 1 preceding),
        behind as (partition by country, measure, period_start order by as_of_from desc, line desc nulls last rows between unbounded preceding and 1 preceding)
    ), flagged as (
      select line, record_until > as_of_from or record_from < as_of_to as in_record,
        case when file_until[1] > extract(epoch from as_of_from) then file_until[2]::integer end as other_line
      from beside where line is not null
    ), found as (
      select f.line, c.statement_id as rival_id, o.line as rival_line
      from flagged f
      join staff.import_rows r on r.import_id = ${importId} and r.line = f.line
      left join lateral (
        select c.statement_id from derived.snapshots c
        where f.in_record and c.country = r.country and c.measure = r.measure and c.period_start is not distinct from r.period_start
          and c.as_of_to > r.as_of_from and c.as_of_from < r.as_of_to and c.qualifier is not null and c.rank <> 'deprecated'
          and c.statement_id is distinct from r.restates and not (${sameAnswer("r", "c")})
        order by c.as_of_to limit 1
      ) c on true
      left join staff.import_rows o on o.import_id = ${importId} and o.line = f.other_line and not (${sameAnswer("r", "o")})
      where f.in_record or f.other_line is not null
    )
    update staff.import_rows r set verdict = 'rivals', rival_id = f.rival_id, rival_line = f.rival_line
    from found f where r.import_id = ${importId} and r.line = f.line and (f.rival_id is not null or f.rival_line is not null)`);
}

/**
 * Keeps the rest of the transaction from comparing each row with each: the database has counted staged rows before these
 * came, if at all, takes them for one or two, and would plan for that.
 */
export async function planForMany(tx: Database): Promise<void> {
  await tx.execute(sql`set local enable_nestloop = off`);
}

/**
 * The same for writing them: each row is checked against its source by a plan that the connection made and kept when
 * the record was small, and reads the whole table for it. Such plans are thrown away, and made again for large tables.
 */
export async function writeForMany(tx: Database): Promise<void> {
  await planForMany(tx);
  await tx.execute(sql`set local enable_seqscan = off`);
  await tx.execute(sql`discard plans`);
}

/** Finds for every staged row of an import what it would do, warnings apart. */
export async function judge(tx: Database, importId: string, actor: Actor): Promise<void> {
  await planForMany(tx);
  await judgeNamed(tx, importId, actor);
  await judgeRepeated(tx, importId);
  await judgeKnown(tx, importId);
  await judgeRestated(tx, importId);
  await judgeRivals(tx, importId);
}

/**
 * What the verdicts were found from, in numbers that only grow: revisions about these countries, and sources that were
 * revised. As long as they are the same, nothing that the verdicts rest on has changed.
 */
export async function restsOn(tx: Database, countries: readonly string[]): Promise<string> {
  const [row] = await tx.execute<{ rests: string }>(sql`
    select (select count(*) from record.snapshots where country = any (${listed(countries)})) || '/' ||
      (select count(*) from record.sources where revision > 1) as rests`);
  return row?.rests ?? "";
}
