import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf, copyOf, publicBytesOf, publicCopyOf } from "@/lib/copies/read";
import { attachCopy, type SourceChange, showCopy, storeCopy } from "@/lib/copies/write";
import { announceDeadline } from "@/lib/deadlines/write";
import { act } from "@/lib/ledger/write";
import { revisionsOf } from "@/lib/snapshots/read";
import { correctSnapshot } from "@/lib/snapshots/write";
import { countriesOfSource, sourceRevisions, statementsOfSource } from "@/lib/sources/read";
import type { Actor } from "@/lib/staff/rules";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  deadline,
  differences,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  refusalOf,
  rowCounts,
  source,
} from "../setup/record";
import { jpeg, pdf, png, pngOf } from "./documents";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, RECORDER, REVIEWER, COUNTRY_ADMIN);
});
afterAll(() => database.close());

const store = (actor: Actor, bytes: Uint8Array) => act(database.staff, (tx) => storeCopy(tx, actor, bytes));
const attach = (actor: Actor, of: SourceChange, copyId: string | undefined) =>
  act(database.staff, (tx) => attachCopy(tx, actor, of, copyId));
const show = (actor: Actor, of: SourceChange, shown: boolean) => act(database.staff, (tx) => showCopy(tx, actor, of, shown));

let made = 0;
/** A source of its own with a figure of each country: its id, and the first figure's. */
async function newSource(...countries: string[]) {
  const title = `Source ${++made}`;
  const [first = ""] = await Promise.all(countries.map((country) => recorded(database.staff, { country, source: source(title) })));
  const [row] = await database.owner<{ source_id: string }[]>`select source_id from record.snapshots where statement_id = ${first}`;
  return { sourceId: row?.source_id ?? "", figureId: first, title };
}
const at = (sourceId: string, replacesRevision = 1, reason: unknown = "A reason"): SourceChange => ({ sourceId, replacesRevision, reason });

/** Does what must be refused, and makes sure that no row came of it. */
async function refused(work: () => Promise<unknown>, failure: object) {
  const before = await rowCounts(database.staff);
  expect(await work()).toEqual({ ok: false, failure });
  expect(await rowCounts(database.staff)).toEqual(before);
}
const FORBIDDEN = { code: "forbidden" };
const invalid = (fields: Record<string, string>) => ({ code: "invalid", fields });

