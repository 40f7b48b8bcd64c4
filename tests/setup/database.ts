import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { connectionOptions } from "@/db/address";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address of the server's own database, as superuser. */
    server: string;
    /** Name of the migrated, empty database that fresh ones are copied from. */
    template: string;
  }
}

const TEMPLATE = "muhlat_template";

/** Starts one PostgreSQL for all database tests and migrates the template; the answer stops and removes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The launcher makes the folder itself, with rights that let an unprivileged server in when root runs the tests.
  const folder = path.join(tmpdir(), `muhlat-tests-${randomUUID()}`);
  const server = await startEmbedded(folder, () => {});
  const stop = async () => {
    await server.stop();
    const sockets = new URL(server.url).searchParams.get("host");
    for (const left of [folder, sockets]) if (left) rmSync(left, { recursive: true, force: true });
  };
  try {
    const sql = postgres({ ...connectionOptions(server.url), max: 1 });
    await sql`create database ${sql(TEMPLATE)}`;
    await sql.end();
    await migrateDatabase(addressOf(server.url, TEMPLATE));
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("server", server.url);
  project.provide("template", TEMPLATE);
  return stop;
}

/** The address of another database on the same server. */
export function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
