import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { connectionOptions } from "@/db/address";
import { closePools, staffDb } from "@/db/client";
import { transactionWithOutcome } from "@/db/commit";
import { migrateDatabase } from "@/db/migrate";
import { ensureSystem } from "@/lib/staff/write";
import { entered, madeToken, refusedAs, send, statement } from "../api/sending";
import { addPeople, CENTRAL } from "../setup/record";
import { embeddedServer, type Server } from "../setup/servers";

/** A server of its own: whether commits wait is a setting of all of it. */
let server: Server;
/** Waits for nobody, whatever the server is set to. */
let owner: postgres.Sql;
let token: { tokenId: string; token: string };
beforeAll(async () => {
  server = await embeddedServer();
  await migrateDatabase(server.url);
  process.env.DATABASE_URL = server.url;
  owner = postgres({ ...connectionOptions(server.url), max: 2, connection: { synchronous_commit: "local" }, onnotice: () => {} });
  await ensureSystem(staffDb());
  await addPeople(staffDb(), CENTRAL);
  token = await madeToken(staffDb(), CENTRAL, { countries: ["KG"], publishes: "✓" });
});
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  await owner?.end();
  await server?.close();
});

/** From now on a commit waits for a second machine that does not exist, or for nobody. */
async function waitForSecond(waits: boolean): Promise<void> {
  await owner`alter system set synchronous_standby_names = ${owner.unsafe(waits ? "'nobody'" : "''")}`;
  await owner`select pg_reload_conf()`;
  for (let seen = ""; seen !== (waits ? "nobody" : ""); await sleep(20)) {
    const [row] = await owner`select current_setting('synchronous_standby_names') as names`;
    seen = row?.names;
  }
}
afterEach(() => waitForSecond(false));

let number = 0;
let sent: ReturnType<typeof statement>;
let key: string;
beforeEach(() => {
  number += 1;
  key = `unknown-outcome-${number}`;
  sent = statement({
    measure: "left",
    as_of: "2024-01",
    value: number,
    source: { title: `Count ${number}` },
    confirm: ["already_there", "rival"],
  });
});
const sendIt = () => send(sent, { token: token.token, key });
const timesRecorded = async () =>
  (await owner`select from record.snapshots s join record.sources o on o.statement_id = s.source_id where o.title = ${sent.source.title}`)
    .length;

/** The process of the server that waits for something, as soon as there is one. */
async function waitingFor(event: string): Promise<number> {
  for (let waited = 0; waited < 10_000; waited += 10) {
    const [row] = await owner<
      { pid: number }[]
    >`select pid from pg_stat_activity where wait_event = ${event} and application_name = 'muhlat muhlat_staff'`;
    if (row) return row.pid;
    await sleep(10);
  }
  throw new Error(`nobody waits for ${event}`);
}

test("a wait for the second machine that is broken off is no success, and the same asked again waits for it itself", async () => {
  await waitForSecond(true);
  const first = sendIt();
  // That the token was used is noted without waiting: what waits is the statement.
  await owner`select pg_cancel_backend(${await waitingFor("SyncRep")})`;
  const problem = await refusedAs(await first, 503, "unconfirmed");
  expect(problem.title).toContain("with the same key");
  expect(await timesRecorded()).toBe(1);

  const again = sendIt();
  await waitingFor("SyncRep");
  expect(await Promise.race([again.then(() => "answered"), sleep(500, "waits")])).toBe("waits");
  await waitForSecond(false);
  await entered(await again, 200);
  expect(await timesRecorded()).toBe(1);
});

test("a connection that ends while the commit is under way leaves it unknown; the retry finds it recorded", async () => {
  await waitForSecond(true);
  const first = sendIt();
  await owner`select pg_terminate_backend(${await waitingFor("SyncRep")})`;
  const answer = await first;
  expect(answer.headers.get("retry-after")).toBe("5");
  await refusedAs(answer, 503, "unconfirmed");
  await waitForSecond(false);
  await entered(await sendIt(), 200);
  expect(await timesRecorded()).toBe(1);
});

test("what goes wrong before it is told as it is: nothing was written", async () => {
  const lost = Object.assign(new Error("write CONNECTION_CLOSED"), { code: "CONNECTION_CLOSED" });
  await expect(transactionWithOutcome(staffDb(), () => Promise.reject(lost))).rejects.toBe(lost);
});

test("an error by which the server refuses the commit is told as it is: nothing was written", async () => {
  await owner.unsafe(
    "create table late (n int primary key deferrable initially deferred); insert into late values (1); grant all on late to muhlat_staff",
  );
  const refused = transactionWithOutcome(staffDb(), (tx) => tx.execute("insert into late values (1)"));
  await expect(refused).rejects.toMatchObject({ code: "23505" });
});

test("nobody is kept waiting for ever by a commit that is not answered", { timeout: 60_000 }, async () => {
  await waitForSecond(true);
  const began = performance.now();
  await refusedAs(await sendIt(), 503, "unconfirmed");
  expect(performance.now() - began).toBeLessThan(20_000);
  // Others are not kept from reading meanwhile.
  expect(await staffDb().execute("select 1 as one")).toEqual([{ one: 1 }]);
  await waitForSecond(false);
  await entered(await sendIt(), 200);
  expect(await timesRecorded()).toBe(1);
});

test("connections that lead to a server which only follows are left", async () => {
  await owner.unsafe("alter database postgres set default_transaction_read_only = on");
  await closePools();
  try {
    await refusedAs(await sendIt(), 503, "unavailable");
  } finally {
    await owner.unsafe("set default_transaction_read_only = off; alter database postgres set default_transaction_read_only = off");
  }
  // Connections made meanwhile would stay what they are.
  await entered(await sendIt());
  expect(await timesRecorded()).toBe(1);
});
