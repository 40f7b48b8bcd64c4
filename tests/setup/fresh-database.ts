import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { connectionOptions } from "@/db/address";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { addressOf } from "./database";

/** A migrated, empty database of one test file. */
export type FreshDatabase = {
  url: string;
  /** The owner of the schema, who is superuser too. */
  owner: postgres.Sql;
  staff: Database;
  reader: Database;
  sealer: Database;
  /** Ends the connections, so that others can be copied from it. */
  release: () => Promise<unknown>;
  /** Ends the connections and removes it. */
  close: () => Promise<void>;
};

/** Makes a database: a migrated, empty one, or a copy of one that was released. */
export async function freshDatabase(copyOf?: FreshDatabase): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(
    (sql) => sql`create database ${sql(name)} template ${sql(copyOf ? new URL(copyOf.url).pathname.slice(1) : inject("template"))}`,
  );
  const url = addressOf(inject("server"), name);
  const owner = postgres({ ...connectionOptions(url), max: 4, onnotice: () => {} });
  const staff = openPool(url, ROLE.staff, 4);
  const reader = openPool(url, ROLE.reader, 4);
  const sealer = openPool(url, ROLE.sealer, 2);
  const release = () => Promise.all([owner.end({ timeout: 5 }), staff.close(), reader.close(), sealer.close()]);
  const close = async () => {
    await release();
    await onServer((sql) => sql`drop database ${sql(name)} with (force)`);
  };
  return { url, owner, staff: staff.db, reader: reader.db, sealer: sealer.db, release, close };
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...connectionOptions(inject("server")), max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
