import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { endOfDay, MOSCOW } from "@/lib/moments/rules";
import { snapshotsOfCountry, statementsOf } from "@/lib/snapshots/read";
import type { Snapshot } from "@/lib/snapshots/rules";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { knownBy } from "@/lib/trends/rules/back-test";
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

type Written = { statement_id: string; state: string; restates: string | null; known_from: Date };

/** Of each statement the newest revision recorded up to an instant, read straight from the record, with when it became known. */
async function writtenBy(at?: Date): Promise<Written[]> {
  const until = (at ?? new Date("2999-01-01")).toISOString();
  return database.owner<Written[]>`
    select distinct on (s.statement_id) s.statement_id, s.state, s.restates,
      (select published_to from record.sources where statement_id = s.source_id and recorded_at <= ${until} order by revision desc limit 1) as known_from
    from record.snapshots s where s.country = 'KG' and s.recorded_at <= ${until} order by s.statement_id, s.revision desc`;
}

const endOf = (day: string) => endOfDay(day, MOSCOW);

test("as days go by vintages only ever grow, but for what is restated by a statement known by then", async () => {
  let met = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(DAYS), fc.nat(80), fc.option(fc.nat(60), { nil: undefined }), async (day, more, pick) => {
      const at = pick === undefined ? undefined : instants[pick];
      const [earlier, later] = [await read(dayAt(day), at), await read(dayAt(day + more), at)];
      const still = new Set(ids(later));
      const restated = (await writtenBy(at))
        .filter(
          (s) => s.state === "published" && s.restates && s.known_from > endOf(dayAt(day)) && s.known_from <= endOf(dayAt(day + more)),
        )
        .map((s) => s.restates);
      const gone = ids(earlier).filter((id) => !still.has(id));
      expect(gone.filter((id) => !restated.includes(id))).toEqual([]);
      expect(restated.filter((id) => id && still.has(id))).toEqual([]);
      met += gone.length;
    }),
    { numRuns: 120, seed: 20250912 },
  );
  expect(met).toBeGreaterThan(0);
});

test("as we write vintages only ever grow, but for what was withdrawn, corrected or restated meanwhile", async () => {
  const met = { withdrawn: 0, restated: 0, corrected: 0 };
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 60, max: DAYS + 60 }), fc.nat(59), fc.integer({ min: 1, max: 20 }), async (day, pick, more) => {
      const [from, to] = [instants[pick], instants[Math.min(pick + more, instants.length - 1)]];
      const still = new Set(ids(await read(dayAt(day), to)));
      const written = await writtenBy(to);
      const known = endOf(dayAt(day));
      const restated = new Set(written.filter((s) => s.state === "published" && s.known_from <= known).map((s) => s.restates));
      for (const id of ids(await read(dayAt(day), from)).filter((id) => !still.has(id))) {
        const now = written.find((s) => s.statement_id === id);
        if (now?.state === "withdrawn") met.withdrawn += 1;
        else if (restated.has(id)) met.restated += 1;
        else {
          // A correction may give it a source that became known later.
          expect(now?.known_from.getTime()).toBeGreaterThan(known.getTime());
          met.corrected += 1;
        }
      }
    }),
    { numRuns: 80, seed: 20250918 },
  );
  expect(Math.min(met.withdrawn, met.restated, met.corrected), JSON.stringify(met)).toBeGreaterThan(0);
});

test("every vintage has exactly what the record says: known, not withdrawn, not restated by what was known", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(DAYS + 80), fc.option(fc.nat(60), { nil: undefined }), async (day, pick) => {
      const at = pick === undefined ? undefined : instants[pick];
      const known = (await writtenBy(at)).filter((s) => s.state === "published" && s.known_from <= endOf(dayAt(day)));
      const restated = new Set(known.map((s) => s.restates));
      const expected = known.filter((s) => !restated.has(s.statement_id)).map((s) => s.statement_id);
      expect(ids(await read(dayAt(day), at)).sort()).toEqual(expected.sort());
    }),
    { numRuns: 60 },
  );
});

test("the back-test knows on each day what the database answers for it", async () => {
  const statements = await statementsOf(database.reader, "KG", "black_list", { knownOn: "2026-06-01" });
  expect(statements.some((s) => statements.some((other) => other.restates === s.statementId))).toBe(true);
  for (let day = 0; day < DAYS + 80; day += 20) {
    const answer = (await read(dayAt(day))).filter((s) => s.measure === "black_list");
    expect(knownBy(statements, endOf(dayAt(day)))).toEqual(answer);
  }
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
