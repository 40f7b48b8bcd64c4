import { type SQL, sql } from "drizzle-orm";
import { dayIn, endOfDay, MOSCOW } from "./moments/rules";

/**
 * Which knowledge a read answers from. Both are echoed with what was read.
 *
 * `knownOn`: a Moscow day; only what sources had made public by its end counts.
 * `recordedAt`: an instant; of each statement the newest revision recorded up to it. Undefined
 * means now, answered from the current rows.
 */
export type Vintage = { knownOn: string; recordedAt?: Date };

/** What is known today, as now recorded. */
export function today(now: Date): Vintage {
  return { knownOn: dayIn(MOSCOW, now) };
}

/** The instant from which something is too new for the vintage. */
export const knownBy = (vintage: Vintage): Date => endOfDay(vintage.knownOn, MOSCOW);

/** The rows of one feature as the vintage's instant of recording has them; named `row` in the query around it. */
export function rowsAsRecorded(feature: "snapshots" | "countries" | "deadlines" | "events", vintage: Vintage): SQL {
  const table = sql.identifier(feature);
  const at = sql.identifier(`${feature}_at`);
  return vintage.recordedAt ? sql`derived.${at}(${vintage.recordedAt.toISOString()}::timestamptz)` : sql`derived.${table}`;
}
