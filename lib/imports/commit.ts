import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { importParts, imports } from "@/db/schema";
import { noteAct } from "../ledger/write";
import { done, type Outcome, refused } from "../outcome";
import type { Actor } from "../staff/rules";
import { restsOn, writeForMany } from "./judge";
import { tell } from "./progress";
import { type Counts, writtenOf } from "./rules";

type Row = typeof imports.$inferSelect;

/** Rows written by one statement of SQL; behind each the progress is told. */
const BATCH = 5_000;

const written = sql.raw("r.verdict in ('new', 'changes', 'rivals', 'warned')");

/** The sources of the rows: those in the record with exactly these fields, and the others, recorded now. */
async function writeSources(tx: Database, row: Row, actor: Actor): Promise<void> {
  await tx.execute(sql`
    update staff.import_sources s set source_id = k.statement_id, known = true
    from (
      select s.source_key, c.statement_id
      from staff.import_sources s cross join lateral (
        select c.statement_id from record.sources c
        where c.title = s.title
          and (c.publisher, c.speaker, c.speaker_role, c.published_on, c.url)
            is not distinct from (s.publisher, s.speaker, s.speaker_role, s.published_on, s.url)
          and not exists (select from record.sources later where later.statement_id = c.statement_id and later.revision > c.revision)
        order by c.statement_id limit 1
      ) c where s.import_id = ${row.importId}
    ) k where s.import_id = ${row.importId} and s.source_key = k.source_key`);
  await tx.execute(sql`
    insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title, publisher, speaker, speaker_role,
      published_on, published_from, published_to, url, import_id)
    select s.source_id, 1, 'published', ${row.uploadedBy}, ${actor.personId}, now(), s.title, s.publisher, s.speaker, s.speaker_role,
      s.published_on, s.published_from, s.published_to, s.url, s.import_id
    from (select distinct source_key from staff.import_rows r where import_id = ${row.importId} and ${written}) k
    cross join lateral (select * from staff.import_sources where import_id = ${row.importId} and source_key = k.source_key limit 1) s
    where not s.known`);
}

/**
 * The rows from one line up to another, in one statement. What belongs to each is looked up by its key: nothing is known
 * yet of how many there are, and a join planned for a few compares each with each. A blank cell of a
 * correction leaves what the statement says.
 */
async function writeRows(tx: Database, row: Row, actor: Actor, from: number, before: number | null): Promise<void> {
  const reason = row.reason ?? "";
  await tx.execute(sql`
    insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, period_start,
      as_of, as_of_from, as_of_to, value, low, high, qualifier, wording, missing_reason, unchanged, children_share, note, rank, rank_reason,
      restates, source_id, warnings, confirmation, import_id)
    select r.statement_id, r.replaces_revision + 1, 'published', case when r.replaces_revision > 0 then ${reason}::text end,
      ${row.uploadedBy}, ${actor.personId}, now(), r.country, r.measure, r.period_start, r.as_of, r.as_of_from, r.as_of_to,
      r.value, r.low, r.high, r.qualifier, case when r.qualifier is not null then coalesce(r.wording, c.wording) end, r.missing_reason,
      r.unchanged, case when r.qualifier is not null then coalesce(r.children_share, c.children_share) end, coalesce(r.note, c.note),
      coalesce(c.rank, 'normal'), c.rank_reason, coalesce(r.restates, c.restates),
      (select s.source_id from staff.import_sources s where s.import_id = r.import_id and s.source_key = r.source_key), r.warnings,
      case when cardinality(r.warnings) > 0 then ${row.confirmation}::text end, r.import_id
    from staff.import_rows r
    left join lateral (
      select * from derived.snapshots where r.replaces_revision > 0 and statement_id = r.statement_id limit 1
    ) c on true
    where r.import_id = ${row.importId} and r.line >= ${from} and (${before}::integer is null or r.line < ${before}) and ${written}
    order by r.line`);
}

/** The lines at which each batch of rows to write begins. */
async function batches(tx: Database, importId: string): Promise<number[]> {
  const rows = await tx.execute<{ line: number }>(sql`
    select line from (select line, row_number() over (order by line) - 1 as nth from staff.import_rows r
      where import_id = ${importId} and ${written}) n where nth % ${BATCH} = 0 order by line`);
  return rows.map(({ line }) => line);
}

/** Whether what the dry run found still holds: nothing it rests on has changed, and its rows are all there. */
export async function stillHolds(tx: Database, row: Pick<Row, "importId" | "restsOn" | "countries" | "counts">): Promise<boolean> {
  if ((await restsOn(tx, row.countries)) !== row.restsOn) return false;
  const [there] = await tx.execute<{ rows: number }>(
    sql`select count(*)::int as rows from staff.import_rows where import_id = ${row.importId}`,
  );
  return there?.rows === Object.values(row.counts).reduce((sum, rows) => sum + rows, 0);
}

/**
 * Writes an import into the record, inside one act: entered by who sent it, published by the actor. What the dry run
 * found must still hold, else it is refused as "stale".
 * @returns how many revisions it made
 */
export async function writeImport(tx: Database, actor: Actor, row: Row, now: Date): Promise<Outcome<number>> {
  if (!(await stillHolds(tx, row))) return refused({ code: "stale" });
  const total = writtenOf(row.counts as Counts);
  await tell(tx, row.importId, { step: "writing", done: 0, total });
  await writeForMany(tx);
  await writeSources(tx, row, actor);
  const starts = await batches(tx, row.importId);
  for (const [index, from] of starts.entries()) {
    await writeRows(tx, row, actor, from, starts[index + 1] ?? null);
    await tell(tx, row.importId, { step: "writing", done: Math.min(total, (index + 1) * BATCH), total });
  }
  await tx
    .update(imports)
    .set({ state: "committed", version: row.version + 1, committedAt: now, decidedBy: actor.personId, decidedAt: now })
    .where(eq(imports.importId, row.importId));
  await tx.delete(importParts).where(eq(importParts.importId, row.importId));
  await noteAct(tx, actor, {
    verb: "import",
    feature: "imports",
    objectId: row.importId,
    countries: row.countries,
    reason: row.reason,
    before: { state: row.state },
    after: { state: "committed", counts: row.counts, confirmation: row.confirmation, uploadedBy: row.uploadedBy },
  });
  return done(total);
}
