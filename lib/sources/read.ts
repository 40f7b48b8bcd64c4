import { desc, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sources } from "@/db/schema";
import type { Measure } from "../measures/rules";
import { type Moment, momentOf } from "../moments/rules";
import { type Answer, answerOf } from "../snapshots/rules";
import { knownBy, type Vintage } from "../vintage";

export type SourceRevision = typeof sources.$inferSelect;

/** Every revision of a source, newest first; empty when there is no such source. */
export function sourceRevisions(db: Database, sourceId: string): Promise<SourceRevision[]> {
  return db.select().from(sources).where(eq(sources.statementId, sourceId)).orderBy(desc(sources.revision));
}

/** The newest revisions of one feature that name a source; withdrawn ones too. */
const carried = (feature: "snapshots" | "deadlines" | "events", sourceId: string, columns: SQL) => sql`
  select ${columns} from (
    select distinct on (statement_id) * from record.${sql.identifier(feature)}
    where statement_id in (select statement_id from record.${sql.identifier(feature)} where source_id = ${sourceId})
    order by statement_id, revision desc
  ) newest where source_id = ${sourceId}`;

/** Every country that a statement of this source is about, ALL included: whose rights a change of the source touches. */
export async function countriesOfSource(db: Database, sourceId: string): Promise<string[]> {
  const rows = await db.execute<{ country: string }>(sql`
    ${carried("snapshots", sourceId, sql`country`)}
    union ${carried("deadlines", sourceId, sql`unnest(countries)`)}
    union ${carried("events", sourceId, sql`unnest(countries)`)}
    order by 1`);
  return rows.map((row) => row.country);
}

/** A statement that rests on a source now, and what it is about; `on` is its as-of, or the day of a deadline or event. */
export type Carried = { statementId: string; state: "published" | "withdrawn"; on: Moment; countries: string[] } & (
  | { feature: "snapshots"; measure: Measure; answer: Answer }
  | { feature: "deadlines" | "events" }
);

type Row = { statement_id: string; state: "published" | "withdrawn"; on: string; countries: string[] };
type FigureRow = Row & Parameters<typeof answerOf>[0] & { measure: Measure };

/** What rests on a source, figures first, newest first, at most `limit` of each kind. */
export async function statementsOfSource(db: Database, sourceId: string, limit: number): Promise<Carried[]> {
  const ask = <T extends Row>(feature: Carried["feature"], columns: SQL) =>
    db.execute<T>(sql`
      select * from (${carried(feature, sourceId, sql`statement_id, state, ${columns}`)}) c order by "on" desc, statement_id limit ${limit}`);
  const figures = await ask<FigureRow>(
    "snapshots",
    sql`as_of as "on", array[country] as countries, measure, value::float8, low::float8, high::float8, qualifier, wording,
        missing_reason as "missingReason", unchanged, children_share::float8 as "childrenShare"`,
  );
  const deadlines = await ask("deadlines", sql`falls_on::text as "on", countries`);
  const events = await ask("events", sql`happened_on as "on", countries`);
  const common = ({ statement_id, state, on, countries }: Row) => ({ statementId: statement_id, state, on: momentOf(on), countries });
  return [
    ...figures.map((row) => ({ ...common(row), feature: "snapshots" as const, measure: row.measure, answer: answerOf(row) })),
    ...deadlines.map((row) => ({ ...common(row), feature: "deadlines" as const })),
    ...events.map((row) => ({ ...common(row), feature: "events" as const })),
  ];
}

/**
 * Ids of the statements of every kind that rested on a source in a vintage, the first `limit` of them by their letters;
 * withdrawn ones and those not known yet left out.
 * @param source `dated` when it says on which day it was published, which must be known in the vintage
 */
export async function statementsNaming(
  db: Database,
  source: { id: string; dated: boolean },
  vintage: Required<Vintage>,
  limit: number,
): Promise<string[]> {
  const at = sql`${vintage.recordedAt.toISOString()}::timestamptz`;
  const known = sql`${knownBy(vintage).toISOString()}::timestamptz`;
  const parts = (["snapshots", "deadlines", "events"] as const).map((feature) => {
    const table = sql`record.${sql.identifier(feature)}`;
    const recorded = sql`exists (select from ${table} first where first.statement_id = newest.statement_id and revision = 1 and recorded_at <= ${known})`;
    const isKnown = feature === "events" ? sql`(kind = 'break' or happened_to <= ${known})` : source.dated ? sql`true` : recorded;
    return sql`select statement_id from (
      select distinct on (statement_id) * from ${table}
      where recorded_at <= ${at} and statement_id in (select statement_id from ${table} where source_id = ${source.id})
      order by statement_id, revision desc
    ) newest where source_id = ${source.id} and state = 'published' and ${isKnown}`;
  });
  const rows = await db.execute<{ statement_id: string }>(sql`${sql.join(parts, sql` union all `)} order by 1 limit ${limit}`);
  return rows.map((row) => row.statement_id);
}
