import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snapshotRecord } from "@/app/_server/snapshot-record";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { contenders, restatements } from "@/lib/snapshots/beside";
import { correctSnapshot, rankSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Vintage } from "@/lib/vintage";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure, source } from "../setup/record";

let database: FreshDatabase;
const NOW = new Date("2026-06-01T09:00:00Z");
const later = () => new Promise((resolve) => setTimeout(resolve, 3));

beforeAll(async () => {
  database = await freshDatabase();
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

async function record(id: string, vintage?: Vintage) {
  const found = await snapshotRecord(database.reader, id, NOW, vintage);
  if (!found) throw new Error(`no ${id}`);
  return found;
}

/** What stands beside a figure: its rivals, which stands in front and why. */
async function beside(id: string, vintage?: Vintage) {
  const { standing } = await record(id, vintage);
  return { rivals: standing?.rivals.map((s) => s.statementId), front: standing?.front?.statementId, why: standing?.why?.code };
}

let day = 0;
/** A day of its own for each test, so that their figures rival no others. */
const nextDay = () => new Date(Date.UTC(2026, 2, 1 + 3 * ++day)).toISOString().slice(0, 10);
async function said(asOf: string, published: string, more: Record<string, unknown> = {}): Promise<string> {
  const sent = figure({ as_of: asOf, source: source(`Said on ${published}`, { published_on: published }), ...more });
  return accepted(await act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, sent, NOW))).statementId;
}
const change = (statementId: string, replacesRevision = 1) => ({ statementId, replacesRevision, reason: "It counts something else" });

describe("rivals", () => {
  const [NOVEMBER, OTHER] = ["kg-gray-list-2025-11", "kg-gray-list-2025-11-b"];

  test("of the starter record: 128,497 and 124,000, the one known later in front, seen from either", async () => {
    expect(await beside(NOVEMBER)).toEqual({ rivals: [OTHER], front: OTHER, why: "known_later" });
    expect(await beside(OTHER)).toEqual({ rivals: [NOVEMBER], front: OTHER, why: "known_later" });
  });

  test("that were not known yet do not appear in a vintage", async () => {
    expect(await beside(NOVEMBER, { knownOn: "2025-12-27" })).toEqual({ rivals: [], front: NOVEMBER, why: undefined });
    expect(await beside(NOVEMBER, { knownOn: "2026-01-29" })).toMatchObject({ rivals: [] });
    expect(await beside(NOVEMBER, { knownOn: "2026-01-30" })).toMatchObject({ rivals: [OTHER] });
    await expect(record(OTHER, { knownOn: "2026-01-29" })).rejects.toThrow("no kg-gray-list-2025-11-b");
  });

  test("that were not recorded yet do not appear either, and a rank given later changes nothing of before", async () => {
    const on = nextDay();
    const first = await said(on, "2026-04-01");
    await later();
    const alone = new Date();
    await later();
    const second = await said(on, "2026-05-01", { value: 7000 });
    await later();
    const both = new Date();
    await later();
    accepted(await act(database.staff, (tx) => rankSnapshot(tx, CENTRAL, change(second), "deprecated")));
    const as = (recordedAt: Date): Vintage => ({ knownOn: "2026-06-01", recordedAt });
    expect(await beside(first, as(alone))).toMatchObject({ rivals: [], front: first });
    expect(await beside(first, as(both))).toMatchObject({ rivals: [second], front: second, why: "known_later" });
    expect(await beside(first)).toMatchObject({ rivals: [second], front: first, why: "others_aside" });
    const { standing } = await record(second);
    expect([...(standing?.reasons ?? [])]).toEqual([[second, "It counts something else"]]);
    expect((await record(second, as(both))).standing?.reasons.size).toBe(0);
  });

  test("are neither those of other counts, nor those withdrawn, replaced or without a figure", async () => {
    const on = nextDay();
    const id = await said(on, "2026-04-01");
    await said(on, "2026-04-02", { measure: "black_list" });
    await said(on, "2026-04-02", { country: "TJ" });
    await said(on, "2026-04-02", { answer: "missing", missing_reason: "declined", value: undefined, qualifier: undefined });
    const withdrawn = await said(on, "2026-04-03", { value: 2000 });
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change(withdrawn))));
    const replaced = await said(on, "2026-04-04", { value: 3000 });
    expect(await beside(id)).toMatchObject({ rivals: [replaced] });
    const replacing = await said(`${on.slice(0, 8)}01`, "2026-05-20", { value: 4000, restates: replaced });
    expect(await beside(id)).toMatchObject({ rivals: [] });
    expect(await beside(id, { knownOn: "2026-05-19" })).toMatchObject({ rivals: [replaced] });
    expect((await record(withdrawn)).standing).toBeUndefined();
    expect((await record(replaced)).standing?.counts).toBe(false);
    expect((await record(replacing)).standing?.counts).toBe(true);
  });

  test("a figure behind a third one makes way: all that hang together by their times are asked", async () => {
    const month = await said("2024-03", "2026-01-01");
    const both = await said("2024-03-20/2024-04-10", "2026-01-02", { value: 2000 });
    const next = await said("2024-04", "2026-01-03", { value: 3000 });
    expect(await beside(month)).toEqual({ rivals: [both], front: month, why: "other_yields" });
    const of = (await record(month)).revisions[0].snapshot;
    const found = await contenders(database.reader, of, { knownOn: "2026-06-01" });
    expect(found.map((s) => s.statementId).sort()).toEqual([both, month, next].sort());
  });
});

