import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET } from "@/app/data/[file]/route";
import { csvRows } from "@/lib/csv";
import { canonical, entryText, headText, NOTHING_BEFORE, type SignedHead, sha256 } from "@/lib/ledger/chain";
import { sealAll } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { PackageError, verifyPackage } from "@/lib/ledger/verify/package";
import { database, LEDGER_KEY, withStarterRecord, writeSome } from "../api/starter";
import { packed, unpacked } from "../open-data/archives";
import { headNow, tamper } from "../setup/ledger";
import { recorded } from "../setup/record";

withStarterRecord();

const root = path.resolve(import.meta.dirname, "../..");
const ID = "kg-gray-list-2025-07-01";
let folder: string;
let early: SignedHead;
let head: SignedHead;
let texts: Map<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "muhlat-command-"));
  early = await headNow(database.reader);
  await writeSome();
  // A text that programs for tables would work out, and a source of a year that is not over.
  await recorded(database.staff, { as_of: "2025-01-06", wording: "=1+1", note: 'two\nlines, "quoted"' });
  await recorded(database.staff, { as_of: "2025-01-07", source: { title: "Later", published_on: `${new Date().getFullYear()}` } });
  await sealAll(database.sealer, { current: LEDGER_KEY });
  head = await headNow(database.reader);
  const response = await GET(new Request("http://127.0.0.1:3000/data/muhlat.zip"), { params: Promise.resolve({ file: "muhlat.zip" }) });
  texts = await unpacked(Buffer.from(await response.arrayBuffer()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string | Buffer) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

/** Runs the command as anybody would. */
function command(settings: Record<string, string>, ...args: string[]): Promise<{ code: number | null; out: string; errors: string }> {
  const { DATABASE_URL: _url, DATABASE_URL_MIGRATE: _migrate, DATABASE_URL_PUBLIC: _public, MUHLAT_DATA_DIR: _dir, ...env } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "bin/verify-ledger.ts", ...args],
      { cwd: root, env: { ...env, ...settings } },
      (_error, out, errors) => resolve({ code: child.exitCode, out, errors }),
    );
  });
}

/** The package with some of its texts changed. */
async function changed(...changes: [name: string, from: string | RegExp, to: string][]): Promise<string> {
  const copy = new Map(texts);
  for (const [name, from, to] of changes) {
    const text = copy.get(name) ?? "";
    const after = text.replace(from, to);
    if (after === text) throw new Error(`${name} has no ${from}`);
    copy.set(name, after);
  }
  return file("changed.zip", await packed(copy));
}

/** Stands for the head's hash, which is not known yet where tests are listed. */
const ITS_HASH = "the head's hash";

const of = (kind: string, id: string, revision = 1) => ({ kind, id, revision });

describe("a data package", () => {
  test("fits as it was downloaded, with heads published before", async () => {
    const whole = file("whole.zip", await packed(texts));
    expect(JSON.parse(texts.get("ledger-head.json") ?? "")).toEqual(head);
    const verdict = await verifyPackage(whole, [early, head]);
    expect(verdict.faults).toEqual([]);
    expect(verdict).toMatchObject({ entries: head.n, end: head });
  });

  test.each([
    [
      "a figure in its table",
      "data/snapshots.csv",
      `${ID},1,published,KG`,
      `${ID},1,published,TJ`,
      { code: "other_in_table", ...of("snapshots", ID) },
    ],
    [
      "a line of its table",
      "data/snapshots.csv",
      new RegExp(`\r\n${ID},[^\r]*(?=\r\n)`),
      "",
      { code: "not_in_table", ...of("snapshots", ID) },
    ],
    ["a line too many", "data/snapshots.csv", `\r\n${ID},1,`, `\r\n${ID},7,`, { code: "not_sealed", ...of("snapshots", ID, 7) }],
    [
      "the day of a deadline",
      "data/deadlines.csv",
      "2025-09-10T21:00:00.000Z",
      "2025-09-11T21:00:00.000Z",
      { code: "other_in_table", kind: "deadlines" },
    ],
    ["a text in one language", "data/events.csv", "Attack on Crocus", "An attack on Crocus", { code: "other_in_table", kind: "events" }],
    ["a country's membership", "data/countries.csv", /(KG,.*?)true/, "$1false", { code: "other_in_table", ...of("countries", "KG") }],
    ["who said it", "data/sources.csv", "Aleksandr Gorovoi", "Aleksandr Gorovoy", { code: "other_in_table", kind: "sources" }],
    [
      "the ledger's own text",
      "data/ledger.csv",
      `""statement_id"":""${ID}""`,
      `""statement_id"":""${ID.slice(0, -1)}2""`,
      { code: "changed", part: "content" },
    ],
    ["the end of the ledger", "data/ledger.csv", /\r\n[^\r]*\r\n$/, "\r\n", { code: "unsigned_end" }],
    ["the head", "ledger-head.json", ITS_HASH, "0".repeat(64), { code: "wrong_head" }],
  ])("that differs in %s is told", async (_what, name, from, to, fault) => {
    const zip = await changed([name, from === ITS_HASH ? head.hash : from, to]);
    expect((await verifyPackage(zip, [])).faults[0]).toMatchObject(fault);
  });

  test("with two tables by one name is none, since each program would read another of them", async () => {
    const twice = await packed([...texts, ["data/snapshots.csv", texts.get("data/snapshots.csv") ?? ""]]);
    await expect(verifyPackage(file("twice.zip", twice), [])).rejects.toThrow(PackageError);
  });

  test("made anew as a whole, with another key, fits in itself and with no head from before", async () => {
    const { faults } = await verifyPackage(file("other.zip", await rebuilt()), []);
    expect(faults).toEqual([]);
    expect((await verifyPackage(file("other.zip", await rebuilt()), [early])).faults).toEqual([{ code: "another_chain", n: early.n }]);
  });
});

