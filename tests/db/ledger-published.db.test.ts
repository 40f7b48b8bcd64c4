import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { commandsOf } from "@/app/_server/ledger-by-hand";
import { GET as feed } from "@/app/feed/ledger.atom/route";
import { recordContact } from "@/lib/contacts/write";
import { canonical, entryText, headText, isSigned, NOTHING_BEFORE, type SealedEntry, type SignedHead, sha256 } from "@/lib/ledger/chain";
import { lastHeads } from "@/lib/ledger/read";
import { sealAll } from "@/lib/ledger/seal";
import { act } from "@/lib/ledger/write";
import { answered, ask, walked } from "../api/asking";
import { database, LEDGER_KEY, withStarterRecord, writeSome } from "../api/starter";
import { tamper } from "../setup/ledger";
import { accepted, CENTRAL, contact, NOW, recorded } from "../setup/record";

withStarterRecord();

const seal = () => sealAll(database.sealer, { current: LEDGER_KEY });
const chain = async () => (await walked("ledger", "/ledger", 7)).rows as unknown as SealedEntry[];
const head = async () => (await answered<SignedHead>("ledgerHead", "/ledger/head")).data;

beforeAll(async () => {
  await writeSome();
  accepted(await act(database.staff, (tx) => recordContact(tx, CENTRAL, contact(), NOW)));
  await database.staff.transaction(async (tx) => {
    await tx.execute(
      `insert into staff.acts (person_id, verb, feature, object_id, before) values ('central', 'invite', 'people', 'somebody', '{"email": "somebody@example.org"}')`,
    );
  });
  await seal();
});

test("whoever walks the entries can make each hash again, up to the signed head", async () => {
  let previous = NOTHING_BEFORE;
  const entries = await chain();
  for (const [index, { content, hash, ...entry }] of entries.entries()) {
    expect(entry).toMatchObject({ n: index + 1, previous });
    expect(content === null ? null : sha256(content)).toBe(entry.content_hash);
    expect(sha256(canonical(entry))).toBe(hash);
    previous = hash;
  }
  const signed = await head();
  expect(signed).toMatchObject({ n: entries.length, hash: previous, key: LEDGER_KEY.name });
  expect(isSigned(headText(signed), signed.signature, signed.key)).toBe(true);
  expect(entries.length).toBeGreaterThanOrEqual(100);
});

test("what an entry says of a figure is what the API says of it elsewhere, in the same names and values", async () => {
  const figures = (await chain()).filter(({ kind }) => kind === "snapshots");
  const { rows } = await walked("snapshots", "/snapshots?revisions=all", 1000);
  expect(figures.length).toBe(rows.length);
  const names = [
    "statement_id",
    "revision",
    "state",
    "recorded_at",
    "country",
    "measure",
    "period_start",
    "as_of",
    "as_of_from",
    "as_of_to",
    "value",
  ];
  names.push("low", "high", "qualifier", "wording", "missing_reason", "unchanged", "children_share", "note", "rank", "restates");
  for (const row of rows) {
    const entry = figures.find(({ id, revision }) => id === row.statement_id && revision === row.revision);
    const { reason, rank_reason, ...said } = JSON.parse(entry?.content ?? "{}");
    // Bounds of other figures are worked out by a rule, and are no part of what was recorded.
    const told = names.filter((name) => (name !== "low" && name !== "high") || row.qualifier === "between");
    const same = Object.fromEntries(told.filter((name) => row[name] !== null).map((name) => [name, row[name]]));
    expect(said).toEqual({ ...same, source_id: (row.source as { id: string }).id });
    expect(reason !== undefined || rank_reason !== undefined || row.revision === 1).toBe(true);
  }
});

test("the worked example of the page answers what the page says, in a shell of its own", async () => {
  const example = (await chain()).findLast(({ kind }) => kind === "snapshots") as SealedEntry;
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-by-hand-"));
  for (const { asked, answer } of Object.values(commandsOf(example, await head())))
    expect(execFileSync("sh", ["-c", asked], { cwd: folder, encoding: "utf8" })).toBe(`${answer}\n`);
  rmSync(folder, { recursive: true });
});

