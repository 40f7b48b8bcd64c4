import { afterAll, beforeAll } from "vitest";
import { importOf } from "@/lib/imports/read";
import { type Asked, sendImport, takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import type { Actor } from "@/lib/staff/rules";
import { sentFiles } from "../imports/sent-files";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, NOW, RECORDER, REVIEWER, rowCounts } from "./record";

export const OTHER: Actor = { personId: "other-recorder", role: "recorder", countries: ["KG"] };
export const OTHER_ADMIN: Actor = { personId: "other-admin", role: "country_admin", countries: ["TJ"] };

export const files = sentFiles();
export let database: FreshDatabase;
/** Brings the file that calls it a database with people in it who bring tables, and decide about them. */
export function withImporters(): void {
  beforeAll(async () => {
    database = await freshDatabase();
    await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER, RECORDER, OTHER, OTHER_ADMIN);
  });
  afterAll(async () => {
    files.remove();
    await database.close();
  });
}

/** A table that was brought and looked at. */
export async function taken(content: string, actor: Actor = CENTRAL) {
  const importId = accepted(await takeImport(database.staff, actor, { path: files.write(content), fileName: "list.csv" }, NOW));
  return { importId, version: 1 };
}

export const send = (actor: Actor, of: { importId: string; version: number }, asked: Asked = {}) =>
  act(database.staff, (tx) => sendImport(tx, actor, of, asked, NOW));

/** Its state and version. */
export async function stateOf(importId: string) {
  const found = await importOf(database.staff, CENTRAL, importId);
  return [found?.state, found?.version];
}

/** Rows of the record alone. */
export async function recordCounts() {
  const counts = await rowCounts(database.staff);
  return Object.fromEntries(Object.entries(counts).filter(([table]) => !table.startsWith("staff.")));
}
