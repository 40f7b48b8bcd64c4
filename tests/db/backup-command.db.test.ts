import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { type EmbeddedDatabase, startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { sealAll } from "@/lib/ledger/seal";
import { ensureSystem } from "@/lib/staff/write";
import { emptyDatabase, schemasIn } from "../setup/backups";
import type { FreshDatabase } from "../setup/fresh-database";
import { KEY, SECRET } from "../setup/ledger";
import { addPeople, CENTRAL, recorded } from "../setup/record";
import { addressAs, DEBIAN_15, installedServer } from "../setup/servers";

// The commands, as an operator gives them: on the embedded database, on a server, and interrupted.

vi.setConfig({ testTimeout: 180_000 });

const root = path.resolve(import.meta.dirname, "../..");
let folder: string;
let server: EmbeddedDatabase;

/** What is recorded before the first backup, by an owner at this address. */
async function filled(address: string): Promise<void> {
  await migrateDatabase(address);
  const [staff, sealer] = [openPool(address, ROLE.staff, 1), openPool(address, ROLE.sealer, 1)];
  await ensureSystem(staff.db);
  await addPeople(staff.db, CENTRAL);
  await recorded(staff.db);
  await sealAll(sealer.db, { current: KEY });
  await Promise.all([staff.close(), sealer.close()]);
}

beforeAll(async () => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "muhlat-backups-")));
  server = await startEmbedded(path.join(folder, "data"), () => {});
  await filled(server.url);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const { DATABASE_URL: _url, DATABASE_URL_MIGRATE: _migrate, DATABASE_URL_PUBLIC: _public, MUHLAT_DATA_DIR: _dir, ...env } = process.env;
type Ended = { code: number | null; out: string; errors: string };

const command = (name: "backup" | "restore", settings: Record<string, string>, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const given = ["--import", "tsx", path.join(root, `bin/${name}.ts`), ...args];
    const child = execFile(process.execPath, given, { cwd: root, env: { ...env, ...settings } }, (_error, out, errors) =>
      resolve({ code: child.exitCode, out, errors }),
    );
  });
const at = (name: string) => path.join(folder, name);
const data = (name: string) => ({ MUHLAT_DATA_DIR: at(name) });
const counted = async (address: string) => {
  const sql = postgres({ ...connectionOptions(address), max: 1, onnotice: () => {} });
  const [row] =
    await sql`select (select count(*)::int from record.snapshots) as figures, (select count(*)::int from ledger.entries) as entries`;
  await sql.end();
  return row;
};

describe("on the embedded database", () => {
  test("one is taken while Muhlat runs, and says what is not in it", async () => {
    writeFileSync(at("data/auth-secret"), "x");
    writeFileSync(at("data/ledger-key"), SECRET);
    // Somebody else's environment, in which the socket would lie elsewhere.
    const { code, out, errors } = await command("backup", { ...data("data"), XDG_RUNTIME_DIR: folder.slice(0, 50) }, at("first.backup"));
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(out).toMatch(/^Everything as it stood at \d{4}-.+Z is in .+first\.backup: \d+ rows of \d+ tables, \d\.\d MB\.$/m);
    expect(out).toMatch(/^The ledger in it ends at entry \d+, sealed .+: [0-9a-f]{64}\.$/m);
    expect(out).toContain(`Not in it are the secrets beside the database: ${at("data/auth-secret")}, ${at("data/ledger-key")}.`);
    expect(await counted(server.url)).toMatchObject({ figures: 1 });
  });

  test("none is brought back while it runs, nor over data, nor from half a file", async () => {
    expect(await command("restore", data("data"), at("first.backup"))).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^Muhlat is already running on the data in .+ Stop it first/),
    });
    writeFileSync(at("half.backup"), "Muhlat backup 1\nhalf");
    const half = await command("restore", data("never-made"), at("half.backup"));
    expect(half).toMatchObject({ code: 2, errors: expect.stringMatching(/^.+half\.backup is cut off: .+\n$/) });
    expect(existsSync(at("never-made"))).toBe(false);
  });

  test("it is brought back into a new folder, says where the ledger ends, and can be backed up from there, not running", async () => {
    const restored = await command("restore", data("new"), at("first.backup"));
    expect(restored).toMatchObject({ code: 0, errors: "" });
    expect(restored.out).toMatch(/^Everything is back as it stood at .+Z\. Derived rows and ledger fit\.$/m);
    expect(restored.out).toMatch(/^The ledger ends at entry \d+, sealed .+: [0-9a-f]{64}\.$/m);
    expect(restored.out).toContain(`Its key, ${KEY.name}, is not at hand: put it back as ${at("new/ledger-key")}`);
    expect(restored.out).toMatch(/Whoever kept a later head will find the ledger cut off at entry \d+/);
    expect(await command("restore", data("new"), at("first.backup"))).toMatchObject({
      code: 2,
      errors: expect.stringMatching(/^There is data of Muhlat in this database already/),
    });
    const again = await command("backup", data("new"), at("again.backup"));
    expect(again).toMatchObject({ code: 0, errors: "" });
    const withKey = await command("restore", { ...data("newer"), LEDGER_KEY: SECRET }, at("again.backup"));
    expect(withKey.out).toContain("Its key is at hand: sealing goes on where it ended.");
    const newer = await startEmbedded(at("newer"), () => {});
    expect(await counted(newer.url)).toEqual(await counted(server.url));
    await newer.stop();
  });

  test("what is asked wrongly is told in a sentence", async () => {
    const [nothing, none, odd, two] = await Promise.all([
      command("backup", data("nowhere"), at("x.backup")),
      command("restore", data("nowhere")),
      command("restore", data("nowhere"), "--wrong", "x"),
      command("backup", data("nowhere"), "a", "b"),
    ]);
    for (const { code, out } of [nothing, none, odd, two]) expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(nothing.errors).toMatch(/^There is no database in .+nowhere\. Check MUHLAT_DATA_DIR, or set DATABASE_URL\.\n$/);
    expect(none.errors).toBe("Name the backup: npm run restore -- file\n");
    expect(odd.errors).toContain("--wrong");
    expect(two.errors).toMatch(/^Name one file or folder/);
    expect(existsSync(at("nowhere"))).toBe(false);
  });
});