test("nothing of acts, contacts and people is given out, but for their salted hashes", async () => {
  const entries = await chain();
  const { text } = await answered("ledger", "/ledger?limit=1000");
  for (const kind of ["acts", "contacts"]) {
    const own = entries.filter((entry) => entry.kind === kind);
    expect(own.length, kind).toBeGreaterThan(0);
    for (const entry of own)
      expect(entry).toMatchObject({ content: null, content_hash: null, row_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  }
  for (const secret of ["somebody", "example.org", "central", "telephone", "+7 495", "recorded_by"]) expect(text).not.toContain(secret);
  // Without the salt the hash of a row is none of its text.
  const [row] = await database.owner`select jsonb_strip_nulls(to_jsonb(c))::text as text from record.contacts c`;
  expect(entries.map(({ row_hash }) => row_hash)).not.toContain(sha256(row?.text));
});

describe("any text", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      '"',
      "\\",
      "\u0001",
      "\u007f",
      "\u2028",
      "</script>",
      "'; drop",
      "é",
      "e\u0301",
      "😀",
      "\t\r\n\b\f",
      "= 1",
      "null",
      "{}",
    ),
  );
  const text = fc.array(odd, { minLength: 1, maxLength: 6 }).map((parts) =>
    parts
      .join("")
      .replaceAll("\0", "")
      .replace(/[\ud800-\udfff]/g, "x"),
  );

  test("is written by the database as RFC 8785 has it, and can be hashed again from the answer", { timeout: 60_000 }, async () => {
    const texts = fc.sample(text, { numRuns: 200, seed: 7 }).filter((each) => each.trim() !== "");
    const [source] = await database.owner`select statement_id as id from record.sources limit 1`;
    for (const [index, each] of texts.entries())
      await database.owner`
        insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, qualifier, wording, note, children_share, source_id)
        values (${`odd-${index}`}, 1, 'published', 'central', 'central', now(), 'AM', 'left', '2024', '2023-12-31T21:00Z', '2024-12-31T21:00Z', ${index}, 'exact', ${each}, ${each}, ${index / 400}, ${source?.id})`;
    await database.owner`
      insert into record.events (statement_id, revision, state, recorded_by, published_by, recorded_at, happened_on, happened_from, happened_to, kind, countries, what, source_id)
      select 'odd-' || i, 1, 'published', 'central', 'central', now(), '2024', '2023-12-31T21:00Z', '2024-12-31T21:00Z', 'context', array['AM'],
        jsonb_build_object('ru', ${texts.at(1) ?? ""}::text, 'en', ${texts.at(2) ?? ""}::text, 'uz', ''), ${source?.id} from generate_series(1, 3) i`;
    await seal();
    const entries = (await chain()).filter(({ id }) => id.startsWith("odd-"));
    expect(entries).toHaveLength(texts.length + 3);
    for (const { content, content_hash } of entries) {
      expect(canonical(JSON.parse(content ?? ""))).toBe(content);
      expect(sha256(content ?? "")).toBe(content_hash);
    }
  });
});

test("an answer that names its dates is the same for ever, also after more is sealed", async () => {
  const [first, newest] = [await answered("ledger", "/ledger?after=90&limit=5"), await answered("ledgerHead", "/ledger/head")];
  await recorded(database.staff, { as_of: "2025-09-30" });
  await seal();
  const dates = `as_known_on=${first.as_known_on}&as_recorded_at=${first.as_recorded_at}`;
  expect((await answered("ledger", `/ledger?after=90&limit=5&${dates}`)).text).toBe(first.text);
  expect((await answered("ledgerHead", `/ledger/head?${dates}`)).text).toBe(newest.text);
  expect((await head()).n).toBeGreaterThan((newest.data as unknown as SignedHead).n);
  expect((await answered("ledger", "/ledger?as_recorded_at=2020-01-01T00:00:00Z")).data).toEqual([]);
  expect((await answered("ledgerHead", "/ledger/head?as_recorded_at=2020-01-01T00:00:00Z")).data).toBeNull();
  expect((await ask("/ledger?after=-1")).status).toBe(400);
});

test("a feed has the last head of each day that is over", async () => {
  const { n } = await head();
  // A head of the day before, and one of the day before that.
  await tamper(
    database,
    "update ledger.heads set sealed_at = sealed_at - interval '2 days' where n = (select min(n) from ledger.heads)",
    "update ledger.heads set sealed_at = sealed_at - interval '1 day' where n = (select min(n) from ledger.heads where n > (select min(n) from ledger.heads))",
  );
  const today = await lastHeads(database.reader, new Date(), 50);
  expect(today).toHaveLength(2);
  const tomorrow = await lastHeads(database.reader, new Date(Date.now() + 86_400_000), 50);
  expect(tomorrow.map((one) => one.n)).toEqual([n, ...today.map((one) => one.n)]);
  expect(await lastHeads(database.reader, new Date(Date.now() + 86_400_000), 1)).toHaveLength(1);

  const response = await feed(new Request("http://127.0.0.1:3000/feed/ledger.atom?lang=ru"));
  expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const text = await response.text();
  for (const one of today) expect(text.replaceAll("&quot;", '"')).toContain(canonical(one));
  expect((await feed(new Request("http://127.0.0.1:3000/feed/ledger.atom?lang=xx"))).status).toBe(404);
});

test("the text of an entry is what the documentation says it is", () => {
  const entry = { n: 2, kind: "snapshots", id: "a", revision: 1, content_hash: "c", row_hash: "r", previous: "p" } as const;
  expect(entryText(entry)).toBe('{"content_hash":"c","id":"a","kind":"snapshots","n":2,"previous":"p","revision":1,"row_hash":"r"}');
  expect(headText({ n: 2, hash: "h", key: "k", sealed_at: "t" })).toBe('{"hash":"h","key":"k","n":2,"sealed_at":"t"}');
});
