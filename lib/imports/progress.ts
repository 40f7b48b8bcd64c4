import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/** What is being done with an import, and how many of its rows are done; `total` is unknown while a file is read for the first time. */
export type Progress = { step: Step; done: number; total: number | undefined };

const STEPS = ["waiting", "reading", "comparing", "writing", "withdrawing"] as const;
type Step = (typeof STEPS)[number];

/**
 * Says on the connection at work how far it is. Everybody can see it at once, although nothing of the transaction is
 * visible yet, and it is gone with the connection: what has died says nothing any more.
 */
export async function tell(tx: Database, importId: string, { step, done, total }: Progress): Promise<void> {
  await tx.execute(sql`select set_config('application_name', ${`muhlat import ${importId} ${step} ${done} ${total ?? "-"}`}, true)`);
}

/** How far the work on an import is; undefined when nobody works on it. */
export async function progressOf(db: Database, importId: string): Promise<Progress | undefined> {
  const begins = `muhlat import ${importId} `;
  const [row] = await db.execute<{ told: string }>(sql`
    select application_name as told from pg_stat_activity
    where datname = current_database() and starts_with(application_name, ${begins}) limit 1`);
  const [word, done = "", total = ""] = row?.told.slice(begins.length).split(" ") ?? [];
  const step = STEPS.find((one) => one === word);
  return step && { step, done: Number(done), total: total === "-" ? undefined : Number(total) };
}