describe.runIf(existsSync(DEBIAN_15))(`on PostgreSQL 15${existsSync(DEBIAN_15) ? "" : ` (skipped: there is no ${DEBIAN_15})`}`, () => {
  test("one of PostgreSQL 18 is brought back by an owner who is no superuser, and the other way round", async () => {
    const older = await installedServer(DEBIAN_15);
    const admin = postgres({ ...connectionOptions(older.url), max: 1, onnotice: () => {} });
    try {
      await admin`create role ordinary login createrole`;
      await admin`create database one owner ordinary`;
      const address = addressAs(older.url, "ordinary", "one");
      const restored = await command("restore", { ...data("none"), DATABASE_URL: address }, at("first.backup"));
      expect(restored).toMatchObject({ code: 0, errors: "" });
      expect(await command("backup", { ...data("none"), DATABASE_URL: address }, at("older.backup"))).toMatchObject({
        code: 0,
        errors: "",
      });
      const back = await command("restore", data("back"), at("older.backup"));
      expect(back).toMatchObject({ code: 0, errors: "" });
      expect(await counted(address)).toEqual(await counted(server.url));
      const none = await command("restore", { DATABASE_URL: addressAs(older.url, "ordinary", "none") }, at("first.backup"));
      expect(none).toMatchObject({ code: 2, errors: expect.stringMatching(/has no such database/) });
    } finally {
      await admin.end();
      await older.close();
    }
  });
});

describe("interrupted", () => {
  let large: FreshDatabase;
  let into: FreshDatabase;
  beforeAll(async () => {
    [large, into] = await Promise.all([emptyDatabase(), emptyDatabase()]);
    await filled(large.url);
    await large.owner`insert into staff.tries (key, taken, until) select 'key ' || n, 1, 'infinity' from generate_series(1, 600000) n`;
  });
  afterAll(async () => {
    await Promise.all([large.close(), into.close()]);
  });

  const started = (name: "backup" | "restore", address: string, file: string): ChildProcess & { said: () => string } => {
    const given = ["--import", "tsx", path.join(root, `bin/${name}.ts`), file];
    const child = spawn(process.execPath, given, { cwd: root, env: { ...env, DATABASE_URL: address }, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    return Object.assign(child, { said: () => said });
  };
  const until = async (child: ChildProcess & { said: () => string }, words: string) => {
    while (!child.said().includes(words)) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${child.said()}`);
      await sleep(10);
    }
  };

  test("a backup leaves nothing; killed, it leaves what is refused", async () => {
    const files = () => readdirSync(folder).filter((name) => name.startsWith("cut"));
    const stopped = started("backup", large.url, at("cut.backup"));
    await until(stopped, "rows so far");
    expect(files()).toEqual(["cut.backup.part"]);
    stopped.kill("SIGINT");
    await once(stopped, "close");
    expect(stopped.exitCode).toBe(130);
    expect(stopped.said()).toContain("Interrupted. Nothing is left of this backup.");
    expect(files()).toEqual([]);
    const killed = started("backup", large.url, at("cut.backup"));
    await until(killed, "rows so far");
    killed.kill("SIGKILL");
    await once(killed, "close");
    expect(files()).toEqual(["cut.backup.part"]);
    const half = await command("restore", { DATABASE_URL: into.url }, at("cut.backup.part"));
    expect(half).toMatchObject({ code: 2, errors: expect.stringMatching(/is cut off/) });
    expect(await schemasIn(into.owner)).toEqual([]);
  });

  test("a backup that waits for a lock ends when told to", async () => {
    const ended = large.owner.begin(async (sql) => {
      await sql`lock table staff.tries in access exclusive mode`;
      const waiting = started("backup", large.url, at("waits.backup"));
      while (!(await sql`select 1 from pg_locks where not granted and locktype = 'relation'`).length) await sleep(20);
      waiting.kill("SIGTERM");
      await once(waiting, "close");
      return waiting.exitCode;
    });
    expect(await ended).toBe(130);
    expect(existsSync(at("waits.backup.part"))).toBe(false);
  });

  test("a restore that is killed in its middle leaves the database empty, and can be begun again", async () => {
    expect(await command("backup", { DATABASE_URL: large.url }, at("large.backup"))).toMatchObject({ code: 0 });
    const killed = started("restore", into.url, at("large.backup"));
    await until(killed, "rows so far");
    killed.kill("SIGKILL");
    await once(killed, "close");
    while ((await into.owner`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`).length > 1)
      await sleep(50);
    expect(await schemasIn(into.owner)).toEqual([]);
    expect(await command("restore", { DATABASE_URL: into.url }, at("large.backup"))).toMatchObject({ code: 0, errors: "" });
    expect(await into.owner`select count(*)::int as n from staff.tries`).toEqual([{ n: 600_000 }]);
  });
});