/** The same package over another figure, with every hash and signature made again by somebody else. */
async function rebuilt(): Promise<Buffer> {
  const key = signingKey(newPrivateKey());
  let previous = NOTHING_BEFORE;
  const rows = parse(texts.get("data/ledger.csv") ?? "", { columns: true, record_delimiter: "\r\n" }) as Record<string, string>[];
  const lines = rows.map((row) => {
    const isKey = row.kind === "key";
    const content = isKey ? canonical({ key: key.name }) : (row.content ?? "");
    const id = isKey ? key.name : (row.id ?? "");
    const hashes = { content_hash: content ? sha256(content) : null, row_hash: row.row_hash || null };
    previous = sha256(entryText({ n: Number(row.n), kind: row.kind as "key", id, revision: Number(row.revision), ...hashes, previous }));
    return { ...row, id, content, content_hash: hashes.content_hash ?? "", hash: previous };
  });
  const own = { n: lines.length, hash: previous, key: key.name, sealed_at: head.sealed_at };
  const header = Object.keys(rows[0] ?? {});
  const copy = new Map(texts);
  copy.set("data/ledger.csv", csvRows([header, ...lines.map((line) => header.map((name) => line[name as "id"]))]));
  copy.set("ledger-head.json", JSON.stringify({ ...own, signature: key.sign(headText(own)) }));
  return packed(copy);
}

describe("the command", () => {
  test("ends well where everything fits, and says how far the chain goes", async () => {
    const { code, out, errors } = await command(
      { DATABASE_URL: database.url },
      "--head",
      file("head.json", JSON.stringify({ data: early })),
    );
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(out).toContain(`${head.n} entries`);
    expect(out).toContain(`The chain ends at entry ${head.n}`);
    expect(out).toContain("Everything fits.");
    const zip = await command({}, "--package", file("whole.zip", await packed(texts)), "--head", path.join(folder, "head.json"));
    expect(zip).toMatchObject({ code: 0, errors: "" });
  });

  test("ends badly and names the first row where one byte was changed, in a database and in a package", async () => {
    const zip = await changed(["data/snapshots.csv", `${ID},1,published,KG`, `${ID},1,published,TJ`]);
    const { code, out } = await command({}, "--package", zip);
    expect(code).toBe(1);
    expect(out).toContain(`CHANGED    snapshots ${ID}, revision 1`);
    await tamper(database, `update record.snapshots set value = value + 1 where statement_id = '${ID}'`);
    const found = await command({ DATABASE_URL: database.url });
    await tamper(database, `update record.snapshots set value = value - 1 where statement_id = '${ID}'`);
    expect(found.code).toBe(1);
    expect(found.out).toContain(`CHANGED    snapshots ${ID}, revision 1 (entry `);
  });

  test("says in a sentence why it could not check", async () => {
    const [nothing, noZip, noHead, odd] = await Promise.all([
      command({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" }),
      command({}, "--package", file("no.zip", "no archive")),
      command({ DATABASE_URL: database.url }, "--head", file("no.json", "{}")),
      command({}, "--wrong"),
    ]);
    for (const { code } of [nothing, noZip, noHead, odd]) expect(code).toBe(2);
    expect(nothing.errors).toMatch(/^The ledger could not be checked: .+\n$/);
    expect(noZip.errors).toMatch(/^.*no\.zip cannot be read as a ZIP archive: .+\n$/);
    expect(noHead.errors).toMatch(/^.*no\.json holds no head of the ledger\.\n$/);
    expect(odd.errors).toContain("--wrong");
  });
});
