import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Columns as Terms, termsOf } from "../deadlines/read";
import type { Event } from "../events/rules";
import { momentOf } from "../moments/rules";
import type { Snapshot } from "../snapshots/rules";
import { type Columns, concerning, figuresCorrected, inOrder, type Revisions, type Said, said } from "./read";

/** A statement about a count as it stood at one revision. */
export type SnapshotSaid = Said & Pick<Snapshot, "periodStart" | "note" | "restates"> & { sourceId: string };

/** A deadline as it stood at one revision. */
export type DeadlineSaid = ReturnType<typeof termsOf> & { sourceId: string; withdrawn: boolean };

/** An event as it stood at one revision. */
export type EventSaid = Omit<Event, "statementId" | "source"> & { sourceId: string; withdrawn: boolean };

type SnapshotColumns = Columns & { period_start: string | null; note: string | null; restates: string | null; source_id: string };

type DeadlineColumns = Terms & { state: string; source_id: string };

type EventColumns = Pick<Event, "kind" | "countries" | "measures" | "what"> & { state: string; happened_on: string; source_id: string };

const snapshotSaid = (row: SnapshotColumns): SnapshotSaid => ({
  ...said(row),
  periodStart: row.period_start,
  note: row.note,
  restates: row.restates,
  sourceId: row.source_id,
});

const deadlineSaid = (row: DeadlineColumns): DeadlineSaid => ({
  ...termsOf(row),
  sourceId: row.source_id,
  withdrawn: row.state === "withdrawn",
});

const eventSaid = (row: EventColumns): EventSaid => ({
  happenedOn: momentOf(row.happened_on),
  kind: row.kind,
  countries: row.countries,
  measures: row.measures,
  what: row.what,
  sourceId: row.source_id,
  withdrawn: row.state === "withdrawn",
});

/** How a row of each kind is read. */
const READ = {
  deadline: (row: unknown) => deadlineSaid(row as DeadlineColumns),
  event: (row: unknown) => eventSaid(row as EventColumns),
  snapshot: (row: unknown) => snapshotSaid(row as SnapshotColumns),
} as const;

/** The kinds of statements that corrections are told of. */
export const CORRECTED = ["deadline", "event", "snapshot"] as const;
export type Corrected = (typeof CORRECTED)[number];

/** One change of a statement that was public, of whatever kind: all that it said before and after, why, and when. */
export type Change = {
  [Kind in Corrected]: {
    kind: Kind;
    statementId: string;
    revision: number;
    at: Date;
    /** The same instant to a microsecond, ISO 8601. */
    exactly: string;
    reason: string;
    sourceTitle: string;
    before: ReturnType<(typeof READ)[Kind]>;
    after: ReturnType<(typeof READ)[Kind]>;
  };
}[Corrected];

/** Which of all changes: those recorded up to an instant, of what was known by another, behind one of them. */
export type ChangesAsked = {
  country?: string | undefined;
  until: Date;
  knownBy: Date;
  after?: { at: string; kind: string; statementId: string } | undefined;
};

type Part = { table: string; revisions: (country: string | undefined) => Revisions[]; known: (by: SQL) => SQL };

const BEFORE = sql`before`;
const AFTER = sql`after`;
const either = (condition: (row: SQL) => SQL) => sql`(${condition(BEFORE)} or ${condition(AFTER)})`;
/** As `knownFrom` has it: from when its source was public, or, where that is not said, from its first recording. */
const published = (by: SQL) => sql`coalesce(src.published_to, first.recorded_at) <= ${by}`;
/** Those of a table of which there are few, looked through. */
const among = (rows: SQL, except: boolean) => (country: string | undefined) => [
  { rows, whose: country === undefined ? sql`true` : inOrder(either((row) => concerning(country, row, except))), by: AFTER },
];

const PARTS: Record<Corrected, Part> = {
  deadline: { table: "deadlines", revisions: among(sql`record.deadlines after`, true), known: published },
  event: {
    table: "events",
    revisions: among(sql`record.events after`, false),
    known: (by) => either((row) => sql`${row}.kind = 'break' or ${row}.happened_to <= ${by}`),
  },
  snapshot: { table: "snapshots", revisions: figuresCorrected, known: published },
};

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;

/**
 * The last changes of one kind, a query for each way in which they are found; read by the index of what was recorded when,
 * so that a page ends soon. What belongs to each is one row: joined, the server would take them for so few in all that it
 * reads and sorts them all.
 */
function changesOf(kind: Corrected, { country, until, knownBy, after }: ChangesAsked, limit: number): SQL[] {
  const { table, revisions, known } = PARTS[kind];
  const record = sql`record.${sql.identifier(table)}`;
  return revisions(country).map(({ rows, whose, by }) => {
    const conditions = [
      sql`after.revision > 1`,
      whose,
      sql`${by}.recorded_at <= ${instant(until)}`,
      inOrder(known(instant(knownBy))),
      ...(after
        ? [
            sql`${by}.recorded_at <= ${after.at}::timestamptz`,
            sql`(${by}.recorded_at < ${after.at}::timestamptz or (${kind}::text, ${by}.statement_id) > (${after.kind}::text, ${after.statementId}))`,
          ]
        : []),
    ];
    return sql`(
      select ${kind}::text as kind, after.statement_id, after.revision, after.recorded_at as at, after.reason, src.title,
             to_jsonb(before) as before, to_jsonb(after) as after
      from ${rows}
      cross join lateral (select * from ${record} where statement_id = after.statement_id and revision = after.revision - 1 limit 1) before
      cross join lateral (select recorded_at from ${record} where statement_id = after.statement_id and revision = 1 limit 1) first
      cross join lateral (
        select title, published_to from record.sources
        where statement_id = after.source_id and recorded_at <= ${instant(until)} order by revision desc limit 1
      ) src
      where ${sql.join(conditions, sql` and `)}
      order by ${by}.recorded_at desc, ${by}.statement_id limit ${limit})`;
  });
}

/**
 * The last corrections, withdrawals and changes of rank of statements of all kinds, newest first; of one instant by kind
 * and statement. Read from the record alone, so that a page is the same whenever it is asked for.
 * `country`: whom they concern, before the change or after it; undefined means anybody.
 */
export async function listedChanges(db: Database, limit: number, asked: ChangesAsked): Promise<Change[]> {
  const parts = CORRECTED.flatMap((kind) => changesOf(kind, asked, limit));
  const rows = await db.execute<{
    kind: Corrected;
    statement_id: string;
    revision: number;
    at: string;
    exactly: string;
    reason: string;
    title: string;
    before: unknown;
    after: unknown;
  }>(sql`
    select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exactly
    from (${sql.join(parts, sql` union all `)}) changed order by at desc, kind, statement_id limit ${limit}`);
  return rows.map(({ kind, before, after, ...row }) => ({
    kind,
    statementId: row.statement_id,
    revision: row.revision,
    at: new Date(row.at),
    exactly: row.exactly,
    reason: row.reason,
    sourceTitle: row.title,
    before: READ[kind](before),
    after: READ[kind](after),
  })) as Change[];
}
