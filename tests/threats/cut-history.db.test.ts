/**
 * Threat: whoever owns the database changes a byte of the past, takes a row out, or cuts the tail off.
 *
 * Seen to fail without its control: with the chain's hashes not recomputed, the entry that was changed along with its
 * row passed for whole; content, row, removal and head checks were taken out one by one as well, and each time the tests
 * named after them failed.
 */
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordContact } from "@/lib/contacts/write";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import type { SignedHead } from "@/lib/ledger/chain";
import { sealAll } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { act, noteAct } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { headNow, KEY, tamper, verified } from "../setup/ledger";
import { accepted, addPeople, CENTRAL, contact, NOW, recorded } from "../setup/record";

const ID = "kg-gray-list-2025-07-01";
const of = (kind: string, id: string, revision = 1) => ({ kind, id, revision });

/** What each test has a copy of. */
let whole: FreshDatabase;
let database: FreshDatabase;
/** Heads of three sealings: the starter record, an act and a contact, a last figure. */
let heads: SignedHead[];
let lastId: string;

beforeAll(async () => {
  whole = await freshDatabase();
  heads = [];
  const seal = async () => {
    await sealAll(whole.sealer, { current: KEY });
    heads.push(await headNow(whole.reader));
  };
  await loadStarterRecord(whole.staff, path.resolve(import.meta.dirname, "../../data/starter"), new Date());
  await seal();
  await addPeople(whole.staff, CENTRAL);
  const invited = { verb: "invite", feature: "people", objectId: "central", after: { email: "a@example.org", role: null } } as const;
  accepted(await act(whole.staff, async (tx) => done(await noteAct(tx, CENTRAL, invited))));
  accepted(await act(whole.staff, (tx) => recordContact(tx, CENTRAL, contact(), NOW)));
  await seal();
  lastId = await recorded(whole.staff);
  await seal();
  await whole.release();
});
afterAll(() => whole.close());
beforeEach(async () => {
  database = await freshDatabase(whole);
});
afterEach(() => database.close());

const entryOf = async (kind: string, id: string) =>
  Number((await database.owner`select n from ledger.entries where kind = ${kind} and id = ${id}`)[0]?.n);

test("an untouched record fits, with every head that was published", async () => {
  const { faults, entries, rows, end, waiting } = await verified(database, heads);
  expect(faults).toEqual([]);
  expect(end).toEqual(heads.at(-1));
  expect({ entries, waiting }).toEqual({ entries: heads.at(-1)?.n, waiting: 0 });
  expect(rows).toBe(entries - 1);
});

describe("one byte", () => {
  test.each([
    ["of a figure", `update record.snapshots set value = value + 1 where statement_id = '${ID}'`, ["content", "row"]],
    ["of the source's own words", `update record.snapshots set wording = wording || '.' where statement_id = '${ID}'`, ["content", "row"]],
    [
      "of the bounds in time",
      `update record.snapshots set as_of_to = as_of_to + interval '1 day' where statement_id = '${ID}'`,
      ["content", "row"],
    ],
    [
      "of who recorded it, which is not public",
      `update record.snapshots set recorded_by = 'central' where statement_id = '${ID}'`,
      ["row"],
    ],
    [
      "of a microsecond",
      `update record.snapshots set recorded_at = recorded_at + interval '1 microsecond' where statement_id = '${ID}'`,
      ["row"],
    ],
  ])("%s is found", async (_what, statement, parts) => {
    await tamper(database, statement);
    const n = await entryOf("snapshots", ID);
    expect((await verified(database)).faults).toEqual(parts.map((part) => ({ code: "changed", part, n, ...of("snapshots", ID) })));
  });

  test("of an act, a contact or a source is found, and the first in the chain is told first", async () => {
    const [source] = await database.owner`select statement_id as id from record.sources order by recorded_at limit 1`;
    await tamper(
      database,
      `update record.contacts set telephone = '+7 495 000 00 01'`,
      `update staff.acts set after = jsonb_set(after, '{email}', '"b@example.org"') where verb = 'invite'`,
      `update record.sources set title = title || '.' where statement_id = '${source?.id}'`,
    );
    const { faults } = await verified(database);
    expect(faults.map((fault) => ("part" in fault ? `${fault.kind} ${fault.part}` : fault.code))).toEqual([
      "sources content",
      "sources row",
      "contacts row",
      "acts row",
    ]);
  });

  test("of an act's inside is found where only a null is taken out", async () => {
    await tamper(database, `update staff.acts set after = after - 'role' where verb = 'invite'`);
    expect((await verified(database)).faults).toMatchObject([{ code: "changed", kind: "acts", part: "row" }]);
  });
});

test("a removed row is named", async () => {
  await tamper(database, `delete from record.snapshots where statement_id = '${ID}'`, `delete from staff.acts where verb = 'invite'`);
  const { faults } = await verified(database);
  expect(faults[0]).toEqual({ code: "removed", n: await entryOf("snapshots", ID), ...of("snapshots", ID) });
  expect(faults).toMatchObject([{ code: "removed" }, { code: "removed", kind: "acts" }]);
});

test("a row that was put in past the sealer is named, one that waits for it is counted", async () => {
  await tamper(
    database,
    `insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title) values ('planted', 1, 'published', 'system', 'system', now(), 'x')`,
  );
  await recorded(database.staff, { as_of: "2025-09-30" });
  const { faults, waiting } = await verified(database);
  expect(faults).toEqual([{ code: "not_sealed", ...of("sources", "planted") }]);
  expect(waiting).toBeGreaterThan(0);
});

