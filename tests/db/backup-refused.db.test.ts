import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { BackupError } from "@/lib/backup/form";
import { NotWhole, restoreBackup } from "@/lib/backup/restore";
import { sealAll } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { database, LEDGER_KEY, withStarterRecord } from "../api/starter";
import { backedUp, emptyDatabase, linesIn, schemasIn, withRows, writeLines } from "../setup/backups";
import type { FreshDatabase } from "../setup/fresh-database";
import { verified } from "../setup/ledger";
import { recorded } from "../setup/record";

// Whatever is not a whole backup, as it was written, leaves an empty database empty.

// Each restore makes a whole schema.
vi.setConfig({ testTimeout: 180_000 });
withStarterRecord();

let folder: string;
let whole: string;
let empty: FreshDatabase;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "muhlat-backups-"));
  whole = path.join(folder, "whole.backup");
  await backedUp(database.url, whole);
  empty = await emptyDatabase();
});
afterAll(async () => {
  await empty.close();
  rmSync(folder, { recursive: true, force: true });
});

const other = (name = "other.backup") => path.join(folder, name);
const restore = (file: string, more = {}) => restoreBackup(empty.url, file, { say: () => {}, ...more });

/** It is refused with a sentence of this kind, and the database is as empty as before. */
async function refused(file: string, sentence: RegExp, kind: typeof BackupError | typeof NotWhole = BackupError): Promise<Error> {
  const error = await restore(file).then(
    () => new Error("it was restored"),
    (thrown: Error) => thrown,
  );
  expect(error.message).toMatch(sentence);
  expect(error).toBeInstanceOf(kind);
  expect(await schemasIn(empty.owner)).toEqual([]);
  return error;
}

describe("a backup that is not whole", () => {
  test.each([0, 5, 16, 40, 0.1, 0.5, 0.9, -1, -73, -74])("is refused where it is cut off at %d", async (at) => {
    const size = readFileSync(whole).length;
    copyFileSync(whole, other());
    truncateSync(other(), at < 0 ? size + at : at < 1 ? Math.floor(at * size) : at);
    await refused(other(), /is cut off: it does not end as a whole backup does|is no backup of Muhlat/);
  });

  test("is refused where any one byte is another", async () => {
    const bytes = readFileSync(whole);
    // Every place of its beginning, of the compressed part's own header and of its end, and some hundred between.
    const places = new Set([...Array(64).keys(), ...Array.from({ length: 90 }, (_, back) => bytes.length - 1 - back)]);
    for (let place = 64; place < bytes.length; place += Math.ceil(bytes.length / 150)) places.add(place);
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(other(), changed);
      await expect(restore(other()), `byte ${place}`).rejects.toThrow(BackupError);
    }
    expect(await schemasIn(empty.owner)).toEqual([]);
    expect(places.size).toBeGreaterThan(200);
  });

  test("is refused where something stands behind it", async () => {
    writeFileSync(other(), Buffer.concat([readFileSync(whole), Buffer.from("more")]));
    await refused(other(), /is cut off/);
  });
});

describe("one that somebody changed who knows how to make its digest fit", () => {
  const lines = () => linesIn(whole);
  const end = (table: string) => lines().findIndex((line) => line.startsWith(`{"table":"${table}"`));
  test.each<[what: string, change: () => string[], sentence: RegExp]>([
    [
      "a row left out",
      () => lines().toSpliced(end("record.snapshots") - 1, 1),
      /of record\.snapshots there are \d+ rows, and \d+ were written/,
    ],
    [
      "a row put in",
      () => lines().toSpliced(end("staff.tries"), 0, '"(x,1,infinity)"'),
      /of staff\.tries there are 1 rows, and 0 were written/,
    ],
    [
      "a row of other words",
      () => lines().with(end("staff.people") - 1, '"(x,x@example.org,x,x,central_admin,{},en,t,now)"'),
      /the rows of staff\.people are not those that were written/,
    ],
    ["a table left out", () => lines().toSpliced(end("staff.tries"), 1), /the end of staff\.tries|of staff\.tries there are/],
    ["its end left out", () => lines().slice(0, -2).concat(""), /its end is not understood/],
    ["another sum at its end", () => lines().with(-2, '{"rows":1}'), /there are \d+ rows, and 1 were written/],
    ["something behind its end", () => lines().with(-1, '"(x)"').concat(""), /it goes on behind its end/],
    ["no header", () => lines().slice(1), /its header is not understood/],
    ["words that are no JSON", () => lines().with(end("staff.people") - 1, '"(x'), /JSON/],
    ["half a line", () => lines().slice(0, -1).concat('"'), /last line has no end/],
  ])("%s: is told, and nothing is written", async (_what, change, sentence) => {
    await refused(writeLines(other(), change()), sentence);
  });

  test("what is compressed wrongly is told", async () => {
    const text = writeLines(other(), lines());
    const bytes = readFileSync(text).subarray(16, -73);
    for (const body of [bytes.subarray(0, -20), Buffer.concat([bytes.subarray(0, 30), Buffer.alloc(200)])]) {
      writeLines(other("again.backup"), []);
      const part = Buffer.concat([Buffer.from("Muhlat backup 1\n"), body]);
      writeFileSync(
        other("again.backup"),
        Buffer.concat([part, Buffer.from(`\nsha256 ${createHash("sha256").update(part).digest("hex")}\n`)]),
      );
      await refused(other("again.backup"), /does not fit together/);
    }
  });

  const figure = (rows: string[]) =>
    rows.map((row) => row.replace("(kg-gray-list-2025-07-01,1,published", "(kg-gray-list-2025-07-01,1,withdrawn"));

  test.each<[what: string, table: string, change: (rows: string[]) => string[], code: string]>([
    ["a figure", "record.snapshots", (rows) => rows.map((row) => row.replace(",34786,", ",34787,")), "changed"],
    ["a statement's state", "record.snapshots", figure, "changed"],
    ["a link of the chain", "ledger.heads", (rows) => rows.slice(1), "unsigned_end"],
  ])("%s: is told by the ledger, and nothing is kept unless one asks for it", async (_what, table, change, code) => {
    const changed = withRows(whole, other(), table, change);
    const error = (await refused(changed, /does not hold together/, NotWhole)) as NotWhole;
    expect(error.verdict.faults.map((fault) => fault.code)).toContain(code);
  });

  test("a derived row: is told by comparing it with the record", async () => {
    const changed = withRows(whole, other(), "derived.snapshots", (rows) => rows.slice(1));
    const error = (await refused(changed, /does not hold together/, NotWhole)) as NotWhole;
    expect(error.derived).toEqual([expect.stringMatching(/^snapshots /), "totals derived.snapshots"]);
  });

  test("a row that the database's own rules refuse: nothing is kept", async () => {
    const orphan = withRows(whole, other(), "staff.people", (rows) => rows.filter((row) => !row.includes("(system,")));
    await refused(orphan, /has rows that the database refuses: .*foreign key/);
    const odd = withRows(whole, other(), "staff.people", (rows) => rows.map((row) => row.replace(",central_admin,", ",king,")));
    await refused(odd, /has rows that the database refuses: .*check/);
  });
});