describe("storing", () => {
  test("keeps the bytes under their hash, and says who, when and what", async () => {
    for (const [actor, bytes, mediaType] of [
      [RECORDER, pdf(), "application/pdf"],
      [REVIEWER, png(), "image/png"],
      [COUNTRY_ADMIN, jpeg(), "image/jpeg"],
    ] as const) {
      const copyId = accepted(await store(actor, bytes));
      expect(copyId).toBe(createHash("sha256").update(bytes).digest("hex"));
      expect(await bytesOf(database.staff, copyId)).toEqual(bytes);
      const copy = await copyOf(database.staff, copyId);
      expect(copy).toMatchObject({ copyId, mediaType, size: bytes.length, storedBy: actor.personId });
      expect(Math.abs((copy?.storedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      const acts = await database.owner`select person_id, verb, feature, after from staff.acts where object_id = ${copyId}`;
      expect([...acts]).toEqual([
        { person_id: actor.personId, verb: "store", feature: "copies", after: { mediaType, size: bytes.length } },
      ]);
    }
  });

  test("twice is once, whoever sends it again", async () => {
    const bytes = pdf("/Lang (ky) ");
    const copyId = accepted(await store(RECORDER, bytes));
    const before = await rowCounts(database.staff);
    expect(accepted(await store(CENTRAL, bytes))).toBe(copyId);
    expect(await rowCounts(database.staff)).toEqual(before);
    expect((await copyOf(database.staff, copyId))?.storedBy).toBe("recorder");
  });

  test("two at the same time is once", async () => {
    const bytes = pdf("/Lang (tg) ");
    const both = await Promise.all([store(RECORDER, bytes), store(CENTRAL, bytes)]);
    expect(new Set(both.map(accepted)).size).toBe(1);
  });

  test("takes 10 MB and not a byte more", async () => {
    const largest = pngOf(10 * 1024 * 1024);
    const kept = await bytesOf(database.staff, accepted(await store(RECORDER, largest)));
    expect(kept?.equals(largest)).toBe(true);
    await refused(() => store(RECORDER, pngOf(10 * 1024 * 1024 + 1)), invalid({ copy: "file_too_large" }));
  });

  test("refuses what is no document", async () => {
    await refused(() => store(RECORDER, Buffer.alloc(0)), invalid({ copy: "empty_file" }));
    await refused(() => store(RECORDER, Buffer.from("<html>")), invalid({ copy: "unknown_kind_of_file" }));
    await refused(() => store(RECORDER, pdf("", "/Encrypt 5 0 R ")), invalid({ copy: "document_not_plain" }));
  });

  test("is not for somebody who may record nothing", async () => {
    await refused(() => store({ ...RECORDER, countries: [] }, pdf("/Lang (ru) ")), FORBIDDEN);
  });
});

describe.each([
  ["attaching", (actor: Actor, of: SourceChange, copyId: string) => attach(actor, of, copyId)],
  ["showing", (actor: Actor, of: SourceChange) => show(actor, of, true)],
] as const)("%s", (what, change) => {
  /** A source that is ready for the change. */
  async function ready(...countries: string[]) {
    const made = await newSource(...countries);
    const copyId = accepted(await store(CENTRAL, pdf(`/Lang (${what} ${made.sourceId}) `)));
    if (what === "showing") accepted(await attach(CENTRAL, at(made.sourceId), copyId));
    return { ...made, copyId, revision: what === "showing" ? 2 : 1 };
  }

  test("is a revision of the source with its reason, and leaves all else as it was", async () => {
    const { sourceId, copyId, revision, figureId } = await ready("KG");
    const [before] = await sourceRevisions(database.staff, sourceId);
    const [shown] = await database.owner`select * from derived.snapshots where statement_id = ${figureId}`;
    expect(accepted(await change(COUNTRY_ADMIN, at(sourceId, revision), copyId))).toBe(revision + 1);
    const [after] = await sourceRevisions(database.staff, sourceId);
    expect(after).toEqual({
      ...before,
      revision: revision + 1,
      reason: "A reason",
      recordedBy: "country-admin",
      publishedBy: "country-admin",
      recordedAt: after?.recordedAt,
      copyId,
      copyPublic: what === "showing",
    });
    expect(after?.recordedAt.getTime()).toBeGreaterThan(before?.recordedAt.getTime() ?? 0);
    expect((await database.owner`select * from derived.snapshots where statement_id = ${figureId}`)[0]).toEqual(shown);
    expect(await revisionsOf(database.reader, figureId)).toHaveLength(1);
  });

  test.each([
    ["a recorder", RECORDER, ["KG"]],
    ["a reviewer", REVIEWER, ["KG"]],
    ["an admin of another country", COUNTRY_ADMIN, ["TJ"]],
    ["an admin of one of its countries", COUNTRY_ADMIN, ["KG", "TJ"]],
    ["an admin of one country where it speaks of all", COUNTRY_ADMIN, ["ALL"]],
  ] as const)("is not for %s", async (_who, actor, countries) => {
    const { sourceId, copyId, revision } = await ready(...countries);
    await refused(() => change(actor, at(sourceId, revision), copyId), FORBIDDEN);
    accepted(await change(CENTRAL, at(sourceId, revision), copyId));
  });

  test("counts the countries of deadlines and events too", async () => {
    const { sourceId, copyId, revision, title } = await ready("KG");
    accepted(
      await act(database.staff, (tx) =>
        announceDeadline(tx, CENTRAL, deadline({ chain: `of-${sourceId}`, countries: ["TJ"], source: source(title) }), NOW),
      ),
    );
    expect(await countriesOfSource(database.staff, sourceId)).toEqual(["KG", "TJ"]);
    expect((await statementsOfSource(database.staff, sourceId, 9)).map((s) => [s.feature, s.countries, s.on.text])).toEqual([
      ["snapshots", ["KG"], "2025-10-01"],
      ["deadlines", ["TJ"], "2026-09-10"],
    ]);
    await refused(() => change(COUNTRY_ADMIN, at(sourceId, revision), copyId), FORBIDDEN);
  });

  test("wants a reason", async () => {
    const { sourceId, copyId, revision } = await ready("KG");
    for (const reason of ["", "  ", null])
      await refused(() => change(COUNTRY_ADMIN, at(sourceId, revision, reason), copyId), invalid({ reason: "required" }));
    await refused(() => change(COUNTRY_ADMIN, at(sourceId, revision, "x".repeat(1001)), copyId), invalid({ reason: "too_long" }));
  });

  test("is told when the source was changed meanwhile, also by whom quicker was by a moment", async () => {
    const { sourceId, copyId, revision } = await ready("KG");
    const both = await Promise.all([
      change(CENTRAL, at(sourceId, revision), copyId),
      change(COUNTRY_ADMIN, at(sourceId, revision), copyId),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toEqual({ ok: false, failure: { code: "conflict", current: revision + 1 } });
    for (const seen of [0, revision, revision + 2, Number.NaN])
      await refused(() => change(CENTRAL, at(sourceId, seen), copyId), { code: "conflict", current: revision + 1 });
  });

  test("again is refused, since nothing would change", async () => {
    const { sourceId, copyId, revision } = await ready("KG");
    accepted(await change(CENTRAL, at(sourceId, revision), copyId));
    const code = what === "showing" ? "already_so" : "same_copy";
    await refused(() => change(CENTRAL, at(sourceId, revision + 1), copyId), invalid({ copy: code }));
    await refused(() => change(CENTRAL, at(sourceId, revision + 1, ""), copyId), invalid({ copy: code, reason: "required" }));
  });

  test("is told that there is no such source", async () => {
    await refused(() => change(CENTRAL, at("nobody"), "0".repeat(64)), { code: "not_found" });
  });

  test("cannot bring back a source that was withdrawn", async () => {
    const { sourceId, copyId, revision } = await ready("KG");
    await withdrawSource(sourceId);
    await refused(() => change(CENTRAL, at(sourceId, revision + 1), copyId), invalid({ copy: "already_withdrawn" }));
  });
});

/** No verb withdraws a source by itself yet; the record can hold one that is. */
async function withdrawSource(sourceId: string) {
  await database.owner`
    insert into record.sources
    select (jsonb_populate_record(s, jsonb_build_object('revision', s.revision + 1, 'state', 'withdrawn', 'reason', 'A reason'))).*
    from record.sources s where statement_id = ${sourceId} order by revision desc limit 1`;
}

test("only a copy that is stored can be attached or shown", async () => {
  const { sourceId } = await newSource("KG");
  await refused(() => attach(CENTRAL, at(sourceId), undefined), invalid({ copy: "required" }));
  for (const copyId of ["0".repeat(64), "x", "'; drop table"])
    await refused(() => attach(CENTRAL, at(sourceId), copyId), invalid({ copy: "no_such_copy" }));
  await refused(() => show(CENTRAL, at(sourceId), true), invalid({ copy: "no_such_copy" }));
});

describe("the public", () => {
  const seen = (sourceId: string) => publicCopyOf(database.reader, sourceId);

  test("cannot read the stored copies themselves", async () => {
    expect(await refusalOf(database.reader.execute(sql`select 1 from staff.copies`))).toBe("42501");
    for (const role of ["reader", "staff"] as const)
      for (const statement of [sql`delete from staff.copies`, sql`update staff.copies set media_type = 'image/png'`])
        expect(await refusalOf(database[role].execute(statement))).toBe("42501");
  });

  test("sees a copy while it is allowed, and neither before nor after", async () => {
    const { sourceId } = await newSource("KG");
    const bytes = pdf("/Lang (uz) ");
    const copyId = accepted(await store(CENTRAL, bytes));
    expect(await seen(sourceId)).toBeUndefined();
    accepted(await attach(CENTRAL, at(sourceId, 1), copyId));
    expect(await seen(sourceId)).toBeUndefined();
    expect(await publicBytesOf(database.reader, sourceId, copyId)).toBeUndefined();
    accepted(await show(CENTRAL, at(sourceId, 2), true));
    const { storedBy, ...facts } = (await copyOf(database.staff, copyId)) ?? {};
    expect(await seen(sourceId)).toEqual(facts);
    expect(await publicBytesOf(database.reader, sourceId, copyId)).toEqual(bytes);
    accepted(await show(CENTRAL, at(sourceId, 3), false));
    expect(await seen(sourceId)).toBeUndefined();
    expect(await publicBytesOf(database.reader, sourceId, copyId)).toBeUndefined();
  });

  test("does not see another document that took its place, nor that of a source withdrawn", async () => {
    const { sourceId } = await newSource("KG");
    accepted(await attach(CENTRAL, at(sourceId, 1), accepted(await store(CENTRAL, pdf("/Lang (a) ")))));
    accepted(await show(CENTRAL, at(sourceId, 2), true));
    const other = accepted(await store(CENTRAL, pdf("/Lang (b) ")));
    accepted(await attach(CENTRAL, at(sourceId, 3), other));
    expect(await seen(sourceId)).toBeUndefined();
    accepted(await show(CENTRAL, at(sourceId, 4), true));
    expect((await seen(sourceId))?.copyId).toBe(other);
    await withdrawSource(sourceId);
    expect(await seen(sourceId)).toBeUndefined();
  });

  test("goes on seeing it when the source's other fields are corrected", async () => {
    const { sourceId, figureId } = await newSource("KG");
    const copyId = accepted(await store(CENTRAL, pdf("/Lang (c) ")));
    accepted(await attach(CENTRAL, at(sourceId, 1), copyId));
    accepted(await show(CENTRAL, at(sourceId, 2), true));
    const change = { statementId: figureId, replacesRevision: 1, reason: "A reason" };
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, figure({ source: source("Put right") }), NOW)));
    expect((await seen(sourceId))?.copyId).toBe(copyId);
  });
});

test("the derived rows stayed in step through all this", async () => {
  expect(await differences(database.owner)).toEqual([]);
});
