import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { readSettings } from "../settings";
import { connectionOptions } from "./address";
import { giveUpAll, noteRemark } from "./commit";
import { readingOf } from "./follower";
import { ROLE, type Role } from "./roles";
import * as schema from "./schema";

/** A database handle; a transaction has the same type, so that reads and writes take either. */
export type Database = PostgresJsDatabase<typeof schema>;

/** How soon after a connection failed the next is tried. */
const RECONNECT_SECONDS = 0.2;

/** `close` waits for queries under way for so many seconds. */
type Pool = { db: Database; close: (seconds?: number) => Promise<void> };

/** The driver's own handle of a pool, with the pool around it. */
type Opened = Pool & { sql: postgres.Sql };

type Work = (tx: postgres.TransactionSql) => Promise<unknown>;

/**
 * The driver holds what a transaction came to until the next on the same connection, in a race against the connection's
 * end that it never takes back: of a long series that is megabytes for each connection. So it is told of nothing.
 */
function lettingGo(sql: postgres.Sql): postgres.Sql {
  const { begin } = sql as { begin: (options: string, work: Work) => Promise<unknown> };
  const withoutResult = async (...given: [string, Work] | [Work]) => {
    const [options, work] = given.length === 2 ? given : ["", given[0]];
    let result: unknown;
    await begin(options, async (tx) => {
      result = await work(tx);
    });
    return result;
  };
  return Object.assign(sql, { begin: withoutResult });
}

/**
 * Opens a pool whose every connection steps down to `role` before anything else is said on it.
 * @param role undefined for who may see everything, as the address's own user does
 * @param max connections at most
 */
export function openPool(address: string, role: Role | undefined, max = 10): Opened {
  const sql = lettingGo(
    postgres({
      ...connectionOptions(address),
      max,
      connect_timeout: 3,
      // A machine that is gone says nothing of it: who asks nothing is found out after half a minute, not two hours.
      keep_alive: 10,
      // The driver would wait up to 20 seconds longer after each failure: who asks then has gone by the time it is back.
      backoff: () => RECONNECT_SECONDS,
      connection: { ...(role && { role }), application_name: `muhlat ${role ?? "owner"}`, TimeZone: "UTC" },
      onnotice: noteRemark,
    }),
  );
  return { sql, db: drizzle(sql, { schema }), close: (seconds = 5) => sql.end({ timeout: seconds }) };
}

/** A pool that reads of servers that follow, as far as they have what is needed (`readingOf`). */
function openReadingPool(leader: string, follower: string): Pool {
  const [one, other] = [openPool(leader, ROLE.reader), openPool(follower, ROLE.reader)];
  return {
    db: drizzle(readingOf(other.sql, one.sql), { schema }),
    close: async (seconds) => void (await Promise.all([one.close(seconds), other.close(seconds)])),
  };
}

/** Pages have a pool of their own where they may be read of servers that follow. */
const PAGES = "pages";
type Name = Role | typeof PAGES;

const shared = globalThis as { muhlatPools?: Map<Name, Pool> };
// The web bundle and the server around it are two copies of this module in one process: they share one set of pools.
shared.muhlatPools ??= new Map();
const pools = shared.muhlatPools;

function pool(name: Name, addressOf: () => string | undefined, open: (address: string) => Pool): Database {
  let found = pools.get(name);
  if (!found) {
    const address = addressOf();
    if (!address) throw new Error("DATABASE_URL is not set: start Muhlat with npm start");
    found = open(address);
    pools.set(name, found);
  }
  return found.db;
}

const addressToRead = () => readSettings().DATABASE_URL_PUBLIC ?? readSettings().DATABASE_URL;
const addressToWrite = () => readSettings().DATABASE_URL;
const openAs = (role: Role) => (address: string) => openPool(address, role);

/** The handle that the public is read for with: it cannot write, and cannot see people or sessions. */
export function readerDb(): Database {
  return pool(ROLE.reader, addressToRead, openAs(ROLE.reader));
}

/**
 * The same for a page, which is right when it has what this process was told of: where DATABASE_URL_REPLICA is set, that
 * is asked first. Never for what holds one state over several questions: servers that follow are not all equally far.
 */
export function pagesDb(): Database {
  const { DATABASE_URL_REPLICA: follower } = readSettings();
  return follower ? pool(PAGES, addressToRead, (leader) => openReadingPool(leader, follower)) : readerDb();
}

/** The handle staff pages read and write with: it can add to the record and change nothing in it. */
export function staffDb(): Database {
  return pool(ROLE.staff, addressToWrite, openAs(ROLE.staff));
}

/** The handle the ledger is written with: it reads what is to be sealed, and adds to the chain. */
export function sealerDb(): Database {
  return pool(ROLE.sealer, addressToWrite, openAs(ROLE.sealer));
}

/** How long what is under way may go on over connections that were replaced; seconds. An import takes long. */
const MAY_GO_ON = { [PAGES]: 15, [ROLE.reader]: 15, [ROLE.staff]: 3600, [ROLE.sealer]: 15 };

function renew(name: Name): void {
  const old = pools.get(name);
  pools.delete(name);
  // Whoever holds the old handle still may ask it something.
  if (old) setTimeout(() => void old.close(MAY_GO_ON[name]).catch(() => {}), 15_000).unref();
}

/** Reads go over new connections from now on: after an outage the old ones may wait for ever for what was never answered. */
export function renewReader(): void {
  renew(ROLE.reader);
  renew(PAGES);
}

/**
 * Whether the driver threw past everybody because a connection had died between two writes of a transaction: there is
 * nobody who could catch it (issues 1154 and 1208 of porsager/postgres, version 3.4.9), and what asks over that
 * connection later waits for ever. If so, everything goes over new connections from now on.
 */
export function isLostWrite(error: Error): boolean {
  const lost = error instanceof TypeError && /\bnextWrite\b.*postgres/.test(error.stack ?? "");
  if (lost) {
    renewAll();
    giveUpAll();
  }
  return lost;
}

/** Everything goes over new connections from now on. */
export function renewAll(): void {
  for (const name of [PAGES, ...Object.values(ROLE)] as const) renew(name);
}

const READ_ONLY = "25006";

/** Leaves connections that lead to a server which may only be read: it led before, and old connections lead to it still. */
export function leaveFollower(error: unknown): void {
  if ((((error as Error).cause ?? error) as { code?: string }).code === READ_ONLY) renewAll();
}

/** Closes every pool after the queries under way have ended; called once, at shutdown. */
export async function closePools(): Promise<void> {
  await Promise.all([...pools.values()].map((p) => p.close()));
  pools.clear();
}