describe("what replaces a statement, and what it replaces", () => {
  const [OLD, NEW] = ["kg-regularised-2025-09-11", "kg-regularised-2025-09-10"];
  const both = async (id: string, vintage?: Vintage) => {
    const { restated, restating } = await record(id, vintage);
    return { restated: restated?.statementId, restating: restating.map((s) => s.statementId) };
  };

  test("lead to each other, from the day on which the later one was known", async () => {
    expect(await both(OLD)).toEqual({ restated: undefined, restating: [NEW] });
    expect(await both(NEW)).toEqual({ restated: OLD, restating: [] });
    expect(await both(OLD, { knownOn: "2025-09-16" })).toEqual({ restated: undefined, restating: [] });
    expect(await both(OLD, { knownOn: "2025-09-17" })).toEqual({ restated: undefined, restating: [NEW] });
    expect((await record(OLD)).standing?.counts).toBe(false);
    expect((await record(OLD, { knownOn: "2025-09-16" })).standing?.counts).toBe(true);
  });

  test("a replacement that was withdrawn replaces nothing any more, but did when recorded", async () => {
    const on = nextDay();
    const old = await said(on, "2026-04-01");
    const replacing = await said(on, "2026-05-01", { value: 4000, restates: old });
    await later();
    const before = new Date();
    await later();
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change(replacing))));
    expect(await both(old)).toEqual({ restated: undefined, restating: [] });
    expect(await both(old, { knownOn: "2026-06-01", recordedAt: before })).toEqual({ restated: undefined, restating: [replacing] });
    // The withdrawn one still says what it meant to replace.
    expect(await both(replacing)).toEqual({ restated: old, restating: [] });
  });

  test("a statement of its own has neither", async () => {
    const of = { statementId: "kg-gray-list-2025-07-01", restates: null };
    expect(await restatements(database.reader, of, { knownOn: "2026-06-01" })).toEqual({ restated: undefined, restating: [] });
  });
});

describe("a page pinned to both dates", () => {
  test("gives the same again after a correction, a new rival and another rank", async () => {
    const on = nextDay();
    const id = await said(on, "2026-04-01");
    const before = await record(id);
    expect(before.pinned).toMatchObject({ knownOn: "2026-06-01", recordedAt: expect.any(Date) });
    await later();
    const sent = figure({ as_of: on, value: 9000, source: source("Corrected", { published_on: "2026-04-01" }) });
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change(id), sent, NOW)));
    const rival = await said(on, "2026-04-20", { value: 5000 });
    accepted(await act(database.staff, (tx) => rankSnapshot(tx, CENTRAL, change(rival), "preferred")));
    // Where the ledger has it is told of now alone.
    expect(await record(id, before.pinned)).toEqual({ ...before, sealed: undefined });
    expect(await record(id)).not.toEqual(before);
  });

  test("is the same until something is recorded", async () => {
    const pinned = async () => (await record("kg-gray-list-2025-07-01")).pinned;
    const [one, two] = [await pinned(), await pinned()];
    expect(one).toEqual(two);
    await later();
    await said(nextDay(), "2026-04-01");
    expect((await pinned())?.recordedAt?.getTime()).toBeGreaterThan(one?.recordedAt?.getTime() ?? 0);
  });

  test("keeps the day and the instant that are shown, and is none where that day does not know the statement", async () => {
    const vintage = { knownOn: "2025-12-27", recordedAt: new Date() };
    expect((await record("kg-gray-list-2025-11", vintage)).pinned).toEqual(vintage);
    const id = await said("2026-05-30", "2026-06-01", { source: source("This month", { published_on: "2026-06" }) });
    expect((await record(id)).pinned).toBeUndefined();
  });
});