describe("a backup of something else", () => {
  test("is refused: a file of another kind, a folder, none, a later form", async () => {
    writeFileSync(other(), "PK not at all");
    await refused(other(), /is no backup of Muhlat/);
    mkdirSync(other("folder"));
    await refused(other("folder"), /is no file/);
    await refused(other("none"), /There is no file/);
    await refused(
      writeLines(other(), linesIn(whole), "Muhlat backup 2\n"),
      /is written in a later form \(2\) than this program reads \(1\)/,
    );
  });

  test("is refused: of a newer Muhlat, of another one, of a database changed by hand", async () => {
    const [header = "", ...rest] = linesIn(whole);
    const told = JSON.parse(header);
    const withHeader = (more: object) => writeLines(other(), [JSON.stringify({ ...told, ...more }), ...rest]);
    await refused(withHeader({ migrations: [...told.migrations, "0".repeat(64)] }), /was made by a newer Muhlat \(with \d+ migrations/);
    await refused(withHeader({ migrations: told.migrations.with(3, "0".repeat(64)) }), /with other migrations than this program's/);
    const tables = told.tables.map((table: { columns: string[] }, index: number) =>
      index === 0 ? { ...table, columns: [...table.columns, "more text"] } : table,
    );
    await refused(withHeader({ tables }), /other tables or columns than its migrations make/);
  });
});

test("a database with data is left as it is", async () => {
  await expect(restoreBackup(database.url, whole, { say: () => {} })).rejects.toThrow(
    /There is data of Muhlat in this database already \(derived, drizzle, ledger, record, staff\)/,
  );
  expect(await verified(database)).toMatchObject({ faults: [] });
});

test("a backup is not written over a file, nor of a database without a record", async () => {
  const before = readFileSync(whole);
  await expect(backedUp(database.url, whole)).rejects.toThrow(/exists already/);
  expect(readFileSync(whole)).toEqual(before);
  writeFileSync(other("taken.backup.part"), "");
  await expect(backedUp(database.url, other("taken.backup"))).rejects.toThrow(/is under way, or was killed/);
  expect(readFileSync(other("taken.backup.part"), "utf8")).toBe("");
  await expect(backedUp(empty.url, other("empty.backup"))).rejects.toThrow(/no record in this database/);
});

describe("what does not hold together", () => {
  test("is kept where one asks for it, and told", async () => {
    const into = await emptyDatabase();
    const changed = withRows(whole, other(), "record.snapshots", (rows) => rows.map((row) => row.replace(",34786,", ",34787,")));
    const told = await restoreBackup(into.url, changed, { say: () => {}, despiteFaults: true });
    expect(told.verdict.faults[0]).toMatchObject({ code: "changed" });
    expect(await into.owner`select count(*)::int as n from record.snapshots where value = 34787`).not.toEqual([{ n: 0 }]);
    await into.close();
  });

  test("a chain with a key that no other announced is taken by whoever names that key", async () => {
    const next = signingKey(newPrivateKey());
    await recorded(database.staff, { as_of: "2025-05-01" });
    await sealAll(database.sealer, { current: next, before: "lost" });
    expect(next.name).not.toBe(LEDGER_KEY.name);
    await backedUp(database.url, other("lost-key.backup"));
    await refused(other("lost-key.backup"), /does not hold together/, NotWhole);
    expect(await restore(other("lost-key.backup"), { trusted: [next.name] })).toMatchObject({ verdict: { faults: [] } });
  });
});
