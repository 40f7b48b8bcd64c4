import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type Moment, momentOf } from "../moments/rules";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";

/** How many statements count in a vintage, from when until when they reach, and what moment the newest is about. */
export type Extent = { statements: number; from: Date; to: Date; newest: Moment };

/** The extent of what counts in a vintage; undefined where nothing does. */
export async function extentOf(db: Database, vintage: Vintage): Promise<Extent | undefined> {
  const known = sql`${knownBy(vintage).toISOString()}::timestamptz`;
  const rows = rowsAsRecorded("snapshots", vintage);
  const [row] = await db.execute<{ statements: string; from: string | null; to: string; newest: string }>(sql`
    select count(*) as statements, min(as_of_from) as "from", max(as_of_to) as "to", 
      (max(array[to_char(as_of_to, 'YYYY-MM-DD HH24:MI:SS'), as_of]))[2] as newest
    from ${rows} as row
    where known_from <= ${known} and not exists (
      select from ${rows} as later where later.restates = row.statement_id and later.restates is not null and later.known_from <= ${known})`);
  if (!row?.from) return undefined;
  return { statements: Number(row.statements), from: new Date(row.from), to: new Date(row.to), newest: momentOf(row.newest) };
}
