import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordedBy } from "@/lib/ledger/recorded";
import { extentOf } from "@/lib/snapshots/extent";
import { DAYS, dayAt, type LivelyRecord, livelyRecord } from "../setup/lively-record";
import { differences } from "../setup/record";

// What is counted beforehand, and looked up at the ends of series, is what counting row by row finds.

let record: LivelyRecord;
beforeAll(async () => {
  record = await livelyRecord();
}, 120_000);
afterAll(() => record.database.close());

test("the totals are those of the tables after everything that was done, and a wrong one is told and made anew", async () => {
  const { owner } = record.database;
  const [counted] = await owner`
    select (select count(*) from record.snapshots) as record, (select count(*) from derived.snapshots) as derived`;
  expect(Number(counted?.record)).toBeGreaterThan(Number(counted?.derived));
  const kept = await owner<{ of: string; rows: string }[]>`select of, rows from derived.totals order by of`;
  expect(kept.map(({ of, rows }) => [of, rows])).toEqual([
    ["derived.snapshots", counted?.derived],
    ["record.snapshots", counted?.record],
  ]);
  expect(await differences(owner)).toEqual([]);
  await owner`update derived.totals set rows = rows + 1 where of = 'derived.snapshots'`;
  expect(await differences(owner)).toEqual([{ feature: "totals", statement_id: "derived.snapshots" }]);
  await owner`select derived.rebuild()`;
  expect(await differences(owner)).toEqual([]);
}, 60_000);

describe("of any day", () => {
  test("the extent of what counts is the one that all of it has", async () => {
    const sizes = new Set<number>();
    const [newest] = await record.database.owner<{ at: Date }[]>`select max(recorded_at) as at from record.snapshots`;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -5, max: DAYS + 100 }), async (day) => {
        const knownOn = dayAt(day);
        const [quick, slow] = await Promise.all([
          extentOf(record.database.reader, { knownOn }),
          extentOf(record.database.reader, { knownOn, recordedAt: new Date((newest?.at.getTime() ?? 0) + 60_000) }),
        ]);
        expect(quick && { ...quick, newest: quick.newest.to }).toEqual(slow && { ...slow, newest: slow.newest.to });
        sizes.add(quick?.statements ?? 0);
      }),
      { numRuns: 8, examples: [[-5], [DAYS + 100]] },
    );
    expect(sizes.size).toBeGreaterThan(2);
  }, 90_000);

  test("statements and corrections up to an instant are those that were recorded by then", async () => {
    for (const at of [new Date("2020-01-01T00:00:00Z"), ...record.instants, new Date("2099-01-01T00:00:00Z")]) {
      const parts = ["snapshots", "sources", "countries", "deadlines", "events"].map(
        (name) => `select revision from record.${name} where recorded_at <= '${at.toISOString()}'`,
      );
      const [row] = await record.database.owner.unsafe(
        `select count(*) filter (where revision = 1) as statements, count(*) filter (where revision > 1) as corrections from (${parts.join(" union all ")}) x`,
      );
      expect(await recordedBy(record.database.reader, at)).toEqual({
        statements: Number(row?.statements),
        corrections: Number(row?.corrections),
      });
    }
  });
});
