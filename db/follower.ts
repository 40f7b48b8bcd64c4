import type { Sql, TransactionSql } from "postgres";

/** How long a server that follows may take to say how far it is; milliseconds. */
const PATIENCE = 1000;
/** How long one that failed is left alone; milliseconds. */
const BACK_OFF = 2000;

const shared = globalThis as { muhlatNeeded?: () => string | undefined };

/**
 * Says how far a server that follows must be before anything is read of it: a place in the log of the one that leads,
 * behind everything that this process was told of; undefined while that is not known, and then nothing is read of it.
 */
export function readOnlyUpTo(needed: () => string | undefined): void {
  shared.muhlatNeeded = needed;
}

class NotSoFar extends Error {}

/** Sees, on the connection that is read over, that its server has all that is needed; what is asked after this sees it. */
async function caughtUp(tx: TransactionSql, place: string): Promise<void> {
  const [row] = await tx<{ so_far: boolean }[]>`
    select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_insert_lsn() end >= ${place}::pg_lsn as so_far`;
  if (!row?.so_far) throw new NotSoFar();
}

/** The work, unless `begun` was not called in time. */
function begunInTime<T>(work: (begun: () => void) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer in time")), PATIENCE);
    work(() => clearTimeout(timer))
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/**
 * A client that reads of a server that follows where that has all that is needed, and of the one that leads else: while
 * it lags behind, is gone, or breaks off. Nothing is read of it that is older than what this process was told.
 * @param leader what is read of where the other cannot be
 */
export function readingOf(follower: Sql, leader: Sql): Sql {
  let leftUntil = 0;
  const read = async <T>(ofFollower: (place: string, begun: () => void) => Promise<T>, ofLeader: () => Promise<T>): Promise<T> => {
    const place = shared.muhlatNeeded?.();
    if (place === undefined || performance.now() < leftUntil) return ofLeader();
    try {
      return await begunInTime((begun) => ofFollower(place, begun));
    } catch (error) {
      // Whatever it was, the one that leads says whether it is wrong there too.
      if (!(error instanceof NotSoFar)) leftUntil = performance.now() + BACK_OFF;
      return ofLeader();
    }
  };

  const unsafe = (...question: Parameters<Sql["unsafe"]>) => {
    const ask = (whole: (sql: Sql | TransactionSql) => Promise<unknown>) =>
      read(
        (place, begun) =>
          follower.begin("read only", async (tx) => {
            await caughtUp(tx, place);
            begun();
            return whole(tx);
          }),
        () => whole(leader),
      );
    const rows = () => ask(async (sql) => sql.unsafe(...question));
    return {
      // biome-ignore lint/suspicious/noThenProperty: the driver's own questions are begun by whoever waits for them.
      then: (...on: Parameters<Promise<unknown>["then"]>) => rows().then(...on),
      values: () => ask(async (sql) => sql.unsafe(...question).values()),
    };
  };
  const begin = (work: (tx: TransactionSql) => Promise<unknown>) =>
    read(
      (place, begun) =>
        follower.begin(async (tx) => {
          await caughtUp(tx, place);
          begun();
          // What is asked from here on may choose what it sees, as at the beginning of a transaction.
          await tx.unsafe("commit and chain");
          return work(tx);
        }),
      () => leader.begin(work),
    );
  return new Proxy(leader, { get: (sql, name) => (name === "unsafe" ? unsafe : name === "begin" ? begin : Reflect.get(sql, name)) });
}
