import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import journal from "@/db/migrations/meta/_journal.json";
import { changeableRecordTables, notReadyBecause } from "@/db/ready";
import { ROLE, type Role } from "@/db/roles";
import { DatabaseError, prepareDatabase } from "@/server/prepare-database";
import { readSettings } from "@/settings";
import { recorded, refusalOf, rowCounts } from "../setup/record";
import { addressAs, DEBIAN_15, embeddedServer, installedServer, type Server } from "../setup/servers";

const servers: [string, boolean, () => Promise<Server>][] = [
  ["PostgreSQL 18, embedded", true, embeddedServer],
  [
    `PostgreSQL 15${existsSync(DEBIAN_15) ? "" : ` (skipped: there is no ${DEBIAN_15})`}`,
    existsSync(DEBIAN_15),
    () => installedServer(DEBIAN_15),
  ],
];

describe.each(servers)("%s", (_, there, start) => {
  describe.runIf(there)("set up by an ordinary owner who may make roles", () => {
    let server: Server;
    let admin: postgres.Sql;
    const closing: (() => Promise<void>)[] = [];
    let made = 0;

    beforeAll(async () => {
      server = await start();
      admin = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
      await admin`create role ordinary login createrole`;
    });
    afterEach(async () => {
      for (const close of closing.splice(0)) await close();
    });
    afterAll(async () => {
      await admin?.end();
      await server?.close();
    });

    /** A new database of an owner, and its address for a user. */
    async function newDatabase(owner: string): Promise<(user: string) => string> {
      const name = `set_up_${++made}`;
      await admin`create database ${admin(name)} owner ${admin(owner)}`;
      return (user) => addressAs(server.url, user, name);
    }

    const pool = (address: string, role: Role) => {
      const opened = openPool(address, role, 2);
      closing.push(opened.close);
      return opened.db;
    };
    const asOwner = (address: string) => {
      const owner = postgres({ ...connectionOptions(address), max: 1, onnotice: () => {} });
      closing.push(() => owner.end());
      return owner;
    };
    const prepare = (env: Record<string, string>) => {
      const settings = readSettings(env);
      return prepareDatabase(
        settings,
        () => pool(settings.DATABASE_URL ?? "", ROLE.staff),
        () => {},
      );
    };

    test("two processes that set up one new database at once both succeed, and a third finds nothing to do", async () => {
      const address = (await newDatabase("ordinary"))("ordinary");
      await Promise.all([migrateDatabase(address), migrateDatabase(address)]);
      const owner = asOwner(address);
      const applied = () => owner`select id, hash, created_at from drizzle.__drizzle_migrations order by id`;
      const before = [...(await applied())];
      expect(before).toHaveLength(journal.entries.length);
      await migrateDatabase(address);
      expect([...(await applied())]).toEqual(before);
      expect(await notReadyBecause(pool(address, ROLE.reader))).toBeUndefined();
    });

    test("a database that lacks a migration is not ready", async () => {
      const address = (await newDatabase("ordinary"))("ordinary");
      await migrateDatabase(address);
      await asOwner(address)`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
      expect(await notReadyBecause(pool(address, ROLE.reader))).toBe("migrations_missing");
    });

    test("everything works through DATABASE_URL alone", async () => {
      const address = (await newDatabase("ordinary"))("ordinary");
      expect(await prepare({ DATABASE_URL: address })).toMatch(/^[\w-]{43}$/);
      const [staff, reader] = [pool(address, ROLE.staff), pool(address, ROLE.reader)];
      expect(await staff.execute(sql`select current_user as user`)).toEqual([{ user: ROLE.staff }]);
      expect((await rowCounts(staff))["derived.snapshots"]).toBe(41);
      expect([await changeableRecordTables(staff), await changeableRecordTables(reader)]).toEqual([[], []]);
      await staff.execute(sql`
        insert into staff.people (person_id, email, name, role, password_hash) values ('central', 'c@example.org', 'C', 'central_admin', 'x')`);
      const id = await recorded(staff);
      expect(await reader.execute(sql`select value from derived.snapshots where statement_id = ${id}`)).toEqual([{ value: "1000" }]);
      for (const db of [staff, reader]) expect(await refusalOf(db.execute(sql`delete from record.snapshots`))).toBe("42501");
      expect(await refusalOf(reader.execute(sql`select 1 from staff.people`))).toBe("42501");
      const owner = asOwner(address);
      await owner`select derived.rebuild()`;
      expect(await owner`select * from derived.differences()`).toHaveLength(0);
      await expect(owner`delete from record.snapshots`).rejects.toThrow("append-only");
    });

    test("three addresses: each user can become what it is for and nothing else", async () => {
      for (const user of ["writes", "reads"])
        if ((await admin`select 1 from pg_roles where rolname = ${user}`).length === 0) await admin`create role ${admin(user)} login`;
      const address = await newDatabase("ordinary");
      const env = { DATABASE_URL: address("writes"), DATABASE_URL_MIGRATE: address("ordinary"), DATABASE_URL_PUBLIC: address("reads") };
      await prepare(env);
      expect((await rowCounts(pool(env.DATABASE_URL, ROLE.staff)))["record.snapshots"]).toBe(41);
      expect(await pool(env.DATABASE_URL_PUBLIC, ROLE.reader).execute(sql`select count(*)::int as n from derived.snapshots`)).toEqual([
        { n: 41 },
      ]);
      expect(await refusalOf(pool(env.DATABASE_URL_PUBLIC, ROLE.staff).execute(sql`select 1`))).toBe("42501");
    });

    test("roles that an administrator has made and granted are enough for an owner who may make none", async () => {
      await admin`create role plain login`;
      const address = (await newDatabase("plain"))("plain");
      const refused = prepare({ DATABASE_URL: address });
      await expect(refused).rejects.toBeInstanceOf(DatabaseError);
      await expect(refused).rejects.toThrow("allowed to create roles");
      for (const role of Object.values(ROLE)) await admin`grant ${admin(role)} to plain`;
      await prepare({ DATABASE_URL: address });
      expect((await rowCounts(pool(address, ROLE.staff)))["record.snapshots"]).toBe(41);
    });

    test("a right to change the record that somebody gave the staff role stops the start", async () => {
      const address = (await newDatabase("ordinary"))("ordinary");
      await prepare({ DATABASE_URL: address });
      await asOwner(address)`grant update on record.deadlines to muhlat_staff`;
      await expect(prepare({ DATABASE_URL: address })).rejects.toThrow("The staff role may change the record (deadlines)");
    });
  });
});

test("a server that is not there is told in a sentence", async () => {
  const settings = readSettings({ DATABASE_URL: "postgres://somebody:secret@127.0.0.1:1/muhlat" });
  const failed = prepareDatabase(
    settings,
    () => openPool(settings.DATABASE_URL ?? "", ROLE.staff).db,
    () => {},
  );
  await expect(failed).rejects.toThrow("The database at 127.0.0.1:1/muhlat cannot be reached");
  await expect(failed).rejects.not.toThrow("secret");
});

test("every migration file is in the journal", async () => {
  const files = readdirSync(path.resolve(import.meta.dirname, "../../db/migrations")).filter((name) => name.endsWith(".sql"));
  expect(journal.entries.map((entry) => `${entry.tag}.sql`)).toEqual(files.sort());
});
