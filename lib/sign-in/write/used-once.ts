import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { usedOnce } from "@/db/schema";
import { hashToken } from "../../staff/passwords";

/**
 * Uses something up that counts once: a challenge, a token of a provider.
 * @param minutes how long it would count; it is remembered until then
 * @returns false where it was used before, or is being used at this moment by somebody quicker
 */
export async function useOnce(db: Database, what: string, minutes: number): Promise<boolean> {
  await db.execute(sql`
    delete from staff.used_once where key in (select key from staff.used_once where until <= now() limit 200 for update skip locked)`);
  const until = sql`now() + make_interval(mins => ${minutes})` as unknown as Date;
  const used = await db
    .insert(usedOnce)
    .values({ key: hashToken(what), until })
    .onConflictDoNothing()
    .returning({ key: usedOnce.key });
  return used.length > 0;
}
