import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { snapshotsOfCountry } from "@/lib/snapshots/read";
import type { Snapshot } from "@/lib/snapshots/rules";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { freshDatabase } from "../setup/fresh-database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const NOW = new Date("2026-06-01T09:00:00Z");
const dayAt = (day: number) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
const DAYS = 400;
/** Instants between the acts, so that each state of the record can be asked for again. */
const instants: Date[] = [];
const withdrawn = new Set<string>();

const pause = () => new Promise((resolve) => setTimeout(resolve, 2));

beforeAll(async () => {
  database = await freshDatabase();
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
  const random = fc.sample(
    fc.record({
      verb: fc.constantFrom("record", "record", "restate", "correct", "withdraw"),
      day: fc.nat(DAYS),
      later: fc.nat(60),
      pick: fc.nat(1000),
    }),
    { numRuns: 60, seed: 20250726 },
  );
  const made: string[] = [];
  const revisions = new Map<string, number>();
  const restated = new Set<string>();
  for (const { verb, day, later, pick } of random) {
    await pause();
    instants.push(new Date());
    await pause();
    const sent = {
      country: "KG",
      measure: "black_list",
      as_of: dayAt(day),
      answer: "figure",
      qualifier: "about",
      value: 1000 * (pick + 1),
      source: { title: `Said ${pick}`, published_on: dayAt(day + later) },
    };
    const old = made[pick % Math.max(1, made.length)];
    const change = { statementId: old ?? "", replacesRevision: revisions.get(old ?? "") ?? 0, reason: "A slip of ours" };
    if (verb === "correct" && old) {
      const outcome = await act(database.staff, (tx) => correctSnapshot(tx, SYSTEM, change, sent, NOW));
      if (outcome.ok) revisions.set(old, change.replacesRevision + 1);
      withdrawn.delete(old);
    } else if (verb === "withdraw" && old && !withdrawn.has(old)) {
      const outcome = await act(database.staff, (tx) => withdrawSnapshot(tx, SYSTEM, change));
      if (outcome.ok) revisions.set(old, change.replacesRevision + 1);
      withdrawn.add(old);
    } else {
      const restates = verb === "restate" && old && !restated.has(old) ? old : undefined;
      const outcome = await act(database.staff, (tx) => recordSnapshot(tx, SYSTEM, { ...sent, restates }, NOW));
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
      if (restates) restated.add(restates);
      made.push(outcome.value.statementId);
      revisions.set(outcome.value.statementId, 1);
    }
  }
  await pause();
  instants.push(new Date());
});
afterAll(() => database.close());

const read = (knownOn: string, recordedAt?: Date) => snapshotsOfCountry(database.reader, "KG", { knownOn, recordedAt });
const ids = (snapshots: readonly Snapshot[]) => snapshots.map((s) => s.statementId);

test("every statement stands at most once in any answer, and none that is withdrawn or not yet known", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(DAYS + 80), fc.option(fc.nat(60), { nil: undefined }), async (day, pick) => {
      const at = pick === undefined ? undefined : instants[pick];
      const answer = await read(dayAt(day), at);
      expect(new Set(ids(answer)).size).toBe(answer.length);
      for (const snapshot of answer) expect(snapshot.knownFrom <= new Date(`${dayAt(day + 1)}T00:00:00+03:00`)).toBe(true);
      if (at === undefined) expect(ids(answer).filter((id) => withdrawn.has(id))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test("vintages only ever grow, but for statements that a later known one restates", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(DAYS), fc.nat(80), async (day, more) => {
      const [earlier, later] = [await read(dayAt(day)), await read(dayAt(day + more))];
      const still = new Set(ids(later));
      const everything = await database.owner`select restates from derived.snapshots where restates is not null`;
      const restated = new Set(everything.map((row) => row.restates));
      expect(ids(earlier).filter((id) => !still.has(id) && !restated.has(id))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("the record as of an instant answers the same after everything that came later", async () => {
  const [middle] = instants.slice(30, 31);
  if (!middle) throw new Error("there are too few acts");
  const before = await read("2026-06-01", middle);
  const now = new Set(ids(await read("2026-06-01")));
  const first = before.find((s) => now.has(s.statementId));
  if (!first) throw new Error("nothing was known");
  const sent = {
    country: "KG",
    measure: first.measure,
    as_of: first.asOf.text,
    answer: "figure",
    qualifier: "exact",
    value: 1,
    source: { title: "Now", published_on: first.asOf.text },
  };
  const newest = (
    await database.owner`select max(revision) as revision from record.snapshots where statement_id = ${first.statementId}`
  )[0];
  const change = { statementId: first.statementId, replacesRevision: newest?.revision, reason: "Today" };
  expect(await act(database.staff, (tx) => correctSnapshot(tx, SYSTEM, change, sent, NOW))).toMatchObject({ ok: true });
  expect(await read("2026-06-01", middle)).toEqual(before);
  expect((await read("2026-06-01")).find((s) => s.statementId === first.statementId)?.answer).toMatchObject({ figure: { value: 1 } });
});

test("Kyrgyzstan: 14,584 known on 12 September 2025, 39,096 in its place on 18 September", async () => {
  const settled = async (day: string) =>
    (await read(day))
      .filter((s) => s.measure === "regularised")
      .map((s) => (s.answer.kind === "figure" && s.answer.figure.qualifier !== "between" ? s.answer.figure.value : 0))
      .sort((a, b) => a - b);
  expect(await settled("2025-07-26")).toEqual([4000, 7000]);
  expect(await settled("2025-09-12")).toEqual([4000, 7000, 14_584, 17_000]);
  expect(await settled("2025-09-18")).toEqual([4000, 7000, 17_000, 39_096]);
});
