import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { addressOf } from "../setup/database";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL, recorded } from "../setup/record";

const root = path.resolve(import.meta.dirname, "../..");
const GOOD = "The derived rows match the record.\n";

let database: FreshDatabase;
let id: string;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
  id = await recorded(database.staff);
});
afterAll(() => database.close());

type Ended = { code: number | null; out: string; errors: string };

/** Runs the command as an operator would, with these settings and none of ours. */
function check(settings: Record<string, string>, ...args: string[]): Promise<Ended> {
  const { DATABASE_URL: _url, DATABASE_URL_MIGRATE: _migrate, DATABASE_URL_PUBLIC: _public, MUHLAT_DATA_DIR: _dir, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "bin/check-record.ts", ...args],
      { cwd: root, env: { ...env, ...settings } },
      (_error, out, errors) => resolve({ code: child.exitCode, out, errors }),
    );
  });
}

test("says in one sentence that the derived rows match the record", async () => {
  expect(await check({ DATABASE_URL: database.url })).toEqual({ code: 0, out: GOOD, errors: "" });
});

test("lists the statements whose rows do not match, and makes them anew when told to", async () => {
  await database.owner`update derived.snapshots set value = 7`;
  const found = await check({ DATABASE_URL: database.url });
  expect(found.code).toBe(1);
  expect(found.out.split("\n")).toContain(`snapshots ${id}`);

  const rebuilt = await check({ DATABASE_URL: database.url }, "--rebuild");
  expect(rebuilt).toEqual({ code: 0, out: `· Made the derived rows anew\n${GOOD}`, errors: "" });
  expect(await database.owner`select value from derived.snapshots`).toEqual([{ value: "1000" }]);
});

test("works at the owner's address where there are three", async () => {
  const nowhere = "postgres://nobody@127.0.0.1:1/none";
  const three = { DATABASE_URL: nowhere, DATABASE_URL_PUBLIC: nowhere, DATABASE_URL_MIGRATE: database.url };
  expect(await check(three)).toEqual({ code: 0, out: GOOD, errors: "" });
});

test("a database without a record, a server that is not there and a wrong setting are told in a sentence", async () => {
  const [empty, missing, wrong] = await Promise.all([
    check({ DATABASE_URL: addressOf(inject("server"), "postgres") }),
    check({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }),
    check({ DATABASE_URL: "mysql://x" }),
  ]);
  expect(empty).toEqual({ code: 2, out: "", errors: "There is no record in this database yet. Start Muhlat once first.\n" });
  expect(missing).toMatchObject({ code: 2, errors: expect.stringMatching(/^The record could not be checked: .*ECONNREFUSED.*\n$/) });
  expect(wrong).toMatchObject({ code: 2, errors: expect.stringMatching(/^The setting DATABASE_URL must be an address.*\n$/) });
});

test("without an address it looks into the data folder, and leaves no server running", async () => {
  const folder = path.join(tmpdir(), `muhlat-check-${randomUUID()}`);
  try {
    const ended = await check({ MUHLAT_DATA_DIR: folder });
    expect(ended).toMatchObject({ code: 2, errors: "There is no record in this database yet. Start Muhlat once first.\n" });
    expect(existsSync(path.join(folder, "postgres-18", "PG_VERSION"))).toBe(true);
    expect(existsSync(path.join(folder, "postgres-18", "postmaster.pid"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
