import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { ALL } from "../countries/rules";
import type { Language } from "../i18n/languages";
import type { Measure } from "../measures/rules";
import { momentOf } from "../moments/rules";
import { type Answer, type AnswerRow, answerOfRow, type Rank } from "../snapshots/rules";

/** What a statement said at one revision. */
export type Said = { country: string; measure: Measure; asOf: ReturnType<typeof momentOf>; answer: Answer; rank: Rank; withdrawn: boolean };

/** One change of a figure that was public: what it said before and after, why, and when it was changed. */
export type Correction = {
  statementId: string;
  revision: number;
  at: Date;
  reason: string;
  sourceTitle: string;
  before: Said;
  after: Said;
};

/** The columns of a revision that `said` reads. */
export type Columns = AnswerRow & { country: string; measure: string; as_of: string; rank: string; state: string };

/** What a revision said, from its row. */
export const said = (row: Columns): Said => ({
  country: row.country,
  measure: row.measure as Measure,
  asOf: momentOf(row.as_of),
  answer: answerOfRow(row),
  rank: row.rank as Rank,
  withdrawn: row.state === "withdrawn",
});

/**
 * The last corrections, withdrawals and changes of rank of figures, newest first. A revision of a source alone moves no figure.
 * @param country whose, before the change or after it; undefined means every country's
 */
export async function corrections(db: Database, limit: number, country?: string): Promise<Correction[]> {
  const whose = country === undefined ? sql`true` : sql`${country} in (before.country, after.country)`;
  const rows = await db.execute<{
    statement_id: string;
    revision: number;
    at: string;
    reason: string;
    title: string;
    before: Columns;
    after: Columns;
  }>(sql`
    select after.statement_id, after.revision, after.recorded_at as at, after.reason, src.title,
           to_jsonb(before) as before, to_jsonb(after) as after
    from (
      select after.* from record.snapshots after
      join record.snapshots before on before.statement_id = after.statement_id and before.revision = after.revision - 1
      where after.revision > 1 and ${whose} order by after.recorded_at desc, after.statement_id limit ${limit}
    ) after
    join record.snapshots before on before.statement_id = after.statement_id and before.revision = after.revision - 1
    cross join lateral (select title from record.sources where statement_id = after.source_id order by revision desc limit 1) src
    order by after.recorded_at desc, after.statement_id`);
  return rows.map((row) => ({
    statementId: row.statement_id,
    revision: row.revision,
    at: new Date(row.at),
    reason: row.reason,
    sourceTitle: row.title,
    before: said(row.before),
    after: said(row.after),
  }));
}

type Texts = Partial<Record<Language, string>>;

/** One change of a deadline or an event that was public: the day it names, its text, why, and when it was changed. */
export type OtherCorrection = {
  feature: "deadlines" | "events";
  statementId: string;
  revision: number;
  at: Date;
  reason: string;
  before: { when: string; text: Texts };
  after: { when: string; text: Texts; withdrawn: boolean };
};

/** Whether the row of the given name concerns a country; `except` where its table knows exceptions. */
export const concerning = (country: string, row: SQL, except: boolean): SQL =>
  sql`(${row}.countries && array[${country}, ${ALL}] ${except ? sql`and not ${country} = any(${row}.except_countries)` : sql``})`;

/**
 * The last corrections and withdrawals of deadlines and events, newest first.
 * @param country whom they concern, before the change or after it; undefined means anybody
 */
export async function otherCorrections(db: Database, limit: number, country?: string): Promise<OtherCorrection[]> {
  const whose = (except: boolean) =>
    country === undefined ? sql`true` : sql`(${concerning(country, sql`before`, except)} or ${concerning(country, sql`after`, except)})`;
  const rows = await db.execute<{
    feature: OtherCorrection["feature"];
    statement_id: string;
    revision: number;
    at: string;
    reason: string;
    before_when: string;
    before_text: Texts;
    after_when: string;
    after_text: Texts;
    state: string;
  }>(sql`
    select * from (
      select 'deadlines' as feature, after.statement_id, after.revision, after.recorded_at as at, after.reason, after.state,
             before.falls_on::text as before_when, before.basis as before_text, after.falls_on::text as after_when, after.basis as after_text
      from record.deadlines after
      join record.deadlines before on before.statement_id = after.statement_id and before.revision = after.revision - 1
      where ${whose(true)}
      union all
      select 'events', after.statement_id, after.revision, after.recorded_at, after.reason, after.state,
             before.happened_on, before.what, after.happened_on, after.what
      from record.events after
      join record.events before on before.statement_id = after.statement_id and before.revision = after.revision - 1
      where ${whose(false)}
    ) changed order by at desc, statement_id limit ${limit}`);
  return rows.map((row) => ({
    feature: row.feature,
    statementId: row.statement_id,
    revision: row.revision,
    at: new Date(row.at),
    reason: row.reason,
    before: { when: row.before_when, text: row.before_text },
    after: { when: row.after_when, text: row.after_text, withdrawn: row.state === "withdrawn" },
  }));
}
