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
  close: () => Promise<void>;
};

/** Makes a migrated, empty database; `close` ends its connections and removes it. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer((sql) => sql`create database ${sql(name)} template ${sql(inject("template"))}`);
  const url = addressOf(inject("server"), name);
  const owner = postgres({ ...connectionOptions(url), max: 4, onnotice: () => {} });
  const staff = openPool(url, ROLE.staff, 4);
  const reader = openPool(url, ROLE.reader, 4);
  const close = async () => {
    await Promise.all([owner.end({ timeout: 5 }), staff.close(), reader.close()]);
    await onServer((sql) => sql`drop database ${sql(name)} with (force)`);
  };
  return { url, owner, staff: staff.db, reader: reader.db, close };
}

async function onServer(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres({ ...connectionOptions(inject("server")), max: 1, onnotice: () => {} });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
