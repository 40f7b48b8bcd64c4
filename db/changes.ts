import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { sql as part } from "drizzle-orm";
import postgres from "postgres";
import { connectionOptions } from "./address";
import type { Database } from "./client";
import { forgetEar, LISTENER, LISTENING, type Listening, noteEars } from "./ears";
import { ROLE } from "./roles";

/** Told by triggers in every transaction that changes what the public sees. */
const CHANGED = "muhlat_changed";
/** Said by a writer after its commit, with a number: whoever hears it has heard of everything committed before. */
const ASKED = "muhlat_asked";

/** A listener that was not heard of for so long does not know any more what has changed; milliseconds. */
const LEASE = 3000;
const BEAT = 1000;
const RETRY = 300;

/** Between two looks at what listeners show; milliseconds. */
const LOOK = 3;

const shared = globalThis as { muhlatShown?: { number: bigint; told: EventEmitter } };
// The web bundle and the server around it are two copies of this module in one process.
shared.muhlatShown ??= { number: 0n, told: new EventEmitter().setMaxListeners(0) };
/** The last number that a listener of this process has shown: it hears and tells sooner than any look. */
const shown = shared.muhlatShown;

function show(number: bigint): void {
  shown.number = number;
  shown.told.emit("shown");
}

/** Waits for the next look, or until a listener of this process shows the number. */
const untilShown = (number: bigint): Promise<void> =>
  new Promise((resolve) => {
    if (shown.number >= number) return resolve();
    const over = () => {
      clearTimeout(timer);
      shown.told.off("shown", over);
      resolve();
    };
    const timer = setTimeout(over, LOOK);
    shown.told.on("shown", over);
  });

/** A process's ear for changes of the record. */
export type Watch = {
  /** Whether everything that was acknowledged to a writer before this moment has been told here. */
  trusted: () => boolean;
  /** A place in the server's log behind everything that was told here; undefined while it is not known, or not trusted. */
  toldUpTo: () => string | undefined;
  stop: () => Promise<void>;
};

type Told = {
  /** Something has changed. */
  changed: () => void;
  /** The connection stands, after a time in which anything may have changed. */
  connected: () => void;
  /** The connection is gone, or silent. */
  lost: () => void;
};

/**
 * Listens for changes of the record, for ever: a connection that breaks or falls silent is told and made again.
 *
 * A question a second on the same connection, who else listens, proves that it lives; the server hands out what it has to tell
 * before it answers, so an answer proves too that nothing committed before the question is still on its way.
 */
export function watchChanges(address: string, told: Told): Watch {
  let provenAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let broken: (error: Error) => void = () => {};
  let place: string | undefined;
  let changes = 0;
  const name = randomUUID().slice(0, 8);

  const listen = async (): Promise<void> => {
    const closed = new Promise<never>((_, reject) => {
      broken = reject;
    });
    closed.catch(() => {});
    let heard = 0n;
    const options = {
      ...connectionOptions(address),
      max: 1,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: 2,
      fetch_types: false,
      prepare: false,
      connection: { role: ROLE.reader, application_name: "muhlat listening", TimeZone: "UTC" },
      onnotice: () => {},
      onclose: () => broken(new Error("the connection has ended")),
      // The driver's own `listen` keeps its connection to itself: nothing could be asked on it.
      onnotify: (channel: string, number: string) => {
        if (channel === CHANGED) {
          told.changed();
          void findPlace().catch(broken);
          return;
        }
        // Numbers come in the order of commits, not in their own: what was heard stays heard.
        heard = BigInt(number) > heard ? BigInt(number) : heard;
        const hears = heard;
        sql`select set_config('application_name', ${`${LISTENER} ${hears} ${name}`}, false)`.then(() => show(hears), broken);
      },
    };
    const sql = postgres(options);
    const findPlace = async () => {
      changes += 1;
      const latest = changes;
      place = undefined;
      const [row] = await sql<{ place: string }[]>`select pg_current_wal_insert_lsn()::text as place`;
      if (latest === changes) place = row?.place;
    };
    const inTime = async <T>(question: PromiseLike<T>): Promise<T> => {
      const timer = new AbortController();
      const late = sleep(LEASE, undefined, { signal: timer.signal }).then(() => Promise.reject(new Error("no answer")));
      late.catch(() => {});
      return Promise.race([question, closed, late]).finally(() => timer.abort());
    };
    let beganAt = performance.now();
    try {
      await inTime(sql`listen ${sql(CHANGED)}`);
      await inTime(sql`listen ${sql(ASKED)}`);
      beganAt = performance.now();
      await inTime(
        sql`select set_config('application_name', ${`${LISTENER} `} || pg_snapshot_xmax(pg_current_snapshot()) || ${` ${name}`}, false)`,
      );
      await inTime(findPlace());
      told.connected();
      while (!stopped) {
        provenAt = beganAt;
        await Promise.race([sleep(BEAT), closed]);
        beganAt = performance.now();
        noteEars(await inTime(sql.unsafe<Listening[]>(LISTENING)), LEASE);
      }
    } finally {
      const stood = provenAt > Number.NEGATIVE_INFINITY;
      provenAt = Number.NEGATIVE_INFINITY;
      changes += 1;
      place = undefined;
      if (stood && !stopped) told.lost();
      await sql.end({ timeout: 0 }).catch(() => {});
    }
  };

  const trusted = () => performance.now() - provenAt < LEASE;
  const ended = (async () => {
    while (!stopped) {
      await listen().catch(() => {});
      if (!stopped) await sleep(RETRY);
    }
  })();
  return {
    trusted,
    toldUpTo: () => (trusted() ? place : undefined),
    stop: () => {
      stopped = true;
      broken(new Error("stopped"));
      return ended.finally(() => forgetEar(name));
    },
  };
}

/**
 * Waits, after a commit, until every process that keeps documents has heard of it, so that whoever is told
 * that something is public finds it public wherever they ask.
 *
 * A process that does not say so within the lease has no answer to its own questions either, and by then trusts
 * nothing it keeps; so has one whose connection is gone, which may be the last to learn it. Never fails: what was
 * committed is committed.
 */
export async function untilAllKnow(db: Database): Promise<void> {
  const given = performance.now() + LEASE + BEAT / 4;
  try {
    const [asked] = await db
      .select({ number: part<string>`pg_current_xact_id()::text`, told: part`pg_notify(${ASKED}, pg_current_xact_id()::text)` })
      .from(part`(select 1 where exists (select from (${part.raw(LISTENING)}) listening where process is not null)) one`)
      .prepare("asked")
      .execute();
    const number = BigInt(asked?.number ?? 0);
    if (asked) await untilShown(number);
    for (;;) {
      const listening = await db
        .select({ which: part<string>`which`, process: part<string | null>`process`, heard: part<string | null>`heard` })
        .from(part`(${part.raw(LISTENING)}) listening`)
        .prepare("listening")
        .execute();
      const late = asked !== undefined && listening.some(({ heard }) => heard !== null && BigInt(heard) < number);
      const gone = noteEars(listening, LEASE).awaited;
      if ((!late && !gone) || performance.now() >= given) return;
      await sleep(late ? LOOK : 30);
    }
  } catch {
    await sleep(Math.max(0, given - performance.now()));
  }
}
