import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knownEvents } from "../events/read";
import type { Event } from "../events/rules";
import type { Measure } from "../measures/rules";
import { momentOf } from "../moments/rules";
import { snapshotsOfCountry } from "../snapshots/read";
import { type AnswerRow, answerOfRow, type Snapshot } from "../snapshots/rules";
import { needsConfirmation, warningsFor } from "../snapshots/warnings";
import { today } from "../vintage";
import { MOST_COMPARED, SHORT_RULES } from "./rules";

type Staged = AnswerRow & {
  line: number;
  statement_id: string;
  replaces_revision: number;
  measure: string;
  period_start: string | null;
  as_of: string;
  restates: string | null;
  source_key: string;
  title: string;
  publisher: string | null;
  speaker: string | null;
  published_on: string | null;
  published_to: string | null;
  url: string | null;
};

/** A staged row as the snapshot it would be. */
function snapshotOf(row: Staged, country: string, now: Date): Snapshot {
  return {
    statementId: row.statement_id,
    revision: row.replaces_revision + 1,
    country,
    measure: row.measure as Measure,
    periodStart: row.period_start,
    asOf: momentOf(row.as_of),
    answer: answerOfRow(row),
    note: null,
    rank: "normal",
    restates: row.restates,
    recordedAt: now,
    knownFrom: row.published_to === null ? now : new Date(row.published_to),
    source: {
      id: row.source_key,
      title: row.title,
      publisher: row.publisher,
      speaker: row.speaker,
      speakerRole: null,
      publishedOn: row.published_on,
      url: row.url,
    },
  };
}

/** The warnings of one country's rows, each looked at beside the record and all other rows. */
async function warnedIn(tx: Database, importId: string, country: string, events: readonly Event[], now: Date) {
  const rows = await tx.execute<Staged>(sql`
    select r.line, r.statement_id, r.replaces_revision, r.measure, r.period_start::text, r.as_of, r.value, r.low, r.high, r.qualifier,
      r.wording, r.missing_reason, r.unchanged, r.children_share, r.restates, r.source_key, s.title, s.publisher, s.speaker, s.published_on,
      s.published_to::text, s.url
    from staff.import_rows r join staff.import_sources s using (import_id, source_key)
    where r.import_id = ${importId} and r.country = ${country} and r.verdict in ('new', 'changes', 'rivals')`);
  const staged = rows.map((row) => ({ line: row.line, snapshot: snapshotOf(row, country, now) }));
  const ids = new Set(staged.flatMap(({ snapshot }) => [snapshot.statementId, snapshot.restates]));
  const before = (await snapshotsOfCountry(tx, country, today(now))).filter((s) => !ids.has(s.statementId));
  const history = { statements: [...before, ...staged.map(({ snapshot }) => snapshot)], events };
  return staged.flatMap(({ line, snapshot }) => {
    const codes = warningsFor(snapshot, history, now).filter(needsConfirmation);
    return codes.length > 0 ? [{ line, warnings: codes.map(({ code }) => code) }] : [];
  });
}

/** Rows of all other countries, by the rules that need no history. */
async function warnShortly(tx: Database, importId: string, countries: readonly string[], now: Date): Promise<void> {
  const [children, future] = SHORT_RULES;
  const moscow = (instant: ReturnType<typeof sql>) => sql`(${instant} at time zone 'Europe/Moscow')::date`;
  const until = sql`case when s.published_to < ${now.toISOString()}::timestamptz then s.published_to - interval '1 ms' else ${now.toISOString()}::timestamptz end`;
  await tx.execute(sql`
    with looked as (
      select r.line, array_remove(array[
        case when r.children_share = 1 then ${children}::text end,
        case when r.as_of like '%/%' and ${moscow(sql`(r.as_of_to - interval '1 ms')`)} > ${moscow(sql`(${until})`)} then ${future}::text end
      ], null) as warnings
      from staff.import_rows r join staff.import_sources s using (import_id, source_key)
      where r.import_id = ${importId} and r.verdict in ('new', 'changes', 'rivals') and (r.children_share = 1 or r.as_of like '%/%')
        and r.country = any (string_to_array(${countries.join(" ")}, ' '))
    )
    update staff.import_rows r set verdict = 'warned', warnings = l.warnings
    from looked l where r.import_id = ${importId} and r.line = l.line and cardinality(l.warnings) > 0`);
}

/**
 * Marks the rows that should be looked at before they are recorded, by the rules of single entries as far as the
 * history is short enough to be compared with each row.
 * @returns the countries of whose rows only the rules without history were looked at
 */
export async function warn(tx: Database, importId: string, now: Date): Promise<string[]> {
  const counted = await tx.execute<{ country: string; rows: number; statements: number }>(sql`
    select country, count(*)::int as rows,
      count(*)::int + (select count(*)::int from derived.snapshots c where c.country = r.country) as statements
    from staff.import_rows r where import_id = ${importId} and verdict in ('new', 'changes', 'rivals') group by country order by country`);
  const rows = counted.reduce((sum, one) => sum + one.rows, 0);
  const isShort = (statements: number) => rows <= MOST_COMPARED.rows && statements <= MOST_COMPARED.statements;
  const events = await knownEvents(tx, today(now));
  for (const { country, statements } of counted) {
    if (!isShort(statements)) continue;
    const warned = await warnedIn(tx, importId, country, events, now);
    if (warned.length > 0)
      await tx.execute(sql`
        update staff.import_rows r set verdict = 'warned', warnings = w.warnings
        from json_to_recordset(${JSON.stringify(warned)}::json) as w (line integer, warnings text[])
        where r.import_id = ${importId} and r.line = w.line`);
  }
  const long = counted.filter(({ statements }) => !isShort(statements)).map(({ country }) => country);
  if (long.length > 0) await warnShortly(tx, importId, long, now);
  return long;
}
