import { type SQL, sql } from "drizzle-orm";
import type { Measure } from "../measures/rules";
import { hasFigure, type Snapshot } from "../snapshots/rules";
import { LONGEST_DAY } from "../trends/rules/thinned";
import { at, instants, listed, type Reading } from "./as-recorded";

// The same words as in migration 0010: by them the server knows which of its indexes answers.
export const BRIEF = sql.raw("row.as_of_to - row.as_of_from <= interval '25 hours' and row.as_of_from <= row.known_from");
export const LONG = sql.raw("(row.as_of_to - row.as_of_from > interval '25 hours' or row.as_of_from > row.known_from)");
export const PLAIN = sql`${BRIEF} and row.qualifier = 'exact' and row.rank = 'normal'`;
/** The same, but not for the indexes of extremes: where figures are looked for in the order of time. */
export const PLAIN_IN_TIME = sql`coalesce(${PLAIN}, false)`;
export const NOT_PLAIN = sql`${BRIEF} and (row.qualifier is null or row.qualifier <> 'exact' or row.rank <> 'normal')`;

/** What is asked of the series of one measure: statements whose spans touch [from, to); `knownBy` bounds them as well, since nothing brief is known before it begins. */
export type Asked = { countries: readonly string[]; measure: Measure; from: Date | undefined; to: Date | undefined; knownBy: Date };

/** Rows of the given tables, as `snapshotOf` reads them. */
export const rows = (from: SQL) => sql`select row.*, row.period_start::text as period_start from ${from}`;

/** Conditions on `row` by what is asked; `of` names the country. */
export function within({ measure, from, to, knownBy }: Asked, of: SQL) {
  const end = to && to < knownBy ? to : knownBy;
  const series = sql`row.country = ${of} and row.measure = ${measure}`;
  const begun = to ? sql`row.as_of_from < ${at(to)}` : sql`true`;
  const after = from ? sql`row.as_of_to > ${at(from)}` : sql`true`;
  const brief = sql`${series} and ${after} and ${begun} and row.as_of_to <= ${at(new Date(end.getTime() + LONGEST_DAY))}`;
  return { series, after, begun, brief, long: sql`${series} and ${after} and ${begun}`, end };
}

/**
 * That a plain figure `row` has no rival: none is noted among the current rows, nor is it overlapped by what stood otherwise.
 * One that is noted is found as such, though its rival may not count in the vintage.
 */
export function alone({ otherwise }: Reading): SQL {
  const figures = otherwise.filter(hasFigure);
  const unnoted = sql`not exists (select from derived.rivals noted where noted.statement_id = row.statement_id offset 0)`;
  if (figures.length === 0) return unnoted;
  return sql`${unnoted} and not exists (
    select from unnest(${listed(figures.map((s) => s.country))}, ${instants(figures.map((s) => s.asOf.from))}, ${instants(figures.map((s) => s.asOf.to))})
      as other(country, begins, ends)
    where other.country = row.country and other.begins < row.as_of_to and row.as_of_from < other.ends)`;
}

/** Whether the span of a statement touches what is asked for. */
export const touches = ({ asOf }: Snapshot, { from, to }: Pick<Asked, "from" | "to">) =>
  (!from || asOf.to > from) && (!to || asOf.from < to);
