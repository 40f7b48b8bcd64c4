import { inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { tries } from "@/db/schema";
import { hashToken } from "../../staff/passwords";

/** So many tries within so many minutes, counted from the first. */
export type Limit = { on: string; most: number; minutes: number };

/** Whether one may try; if not, when again. */
export type Taken = { ok: true } | { ok: false; until: Date };

class NoneLeft extends Error {
  constructor(readonly until: Date) {
    super("no try is left");
  }
}

const keyOf = ({ on }: Limit) => hashToken(on);

/** Rows that a person who tries takes away of those whose window is over. */
const TIDIED = 200;

/**
 * Takes a try of each limit, or of none. Exact however many try at once and in how many processes: each row is taken
 * under its lock. Always in the order given, the widest first, so that two who try do not wait for each other.
 */
export async function takeTries(db: Database, limits: readonly Limit[]): Promise<Taken> {
  await db.execute(sql`
    delete from staff.tries where key in (
      select key from staff.tries where until <= now() limit ${TIDIED} for update skip locked)`);
  try {
    await db.transaction(async (tx) => {
      for (const limit of limits) await takeOne(tx as unknown as Database, limit);
    });
    return { ok: true };
  } catch (error) {
    if (error instanceof NoneLeft) return { ok: false, until: error.until };
    throw error;
  }
}

async function takeOne(tx: Database, limit: Limit): Promise<void> {
  const key = keyOf(limit);
  // The clock, not the transaction's beginning: it may have waited for the row.
  const [taken] = await tx.execute(sql`
    insert into staff.tries as t (key, taken, until)
    values (${key}, 1, clock_timestamp() + make_interval(mins => ${limit.minutes}))
    on conflict (key) do update set
      taken = case when t.until <= clock_timestamp() then 1 else t.taken + 1 end,
      until = case when t.until <= clock_timestamp() then excluded.until else t.until end
    where t.until <= clock_timestamp() or t.taken < ${limit.most}
    returning taken`);
  if (taken) return;
  const [row] = await tx.select({ until: tries.until }).from(tries).where(sql`key = ${key}`);
  throw new NoneLeft(row?.until ?? new Date());
}

/** After a right answer: what it took is given back, and the first limit's count begins anew. */
export async function forgiveTries(db: Database, own: Limit, wider: readonly Limit[]): Promise<void> {
  await db.delete(tries).where(sql`key = ${keyOf(own)}`);
  if (wider.length > 0)
    await db
      .update(tries)
      .set({ taken: sql`greatest(taken - 1, 0)` })
      .where(inArray(tries.key, wider.map(keyOf)));
}
