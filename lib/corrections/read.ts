import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { ALL } from "../countries/rules";
import { changesOf, type FieldChange } from "../history/rules";
import type { Language } from "../i18n/languages";
import type { Measure } from "../measures/rules";
import { momentOf } from "../moments/rules";
import { type Answer, type AnswerRow, answerOfRow, type Rank } from "../snapshots/rules";

/** What a statement said at one revision. */
export type Said = { country: string; measure: Measure; asOf: ReturnType<typeof momentOf>; answer: Answer; rank: Rank; withdrawn: boolean };

/** What the public sees of a statement beside what it mainly says: each field by its name in the record. */
const BESIDE = {
  snapshots: ["country", "measure", "period_start", "wording", "children_share", "note", "rank_reason", "restates", "source"],
  deadlines: [
    "chain",
    "cancelled",
    "countries",
    "except_countries",
    "scope_as_reported",
    "measure",
    "zone",
    "day_counts",
    "basis",
    "basis_url",
    "consequence",
    "afterwards",
    "source",
  ],
  events: ["kind", "countries", "measures", "what", "source"],
} as const;

type Row = Record<string, unknown>;

/** What changed of it. A source is told by its title. */
function changedBeside(of: keyof typeof BESIDE, [before, was]: [Row, string], [after, is]: [Row, string]): FieldChange[] {
  const public_ = (row: Row, source: string) => ({ ...row, source: row.source_id === undefined ? undefined : source });
  const shown: readonly string[] = BESIDE[of];
  const all = changesOf(public_(before, was), public_(after, is));
  return all
    .filter(({ field }) => shown.includes(field.split(".")[0] ?? ""))
    .filter(({ field }) => field !== "source" || before.source_id !== after.source_id);
}

/**
 * A condition of which the server does not guess how few rows meet it: it takes next to none for granted and would read
 * and sort all changes there are, where the newest ones in their order are nearly always enough.
 */
export const inOrder = (condition: SQL): SQL => sql`coalesce((${condition}), false)`;

/** One change of a figure that was public: what it said before and after, why, and when it was changed. */
export type Correction = {
  statementId: string;
  revision: number;
  at: Date;
  reason: string;
  sourceTitle: string;
  before: Said;
  after: Said;
  /** What changed beside the figure itself. */
  changed: FieldChange[];
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

/** Rows that revisions are read from, as `after`; which of them; and the row whose index has them in their order. */
export type Revisions = { rows: SQL; whose: SQL; by: SQL };

const AWAY = sql`derived.moved gone cross join lateral (
  select * from record.snapshots where statement_id = gone.statement_id and revision = gone.revision limit 1) after`;

/** Where corrections of figures are found: of one country those that are about it, and those that took a figure away from it. */
export function figuresCorrected(country: string | undefined): Revisions[] {
  const all = { rows: sql`record.snapshots after`, whose: sql`true`, by: sql`after` };
  if (country === undefined) return [all];
  return [
    { ...all, whose: sql`after.country = ${country}` },
    { rows: AWAY, whose: sql`gone.country = ${country}`, by: sql`gone` },
  ];
}

/**
 * The last corrections, withdrawals and changes of rank of figures, newest first. A revision of a source alone moves no figure.
 * @param country whose, before the change or after it; undefined means every country's
 */
export async function corrections(db: Database, limit: number, country?: string): Promise<Correction[]> {
  const parts = figuresCorrected(country).map(
    ({ rows, whose, by }) => sql`(
      select after.* from ${rows} where after.revision > 1 and ${whose} order by ${by}.recorded_at desc, ${by}.statement_id limit ${limit})`,
  );
  const rows = await db.execute<{
    statement_id: string;
    revision: number;
    at: string;
    reason: string;
    title: string;
    before_title: string;
    before: Columns;
    after: Columns;
  }>(sql`
    select after.statement_id, after.revision, after.recorded_at as at, after.reason, src.title, was.title as before_title,
           to_jsonb(before) as before, to_jsonb(after) as after
    from (select * from (${sql.join(parts, sql` union all `)}) found order by recorded_at desc, statement_id limit ${limit}) after
    join record.snapshots before on before.statement_id = after.statement_id and before.revision = after.revision - 1
    cross join lateral (select title from record.sources where statement_id = after.source_id order by revision desc limit 1) src
    cross join lateral (select title from record.sources where statement_id = before.source_id order by revision desc limit 1) was
    order by after.recorded_at desc, after.statement_id`);
  return rows.map((row) => ({
    statementId: row.statement_id,
    revision: row.revision,
    at: new Date(row.at),
    reason: row.reason,
    sourceTitle: row.title,
    before: said(row.before),
    after: said(row.after),
    changed: changedBeside("snapshots", [row.before, row.before_title], [row.after, row.title]),
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
  /** What changed beside the day. */
  changed: FieldChange[];
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
    before: Row;
    after: Row;
    before_title: string;
    after_title: string;
  }>(sql`
    select changed.*, was.title as before_title, src.title as after_title from (
      select 'deadlines' as feature, after.statement_id, after.revision, after.recorded_at as at, after.reason, after.state,
             before.falls_on::text as before_when, before.basis as before_text, after.falls_on::text as after_when, after.basis as after_text,
             to_jsonb(before) as before, to_jsonb(after) as after
      from record.deadlines after
      join record.deadlines before on before.statement_id = after.statement_id and before.revision = after.revision - 1
      where ${whose(true)}
      union all
      select 'events', after.statement_id, after.revision, after.recorded_at, after.reason, after.state,
             before.happened_on, before.what, after.happened_on, after.what, to_jsonb(before), to_jsonb(after)
      from record.events after
      join record.events before on before.statement_id = after.statement_id and before.revision = after.revision - 1
      where ${whose(false)}
    ) changed
    cross join lateral (select title from record.sources where statement_id = changed.before ->> 'source_id' order by revision desc limit 1) was
    cross join lateral (select title from record.sources where statement_id = changed.after ->> 'source_id' order by revision desc limit 1) src
    order by at desc, statement_id limit ${limit}`);
  return rows.map((row) => ({
    feature: row.feature,
    statementId: row.statement_id,
    revision: row.revision,
    at: new Date(row.at),
    reason: row.reason,
    before: { when: row.before_when, text: row.before_text },
    after: { when: row.after_when, text: row.after_text, withdrawn: row.state === "withdrawn" },
    changed: changedBeside(row.feature, [row.before, row.before_title], [row.after, row.after_title]),
  }));
}
