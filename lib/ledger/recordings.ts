import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/** How long an act that is being written is waited for, and how often it is looked after; milliseconds. */
const PATIENCE = 3000;
const LOOK = 15;

/** The instant, to a millisecond, by which everything was recorded that is committed now: whoever pins it later reads the same. */
export async function newestRecording(db: Database): Promise<Date> {
  const tables = ["snapshots", "sources", "countries", "deadlines", "events"].map(
    (name) => sql`select max(recorded_at) as at from record.${sql.identifier(name)}`,
  );
  const [row] = await db.execute<{ at: string | null }>(
    sql`select ceil(extract(epoch from max(at)) * 1000)::text as at from (${sql.join(tables, sql` union all `)}) newest`,
  );
  return new Date(Number(row?.at ?? 0));
}

/** What the database takes for now: by its clock everything is stamped, and other machines' may differ. */
export async function databaseNow(db: Database): Promise<Date> {
  const [row] = await db.execute<{ now: string }>(sql`select (extract(epoch from clock_timestamp()) * 1000)::text as now`);
  return new Date(Number(row?.now));
}

/** Names the act that is being written now; undefined where none is. `act` lets one at a time hold this lock. */
async function actUnderWay(db: Database): Promise<string | undefined> {
  const [row] = await db.execute<{ act: string }>(sql`
    select virtualtransaction as act from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1 and (classid::bigint << 32 | objid::bigint) = hashtext('muhlat act')::bigint
      and database = (select oid from pg_database where datname = current_database())`);
  return row?.act;
}

/**
 * Waits for the act that is being written, if one is: what it has stamped already is not to be read yet, and belongs to
 * what was recorded by now.
 * @returns whether it has ended
 */
export async function untilWritten(db: Database): Promise<boolean> {
  const first = await actUnderWay(db);
  for (let waited = 0; first !== undefined && (await actUnderWay(db)) === first; waited += LOOK) {
    if (waited > PATIENCE) return false;
    await sleep(LOOK);
  }
  return true;
}
