import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { readSettings } from "../settings";
import { connectionOptions } from "./address";
import { ROLE, type Role } from "./roles";
import * as schema from "./schema";

/** A database handle; a transaction has the same type, so that reads and writes take either. */
export type Database = PostgresJsDatabase<typeof schema>;

/** How soon after a connection failed the next is tried. */
const RECONNECT_SECONDS = 0.2;

type Pool = { db: Database; close: () => Promise<void> };

/**
 * Opens a pool whose every connection steps down to `role` before anything else is said on it.
 * @param max connections at most
 */
export function openPool(address: string, role: Role, max = 10): Pool {
  const sql = postgres({
    ...connectionOptions(address),
    max,
    connect_timeout: 3,
    // The driver would wait up to 20 seconds longer after each failure: who asks then has gone by the time it is back.
    backoff: () => RECONNECT_SECONDS,
    connection: { role, application_name: `muhlat ${role}`, TimeZone: "UTC" },
    onnotice: () => {},
  });
  return { db: drizzle(sql, { schema }), close: () => sql.end({ timeout: 5 }) };
}

const shared = globalThis as { muhlatPools?: Map<Role, Pool> };
// The web bundle and the server around it are two copies of this module in one process: they share one set of pools.
shared.muhlatPools ??= new Map();
const pools = shared.muhlatPools;

function pool(role: Role, address: string | undefined): Database {
  let found = pools.get(role);
  if (!found) {
    if (!address) throw new Error("DATABASE_URL is not set: start Muhlat with npm start");
    found = openPool(address, role);
    pools.set(role, found);
  }
  return found.db;
}

/** The handle public pages read with: it cannot write, and cannot see people or sessions. */
export function readerDb(): Database {
  return pool(ROLE.reader, readSettings().DATABASE_URL_PUBLIC ?? readSettings().DATABASE_URL);
}

/** The handle staff pages read and write with: it can add to the record and change nothing in it. */
export function staffDb(): Database {
  return pool(ROLE.staff, readSettings().DATABASE_URL);
}

/** How long a page that is being made may go on reading over connections that were replaced; milliseconds. */
const READS_END = 15_000;

/** Reads go over new connections from now on: after an outage the old ones may wait for ever for what was never answered. */
export function renewReader(): void {
  const old = pools.get(ROLE.reader);
  pools.delete(ROLE.reader);
  if (old) setTimeout(() => void old.close().catch(() => {}), READS_END).unref();
}

/** Closes every pool after the queries under way have ended; called once, at shutdown. */
export async function closePools(): Promise<void> {
  await Promise.all([...pools.values()].map((p) => p.close()));
  pools.clear();
}
