import path from "node:path";
import { fileURLToPath } from "node:url";
import { connectionOptions } from "@/db/address";
import type { Database } from "@/db/client";
import { migrateDatabase, OldServerError, type Users } from "@/db/migrate";
import { changeableRecordTables } from "@/db/ready";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { hasAdmin } from "@/lib/staff/read";
import { ensureSystem, makeFirstAdmin, newSetUpLink } from "@/lib/staff/write";
import type { Settings } from "@/settings";

/** The database cannot be used; the message is a sentence for the operator. */
export class DatabaseError extends Error {
  /** @param mayPass whether the same may succeed a moment later */
  constructor(
    message: string,
    readonly mayPass = false,
  ) {
    super(message);
  }
}

const starterFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "data", "starter");

const userOf = (address: string | undefined) => (address ? connectionOptions(address).username : undefined);

/** Login names that connect as staff and as reader, where they have addresses of their own. */
export const usersOf = (settings: Settings): Users =>
  settings.DATABASE_URL_MIGRATE ? { staff: userOf(settings.DATABASE_URL), reader: userOf(settings.DATABASE_URL_PUBLIC) } : {};

/** Says where a database is without its password. */
export function place(address: string): string {
  const url = new URL(address);
  return `${url.hostname || url.searchParams.get("host") || "localhost"}:${url.port || 5432}${url.pathname}`;
}

/** Codes of a server that is not there, or not yet, or has no room right now. */
const NOT_THERE = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
  "EHOSTUNREACH",
  "ECONNRESET",
  "ETIMEDOUT",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "57P01",
  "57P03",
]);

/** What keeps from setting up a database, as a sentence. */
export function errorFor(error: unknown, address: string): DatabaseError {
  const { code, message, cause } = error as { code?: string; message?: string; cause?: { code?: string; message?: string } };
  const reason = cause?.message ?? message ?? String(error);
  const told = code ?? cause?.code ?? "";
  if (NOT_THERE.has(told))
    return new DatabaseError(
      `The database at ${place(address)} cannot be reached (${reason}). Check that it runs and that DATABASE_URL is right.`,
      true,
    );
  switch (told) {
    case "28P01":
    case "28000":
      return new DatabaseError(`The database at ${place(address)} refuses the user or password in its address (${reason}).`);
    case "3D000":
      return new DatabaseError(
        `The database server at ${place(address)} has no such database (${reason}). Make it first, for example with createdb.`,
      );
    case "42501":
      return new DatabaseError(
        `The user of DATABASE_URL (or DATABASE_URL_MIGRATE) may not set up the database (${reason}). It must own the database and be allowed to create roles.`,
      );
    default:
      return new DatabaseError(`The database at ${place(address)} could not be set up: ${reason}`);
  }
}

/**
 * Migrates, checks that nobody can change the record, loads the starter record into an empty
 * database, and makes the first admin where the settings say who that is.
 * @returns the token of a set-up link while there is no admin
 * @throws DatabaseError, StarterRecordError
 */
export async function prepareDatabase(
  settings: Settings,
  staffDb: () => Database,
  say: (line: string) => void,
): Promise<string | undefined> {
  const address = settings.DATABASE_URL_MIGRATE ?? settings.DATABASE_URL ?? "";
  try {
    await migrateDatabase(address, usersOf(settings));
  } catch (error) {
    throw error instanceof OldServerError ? new DatabaseError(error.message) : errorFor(error, address);
  }
  const db = staffDb();
  const changeable = await changeableRecordTables(db).catch((error) => {
    throw errorFor(error, settings.DATABASE_URL ?? "");
  });
  if (changeable.length > 0)
    throw new DatabaseError(
      `The staff role may change the record (${changeable.join(", ")}). Take UPDATE, DELETE and TRUNCATE from it and start again.`,
    );

  await ensureSystem(db);
  if (settings.MUHLAT_STARTER_RECORD === "load") {
    const loaded = await loadStarterRecord(db, starterFolder, new Date());
    if (loaded)
      say(
        `Loaded the starter record: ${loaded.statements} statements, ${loaded.deadlines} deadlines, ${loaded.events} events, ${loaded.countries} countries`,
      );
  }

  if (await hasAdmin(db)) return undefined;
  if (settings.MUHLAT_ADMIN_EMAIL) {
    const made = await act(db, (tx) =>
      makeFirstAdmin(tx, {
        email: settings.MUHLAT_ADMIN_EMAIL,
        name: settings.MUHLAT_ADMIN_EMAIL,
        password: settings.MUHLAT_ADMIN_PASSWORD,
      }),
    );
    if (!made.ok && made.failure.code === "invalid")
      throw new DatabaseError(
        `The first admin could not be made from MUHLAT_ADMIN_EMAIL and MUHLAT_ADMIN_PASSWORD: ${Object.entries(made.failure.fields)
          .map(([field, code]) => `${field}: ${code}`)
          .join(", ")}.`,
      );
    say(`Made the first admin: ${settings.MUHLAT_ADMIN_EMAIL}`);
    return undefined;
  }
  return newSetUpLink(db);
}
