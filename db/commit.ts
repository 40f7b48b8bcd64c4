import { sql } from "drizzle-orm";
import type { Notice } from "postgres";
import type { Database } from "./client";

/** How long an answer to a commit is waited for; milliseconds. The server itself never gives up one that waits for a second machine. */
const PATIENCE = 15_000;

const UNKNOWN = "OUTCOME_UNKNOWN";

/** Whether it was committed is not known: it may be, now or later, or never. Who sends it again under its key finds out. */
export class OutcomeUnknownError extends Error {
  readonly code = UNKNOWN;
}

/** Whether somebody is to be told that the outcome is not known. The web bundle may hold the class more than once. */
export const isOutcomeUnknown = (error: unknown): boolean => (error as { code?: string } | null)?.code === UNKNOWN;

const shared = globalThis as { muhlatCommits?: { notWaitedFor: number; underWay: Set<(why: Error) => void> } };
shared.muhlatCommits ??= { notWaitedFor: 0, underWay: new Set() };
const commits = shared.muhlatCommits;

/**
 * Hears what the server remarks on any connection: that it broke off waiting for a second machine reaches the driver as
 * a success with a warning, of which only the place in the server's source is the same in every language.
 */
export function noteRemark({ routine }: Notice): void {
  if (routine === "SyncRepWaitForLSN") commits.notWaitedFor += 1;
}

/** Whoever waits for a transaction is told that its outcome is not known: a connection was lost, and nobody can say whose. */
export function giveUpAll(): void {
  for (const giveUp of commits.underWay) giveUp(new OutcomeUnknownError("a connection was lost in a transaction"));
}

/** Whether the database was not there, only follows another, or had to break off or be waited for too long; anything else is a fault of ours. */
export function isAway(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? error) as { code?: string };
  return /^(?:(?:08|53|57|58)...|25006|55P03|E[A-Z]+|CONNECT(?:ION)?_[A-Z]+)$/.test(code ?? "");
}

/** Whether the server itself said that it did not do it, and went on. */
const saidNo = (error: unknown): boolean => {
  const { severity } = ((error as Error).cause ?? error) as { severity?: string };
  return severity === "ERROR";
};

/**
 * Runs a transaction whose end is certain: it resolves when it is committed as safely as the server is set up to do, and
 * rejects as the work does, or with what went wrong, when nothing was written.
 * @throws OutcomeUnknownError where a commit was begun and its answer was lost, does not come, or is one that nobody may trust
 */
export async function transactionWithOutcome<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  let notWaitedForBefore: number | undefined;
  let giveUp: (why: Error) => void = () => {};
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  commits.underWay.add(giveUp);
  const running = db.transaction(async (tx) => {
    const result = await work(tx as unknown as Database);
    notWaitedForBefore = commits.notWaitedFor;
    timer = setTimeout(() => giveUp(new OutcomeUnknownError("the commit was not answered in time")), PATIENCE);
    return result;
  });
  running.catch(() => {});
  try {
    const result = await Promise.race([running, givenUp]);
    // It may have been another's of the same moment: whoever asks again is answered again.
    if (notWaitedForBefore !== commits.notWaitedFor) throw new OutcomeUnknownError("the server did not wait for a second machine");
    return result;
  } catch (error) {
    if (notWaitedForBefore === undefined || saidNo(error) || isOutcomeUnknown(error)) throw error;
    throw new OutcomeUnknownError("the connection was lost while the commit was under way", { cause: error });
  } finally {
    clearTimeout(timer);
    commits.underWay.delete(giveUp);
  }
}

/** A condition that always holds, for a write that may be lost: it does not wait for a second machine, and keeps nobody while there is none. */
export const mayBeLost = sql`set_config('synchronous_commit', 'local', true) is not null`;