test("an entry that was taken out, with its row or without, breaks the chain there", async () => {
  const n = await entryOf("snapshots", ID);
  await tamper(database, `delete from ledger.entries where n = ${n}`, `delete from record.snapshots where statement_id = '${ID}'`);
  expect((await verified(database)).faults).toEqual([{ code: "broken", n: n + 1 }]);
});

test("an entry that was changed along with its row breaks the chain there", async () => {
  const n = await entryOf("snapshots", ID);
  await tamper(database, `update ledger.entries set content_hash = sha256('x') where n = ${n}`);
  expect((await verified(database)).faults[0]).toEqual({ code: "broken", n });
});

describe("a tail that was cut off", () => {
  const cut = () => {
    const [, second] = heads;
    return [`delete from ledger.heads where n > ${second?.n}`, `delete from ledger.entries where n > ${second?.n}`];
  };

  test("is found by the rows that are left", async () => {
    await tamper(database, ...cut());
    const { faults } = await verified(database);
    expect(faults).toContainEqual({ code: "not_sealed", ...of("snapshots", lastId) });
  });

  test("is found by a head alone where the rows went too", async () => {
    const [, second, third] = heads as [SignedHead, SignedHead, SignedHead];
    await tamper(
      database,
      ...cut(),
      `delete from record.snapshots where statement_id = '${lastId}'`,
      `delete from record.sources where statement_id not in (select id from ledger.entries where kind = 'sources')`,
    );
    expect((await verified(database, [second])).faults).toEqual([]);
    expect((await verified(database, [second, third])).faults).toEqual([{ code: "cut_off", n: third.n, end: second.n }]);
  });

  test("in the middle of a sealing leaves an end that nobody signed", async () => {
    const [, , third] = heads;
    await tamper(database, `delete from ledger.heads where n = ${third?.n}`);
    expect((await verified(database)).faults).toContainEqual({ code: "unsigned_end", n: third?.n });
  });
});

describe("a chain that was made anew over a changed figure", () => {
  const rebuild = async (key = KEY) => {
    await tamper(
      database,
      `update record.snapshots set value = value + 1 where statement_id = '${ID}'`,
      "truncate ledger.heads, ledger.keys, ledger.entries",
      `insert into staff.unsealed (kind, first_at, last_at) select unnest(array['countries','sources','snapshots','deadlines','events','contacts','acts']), '-infinity', 'infinity'`,
    );
    await sealAll(database.sealer, { current: key });
  };

  test.each([
    ["with another key", signingKey(newPrivateKey())],
    ["with the same key, stolen", KEY],
  ])("%s fits in itself, and not with any head published before", async (_what, key) => {
    await rebuild(key);
    expect((await verified(database)).faults).toEqual([]);
    for (const head of heads) expect((await verified(database, [head])).faults).toEqual([{ code: "another_chain", n: head.n }]);
  });
});

describe("heads", () => {
  test("that somebody made up are told", async () => {
    const [first] = heads as [SignedHead];
    const other = signingKey(newPrivateKey());
    const forged = { ...first, key: other.name };
    expect((await verified(database, [{ ...first, sealed_at: "2020-01-01T00:00:00.000Z" }])).faults).toEqual([
      { code: "forged_head", n: first.n },
    ]);
    expect((await verified(database, [forged])).faults).toContainEqual({ code: "forged_head", n: first.n });
  });

  test("of the chain itself are held against it", async () => {
    const [first] = heads as [SignedHead];
    await tamper(database, `update ledger.heads set sealed_at = sealed_at - interval '1 hour' where n = ${first.n}`);
    expect((await verified(database)).faults).toEqual([{ code: "wrong_head", n: first.n }]);
  });
});

test("a stored copy that is another document is told", async () => {
  await database.owner`insert into staff.copies (copy_id, media_type, bytes, stored_by) values (encode(sha256('one'), 'hex'), 'application/pdf', 'one', 'central')`;
  await tamper(
    database,
    "alter table staff.copies drop constraint if exists copies_check, drop constraint if exists copies_copy_id_check",
    "update staff.copies set bytes = 'two'",
  );
  const [copy] = await database.owner`select copy_id as id from staff.copies`;
  expect((await verified(database)).faults).toEqual([{ code: "changed_copy", id: copy?.id }]);
});

test("a row that is noted to be sealed, and is not for minutes, is told like one that nobody noted", async () => {
  const kept = (ago: string) =>
    tamper(
      database,
      `insert into record.countries (statement_id, revision, state, recorded_by, published_by, recorded_at, zone)
       values ('XA', 1, 'published', 'central', 'central', clock_timestamp() - interval '${ago}', 'Europe/Moscow');
     insert into staff.unsealed (kind, first_at, last_at) values ('countries', '-infinity', 'infinity')`,
    );
  await kept("10 seconds");
  expect(await verified(database, heads)).toMatchObject({ faults: [], waiting: 1 });
  await tamper(database, "delete from record.countries where statement_id = 'XA'");
  await kept("6 minutes");
  expect((await verified(database, heads)).faults).toEqual([{ code: "not_sealed", ...of("countries", "XA") }]);
});
