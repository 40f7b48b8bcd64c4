import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectionOptions } from "@/db/address";
import { type Watch, watchChanges } from "@/db/changes";
import { closePools, pagesDb, readerDb, staffDb } from "@/db/client";
import { readOnlyUpTo } from "@/db/follower";
import { migrateDatabase } from "@/db/migrate";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { SYSTEM } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { followerOf } from "../setup/follower";
import { accepted, figure, NOW, source } from "../setup/record";
import { DEBIAN_15, installedServer, type Server } from "../setup/servers";

/** A server that leads, and one that follows it. */
let leads: Server;
let follows: Server;
let owner: postgres.Sql;
let follower: postgres.Sql;
let place: string | undefined;
beforeAll(async () => {
  leads = await installedServer(DEBIAN_15);
  await migrateDatabase(leads.url);
  owner = postgres({ ...connectionOptions(leads.url), max: 2, onnotice: () => {} });
  await owner`create table public.told (n int)`;
  await owner`insert into public.told values (1)`;
  await owner`grant select on public.told to muhlat_reader`;
  follows = await followerOf(leads, DEBIAN_15);
  follower = postgres({ ...connectionOptions(follows.url), max: 1, onnotice: () => {} });
  process.env.DATABASE_URL = leads.url;
  process.env.DATABASE_URL_REPLICA = follows.url;
  readOnlyUpTo(() => place);
}, 120_000);
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  delete process.env.DATABASE_URL_REPLICA;
  readOnlyUpTo(() => undefined);
  await Promise.all([owner?.end(), follower?.end()]);
  await follows?.close();
  await leads?.close();
});

/** Changes what is read. */
const change = (n: number) => owner`update public.told set n = ${n}`;
/** From now on everything committed so far is needed. */
const needAll = async () => {
  const [row] = await owner<{ place: string }[]>`select pg_current_wal_insert_lsn()::text as place`;
  place = row?.place;
};
const SEEN = "select n, pg_is_in_recovery() as follows from public.told";
const seen = async () => (await pagesDb().execute<{ n: number; follows: boolean }>(SEEN))[0];
const seenInTransaction = () =>
  pagesDb().transaction(
    async (tx) => {
      const [first] = await tx.execute<{ n: number; follows: boolean }>(SEEN);
      const [level] = await tx.execute<{ level: string }>("select current_setting('transaction_isolation') as level");
      return { ...first, ...level };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
const caughtUp = async () => {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const [row] = await follower`select pg_last_wal_replay_lsn() >= ${place ?? "0/0"}::pg_lsn as so_far`;
    if (row?.so_far) return;
    await sleep(20);
  }
  throw new Error("it does not follow");
};

test("nothing is read of a follower while nobody knows what is needed", async () => {
  place = undefined;
  expect(await seen()).toEqual({ n: 1, follows: false });
});

test("pages are read of a follower that has all that is needed", async () => {
  await needAll();
  await caughtUp();
  expect(await seen()).toEqual({ n: 1, follows: true });
  expect(await seenInTransaction()).toEqual({ n: 1, follows: true, level: "repeatable read" });
});

test("of one that lags behind nothing is read that is older than what was told", async () => {
  await follower`select pg_wal_replay_pause()`;
  await change(2);
  await needAll();
  // Before it was told of the change, the process may show what was.
  expect((await follower.unsafe(SEEN))[0]).toEqual({ n: 1, follows: true });
  expect(await seen()).toEqual({ n: 2, follows: false });
  expect(await seenInTransaction()).toEqual({ n: 2, follows: false, level: "repeatable read" });
  await follower`select pg_wal_replay_resume()`;
  await caughtUp();
  expect(await seen()).toEqual({ n: 2, follows: true });
});

test("while changes come and replay stops and goes on, no read is older than what is needed", async () => {
  let older = 0;
  let ofFollower = 0;
  for (let n = 10; n < 110; n += 1) {
    if (n % 10 === 3) await follower`select pg_wal_replay_pause()`;
    if (n % 10 === 7) await follower`select pg_wal_replay_resume()`;
    await change(n);
    await needAll();
    const answers = await Promise.all([seen(), seen(), seenInTransaction()]);
    for (const answer of answers) {
      if (answer?.n !== n) older += 1;
      if (answer?.follows) ofFollower += 1;
    }
  }
  await follower`select pg_wal_replay_resume()`;
  expect(older).toBe(0);
  expect(ofFollower).toBeGreaterThan(0);
});

test("whoever was told that something is public finds it on pages, however far the follower is", async () => {
  await ensureSystem(staffDb());
  let watch: Watch | undefined;
  await new Promise<void>((resolve) => {
    watch = watchChanges(leads.url, { changed: () => {}, connected: resolve, lost: () => {} });
  });
  readOnlyUpTo(watch?.toldUpTo ?? (() => undefined));
  try {
    const newest = sql`select value, pg_is_in_recovery() as follows from derived.snapshots order by recorded_at desc limit 1`;
    let ofFollower = 0;
    for (let value = 1; value <= 30; value += 1) {
      if (value % 10 === 3) await follower`select pg_wal_replay_pause()`;
      if (value % 10 === 7) await follower`select pg_wal_replay_resume()`;
      accepted(await act(staffDb(), (tx) => recordSnapshot(tx, SYSTEM, figure({ value, source: source(`Told ${value}`) }), NOW)));
      expect(await pagesDb().execute(newest)).toMatchObject([{ value: String(value) }]);
      await sleep(30);
      const [later] = await pagesDb().execute<{ value: string; follows: boolean }>(newest);
      expect(later).toMatchObject({ value: String(value) });
      if (later?.follows) ofFollower += 1;
    }
    expect(ofFollower).toBeGreaterThan(5);
    expect(ofFollower).toBeLessThan(30);
    await owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'muhlat front %'`;
    await sleep(50);
    // Nobody knows what is needed while nothing is heard.
    expect(watch?.toldUpTo()).toBeUndefined();
  } finally {
    await watch?.stop();
    readOnlyUpTo(() => place);
  }
});

test("what is wrong is told as the one that leads tells it", async () => {
  await expect(pagesDb().execute("select nothing_such from public.told")).rejects.toMatchObject({ cause: { code: "42703" } });
  await sleep(2100);
  await needAll();
  await caughtUp();
  expect(await seen()).toMatchObject({ follows: true });
});

test("what holds one state over several questions is read of the one that leads", async () => {
  const [row] = await readerDb().execute<{ follows: boolean }>(SEEN);
  expect(row?.follows).toBe(false);
});

test("a follower that is gone is read around", async () => {
  await follower.end();
  await follows.close();
  const began = performance.now();
  for (let time = 0; time < 20; time += 1) expect(await seen()).toMatchObject({ n: 109, follows: false });
  expect(performance.now() - began).toBeLessThan(5000);
});
