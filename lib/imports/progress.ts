import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { imports } from "@/db/schema";
import { hashToken } from "../staff/passwords";
import type { Actor } from "../staff/rules";
import { maySee } from "./rules";

/** What is being done with an import, and how many of its rows are done; `total` is unknown while a file is read for the first time. */
export type Progress = { step: Step; done: number; total: number | undefined };

const STEPS = ["waiting", "reading", "comparing", "writing", "withdrawing"] as const;
type Step = (typeof STEPS)[number];

/** Who brings a file, for as long as its import is no row that others could ask: eight letters, as a connection's name holds 63. */
const tagOf = ({ personId }: Actor): string => hashToken(personId).slice(0, 8);

/**
 * Says on the connection at work how far it is. Everybody can see it at once, although nothing of the transaction is
 * visible yet, and it is gone with the connection: what has died says nothing any more.
 * @param brings who brings the file, while its import is no row yet
 */
export async function tell(tx: Database, importId: string, { step, done, total }: Progress, brings?: Actor): Promise<void> {
  const told = `muhlat import ${importId} ${step} ${done} ${total ?? "-"}${brings ? ` ${tagOf(brings)}` : ""}`;
  await tx.execute(sql`select set_config('application_name', ${told}, true)`);
}

/** How far the work on an import is, whoever asks; undefined when nobody works on it. */
export async function progressOf(db: Database, importId: string): Promise<Progress | undefined> {
  return (await workOn(db, importId))?.progress;
}

/**
 * The same for somebody: null when nobody works on it, undefined when it is not theirs to see. A file that is still read
 * for the first time is seen by who brings it; of a name that is nothing yet nobody works on anything.
 */
export async function progressFor(db: Database, actor: Actor, importId: string): Promise<Progress | null | undefined> {
  const [row] = await db.select().from(imports).where(eq(imports.importId, importId));
  if (row && !maySee(actor, row)) return undefined;
  const work = await workOn(db, importId);
  if (!work) return null;
  return row || work.tag === tagOf(actor) ? work.progress : undefined;
}

async function workOn(db: Database, importId: string): Promise<{ progress: Progress; tag: string | undefined } | undefined> {
  const begins = `muhlat import ${importId} `;
  const [row] = await db.execute<{ told: string }>(sql`
    select application_name as told from pg_stat_activity
    where datname = current_database() and starts_with(application_name, ${begins}) limit 1`);
  const [word, done = "", total = "", tag] = row?.told.slice(begins.length).split(" ") ?? [];
  const step = STEPS.find((one) => one === word);
  return step && { progress: { step, done: Number(done), total: total === "-" ? undefined : Number(total) }, tag };
}
