import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { closePools, type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { OtherKeyError, sealAll, sealOnce } from "@/lib/ledger/seal";
import { newPrivateKey, signingKey } from "@/lib/ledger/signing-key";
import { sealAlways } from "@/server/sealer";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { headNow, KEY, SECRET, verified } from "../setup/ledger";
import { addPeople, CENTRAL, recorded } from "../setup/record";

let database: FreshDatabase;
let ended: (() => Promise<unknown>)[];
beforeEach(async () => {
  database = await freshDatabase();
  ended = [];
  process.env.DATABASE_URL = database.url;
  await addPeople(database.staff, CENTRAL);
});
afterEach(async () => {
  for (const end of ended.reverse()) await end();
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});

const seal = () => sealAll(database.sealer, { current: KEY });

/** So many sources in one statement, straight into the record. */
const writeSources = (sql: FreshDatabase["owner"], name: string, many: number) => sql`
  insert into record.sources (statement_id, revision, state, recorded_by, published_by, recorded_at, title)
  select ${name} || '-' || i, 1, 'published', 'central', 'central', now(), 'Briefing ' || i from generate_series(1, ${many}::int) i`;

/** Sixteen writers, each recording so many figures one by one over a connection of its own. */
async function write(each: number): Promise<void> {
  const pools = Array.from({ length: 16 }, () => openPool(database.url, ROLE.staff, 1));
  await Promise.all(
    pools.map(async ({ db, close }, writer) => {
      for (let number = 0; number < each; number += 1) await recorded(db, { as_of: `2025-09-${10 + writer}`, value: 1000 + number });
      await close();
    }),
  );
}

const waiting = async () => Number((await database.owner`select count(*) from staff.unsealed`)[0]?.count);

/** Waits until nothing is noted to be sealed; milliseconds that it took. */
async function untilSealed(most = 20_000): Promise<number> {
  const began = performance.now();
  while ((await waiting()) > 0 && performance.now() - began < most) await sleep(50);
  return performance.now() - began;
}

/** Everything is in the chain exactly once, the chain holds together, and revisions stand in it in their order. */
async function expectWhole(): Promise<void> {
  expect((await verified(database)).faults).toEqual([]);
  const [counted] = await database.owner`
    select (select count(*) from record.snapshots) + (select count(*) from record.sources) + (select count(*) from staff.acts) as rows,
           (select count(*) from ledger.entries where kind <> 'key') as entries, (select max(n) - count(*) from ledger.entries) as gaps,
           (select count(*) from ledger.entries one join ledger.entries later using (kind, id)
            where later.revision = one.revision + 1 and later.n < one.n) as out_of_order`;
  expect(counted?.entries).toBe(counted?.rows);
  expect(counted).toMatchObject({ gaps: "0", out_of_order: "0" });
}

test("what sixteen writers record is sealed once each, in order, within two seconds of its commit", { timeout: 120_000 }, async () => {
  ended.push(sealAlways({ current: KEY }));
  await write(8);
  expect(await untilSealed()).toBeLessThan(5000);
  await expectWhole();
  // From the writing of each row to the sealing of the head it is under.
  const [lag] = await database.owner<{ most: number; count: string; heads: string }[]>`
    select percentile_cont(0.95) within group (order by extract(epoch from h.sealed_at - s.recorded_at))::float as most, count(*), count(distinct h.n) as heads
    from record.snapshots s join ledger.entries e on e.kind = 'snapshots' and e.id = s.statement_id and e.revision = s.revision
    cross join lateral (select * from ledger.heads where n >= e.n order by n limit 1) h`;
  expect(lag?.count).toBe("128");
  expect(Number(lag?.heads)).toBeGreaterThan(2);
  expect(lag?.most).toBeLessThan(2);
});

test("a transaction that stays open is passed by, and found when it ends", async () => {
  const open = await database.owner.reserve();
  await open`begin`;
  await writeSources(open as unknown as FreshDatabase["owner"], "early", 3);
  for (let number = 0; number < 3; number += 1) {
    await recorded(database.staff);
    await seal();
  }
  expect(await waiting()).toBe(0);
  expect((await verified(database)).faults).toEqual([]);
  await open`commit`;
  open.release();
  expect(await waiting()).toBe(1);
  expect(await seal()).toBe(3);
  await expectWhole();
});

test("while one sealing is not committed yet, another finds its turn taken, and none follows the same end", async () => {
  await seal();
  await recorded(database.staff);
  await database.sealer.transaction(async (tx) => {
    expect(await sealOnce(tx as unknown as Database, { current: KEY })).toBe(2);
    await recorded(database.staff, { as_of: "2025-09-30" });
    expect(await sealOnce(database.sealer, { current: KEY })).toBe(0);
  });
  expect(await seal()).toBe(1);
  await expectWhole();
});

test("what is rolled back leaves nothing to seal", async () => {
  await seal();
  await database.owner
    .begin(async (sql) => {
      await writeSources(sql as unknown as FreshDatabase["owner"], "gone", 3);
      return Promise.reject(new Error("no"));
    })
    .catch(() => {});
  expect(await waiting()).toBe(0);
  expect(await seal()).toBe(0);
});

test("what comes in by many is sealed page by page, each as quickly as the one before", { timeout: 90_000 }, async () => {
  await writeSources(database.owner, "many", 20_001);
  const times: number[] = [];
  for (let added = -1; added !== 0; ) {
    const began = performance.now();
    added = await sealOnce(database.sealer, { current: KEY });
    times.push(performance.now() - began);
  }
  expect(await database.owner`select n::int as n from ledger.heads order by n`).toEqual(
    [5001, 10_001, 15_001, 20_001, 20_002].map((n) => ({ n })),
  );
  // The fourth page was a hundred times slower than the first while the server matched it with the chain as a whole.
  expect(times[3]).toBeLessThan(5 * Math.max(1000, ...times.slice(0, 1)));
  await expectWhole();
});

describe("processes", () => {
  const script = path.resolve(import.meta.dirname, "../setup/seals-until-killed.ts");
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ["--import", "tsx", script, SECRET], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout as NodeJS.ReadableStream, "data");
    return child;
  };
  const kill = async (child: ChildProcess) => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };

  test("that seal at once make one chain, and one killed in the middle leaves it whole", { timeout: 180_000 }, async () => {
    const lasting = await start();
    ended.push(() => kill(lasting));
    let writing = true;
    ended.push(async () => {
      writing = false;
      await written.catch(() => {});
    });
    const written = Promise.all([
      write(4),
      (async () => {
        for (let number = 0; writing; number += 1) {
          await writeSources(database.owner, `load-${number}`, 400);
          await sleep(100);
        }
      })(),
    ]);
    const found: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const child = await start();
      await sleep(100 + turn * 90);
      await kill(child);
      const { faults, entries } = await verified(database);
      expect(faults).toEqual([]);
      found.push(entries);
    }
    writing = false;
    await written;
    await untilSealed(60_000);
    await expectWhole();
    expect(new Set(found).size).toBeGreaterThan(2);
  });

  test("that come with a key of their own seal nothing", async () => {
    await recorded(database.staff);
    await seal();
    await recorded(database.staff, { as_of: "2025-09-30" });
    await expect(sealOnce(database.sealer, { current: signingKey(newPrivateKey()) })).rejects.toThrow(OtherKeyError);
    expect(await waiting()).toBeGreaterThan(0);
    expect(await seal()).toBeGreaterThan(0);
    await expectWhole();
  });
});

describe("another key", () => {
  const next = signingKey(newPrivateKey());
  const third = signingKey(newPrivateKey());

  test("is announced by the one before, and signs from then on", async () => {
    await recorded(database.staff);
    await seal();
    const before = await headNow(database.reader);
    await sealAll(database.sealer, { current: next, before: KEY });
    const after = await headNow(database.reader);
    expect(after).toMatchObject({ n: before.n + 1, key: next.name });
    await recorded(database.staff, { as_of: "2025-09-30" });
    await sealAll(database.sealer, { current: next, before: KEY });
    expect((await verified(database, [before, after])).faults).toEqual([]);
    // Who has the old key only may not go on with it.
    await recorded(database.staff, { as_of: "2025-09-29" });
    await expect(sealOnce(database.sealer, { current: KEY })).rejects.toThrow(OtherKeyError);
  });

  test("in the place of a lost one is told until it is known from elsewhere", async () => {
    await seal();
    await sealAll(database.sealer, { current: third, before: "lost" });
    expect((await verified(database)).faults).toEqual([{ code: "unknown_key", n: 2, key: third.name }]);
    expect((await verified(database, [], [third.name])).faults).toEqual([]);
  });
});
