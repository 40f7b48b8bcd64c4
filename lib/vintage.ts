import { type SQL, sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import { dayIn, endOfDay, MOSCOW, parseMoment } from "./moments/rules";

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

/**
 * The vintage that an address asks for.
 * @param day a Moscow day, not after that of `now`
 * @param recorded an instant with its offset, ISO 8601, not after `now`
 * @returns undefined when one of them is neither
 */
export function vintageFrom(day: string, recorded: string | undefined, now: Date): Vintage | undefined {
  if (parseMoment(day)?.precision !== "day" || day > dayIn(MOSCOW, now)) return undefined;
  if (recorded === undefined) return { knownOn: day };
  try {
    const recordedAt = new Date(Temporal.Instant.from(recorded).epochMilliseconds);
    // What nobody can have recorded is asked of no database: years before 1000 are written there in another way.
    return recordedAt <= now && recordedAt.getUTCFullYear() >= 1000 ? { knownOn: day, recordedAt } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The address of a page behind its language: of today, or as a vintage knows it
 * (`as-known/2025-07-26/countries/kg`, with `recorded` where our own record is pinned too).
 */
export function pagePath(path: string, vintage: Vintage | undefined): string {
  if (!vintage) return path;
  const { knownOn, recordedAt } = vintage;
  return `as-known/${knownOn}/${path}${recordedAt ? `?recorded=${encodeURIComponent(recordedAt.toISOString())}` : ""}`;
}

/** The last moment of the vintage's day: what pages that show a past day take for now. */
export const momentOfVintage = (vintage: Vintage): Date => new Date(knownBy(vintage).getTime() - 1);

/** The instant from which something is too new for the vintage. */
export const knownBy = (vintage: Vintage): Date => endOfDay(vintage.knownOn, MOSCOW);

/** The rows of one feature as the vintage's instant of recording has them; named `row` in the query around it. */
export function rowsAsRecorded(feature: "snapshots" | "countries" | "deadlines" | "events", vintage: Vintage): SQL {
  const table = sql.identifier(feature);
  const at = sql.identifier(`${feature}_at`);
  return vintage.recordedAt ? sql`derived.${at}(${vintage.recordedAt.toISOString()}::timestamptz)` : sql`derived.${table}`;
}
