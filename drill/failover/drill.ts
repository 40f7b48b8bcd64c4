import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { languages } from "@/lib/i18n/languages";
import { newPrivateKey } from "@/lib/ledger/signing-key";
import { act } from "@/lib/ledger/write";
import { makeToken } from "@/lib/tokens/write";
import { build, type Muhlat, startMuhlat } from "../one-muhlat";
import { Cluster, missing } from "./cluster";
import { type Counted, counted } from "./counted";
import { COUNTRIES, Readers, Writers } from "./load";

type Result = { what: string; seconds: number; trouble?: string };

const PORTS = [Number(process.env.MUHLAT_DRILL_PORT ?? 3260), Number(process.env.MUHLAT_DRILL_PORT ?? 3260) + 1];
const PAGES = ["", "/countries/kg", "/countries/tj", "/countries/all", "/deadlines", "/corrections", "/method", "/data", "/explore"];
const ADDRESSES = languages.flatMap((language) => PAGES.map((page) => `/${language}${page}`));
/** How long it is written before anything fails, and between the two failures; milliseconds. */
const CALM = 15_000;
/** How long nothing comes through between the databases before the one that leads is lost; milliseconds. */
const STALLED = 3000;
/** How long writing may take to go on before the drill gives up; milliseconds. */
const GOES_ON_WITHIN = 180_000;
/** How long pages may take to be fresh; milliseconds. */
const FRESH_WITHIN = 60_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const ADMIN = "drill@example.org";

/** A token that publishes for the countries of the load, as an admin makes one. */
async function tokenFor(address: string): Promise<string> {
  const { db, close } = openPool(address, ROLE.staff, 1);
  try {
    const [admin] = await db.execute<{ person_id: string }>(`select person_id from staff.people where email = '${ADMIN}'`);
    const actor = { personId: admin?.person_id ?? "", role: "central_admin", countries: [] } as const;
    const made = await act(db, (tx) => makeToken(tx, actor, { name: "Drill", countries: COUNTRIES, publishes: "✓", days: "90" }));
    if (!made.ok) throw new Error(`no token: ${JSON.stringify(made.failure)}`);
    return made.value.token;
  } finally {
    await close();
  }
}

/** Waits until something is acknowledged again. */
async function untilWriting(writers: Writers): Promise<void> {
  const before = writers.acknowledged.size;
  for (let waited = 0; writers.acknowledged.size < before + 20; waited += 50) {
    if (waited > GOES_ON_WITHIN) throw new Error(`nothing was acknowledged for ${GOES_ON_WITHIN / 1000} s`);
    await sleep(50);
  }
}

/** How long the pages that most people arrive at take to be fresh, in every process; milliseconds. */
async function untilFresh(origins: readonly string[]): Promise<number> {
  const began = performance.now();
  for (;;) {
    const answers = await Promise.all(origins.flatMap((origin) => ADDRESSES.map((address) => fetch(`${origin}${address}`))));
    await Promise.all(answers.map((answer) => answer.text()));
    const took = performance.now() - began;
    if (took > FRESH_WITHIN || answers.every((answer) => answer.status === 200 && !answer.headers.has("age"))) return took;
    await sleep(100);
  }
}

type Gaps = { killed: number; stalled: number };

/** The machine that leads is lost; it comes back; nothing comes through between the databases, and the one that leads now is lost. */
async function failTwice(cluster: Cluster, writers: Writers): Promise<Gaps> {
  await sleep(CALM);
  writers.gap();
  const first = await cluster.settled(2);
  await cluster.machine(first).kill();
  await untilWriting(writers);
  const killed = writers.gap();
  cluster.machine(first).start();
  const second = await cluster.settled(2);
  await sleep(CALM);
  writers.gap();
  cluster.stallWires();
  await sleep(STALLED);
  await cluster.machine(second).kill();
  cluster.mendWires();
  await untilWriting(writers);
  const stalled = writers.gap();
  cluster.machine(second).start();
  await cluster.settled(2);
  return { killed, stalled };
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const told = (counts: ReadonlyMap<string, number>) => [...counts].map(([what, times]) => `${times} × ${what}`).join(", ") || "none";

/** What is to be said of a run, and what was not as it should be. */
function judged(synchronous: boolean, gaps: Gaps, fresh: number, found: Counted, writers: Writers, readers: Readers) {
  console.log(`   acknowledged ${found.acknowledged}, lost ${found.lost}, duplicated ${found.duplicated}, recorded untold ${found.untold}`);
  console.log(`   settled by the retry ${writers.settled}; other answers: ${told(writers.refusals)}`);
  console.log(`   writers waited ${seconds(gaps.killed)} when the leader was killed, ${seconds(gaps.stalled)} when it was after a stall`);
  console.log(
    `   public requests ${readers.requests}, failed: ${told(readers.failures)}; of kept pages ${readers.old}; the slowest ${seconds(readers.slowest)}; all fresh after ${seconds(fresh)}`,
  );
  const troubles: string[] = [];
  if (synchronous && found.lost > 0) troubles.push(`${found.lost} acknowledged and lost`);
  if (!synchronous && found.lost === 0) troubles.push("nothing was lost without a second machine, so the drill proves nothing");
  if (found.duplicated > 0) troubles.push(`${found.duplicated} recorded twice`);
  if (found.untold > 0) troubles.push(`${found.untold} recorded and never told`);
  if (readers.failures.size > 0) troubles.push(`public requests failed: ${told(readers.failures)}`);
  if (found.acknowledged < 100) troubles.push("hardly anything was written");
  if (fresh > FRESH_WITHIN) troubles.push("pages did not become fresh");
  return troubles;
}

async function run(synchronous: boolean): Promise<Result> {
  const began = performance.now();
  // However it ends, nothing goes on and nothing is left.
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-failover-pages-"));
  const cluster = new Cluster(synchronous);
  const muhlats: Muhlat[] = [];
  let writers: Writers | undefined;
  let readers: Readers | undefined;
  const end = async () => {
    await Promise.allSettled([...muhlats.map((muhlat) => muhlat.stop("SIGKILL")), readers?.stop()]);
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const broken = () => void end().finally(() => process.exit(1));
  for (const signal of SIGNALS) process.once(signal, broken);
  try {
    await cluster.start();
    const key = newPrivateKey();
    for (const [index, port] of PORTS.entries())
      muhlats.push(
        await startMuhlat(port, {
          DATABASE_URL: cluster.primary,
          DATABASE_URL_REPLICA: cluster.reading,
          MUHLAT_DATA_DIR: path.join(folder, String(index)),
          AUTH_SECRET: "the same for both, and long enough for it",
          LEDGER_KEY: key,
          MUHLAT_ADMIN_EMAIL: ADMIN,
          MUHLAT_ADMIN_PASSWORD: "a long password for a drill",
          TRUST_PROXY: "1",
        }),
      );
    const origins = muhlats.map(({ origin }) => origin);
    const token = await tokenFor(cluster.primary);
    // What nobody ever asked for cannot be shown as it was.
    for (let tries = 0; (await untilFresh(origins)) > FRESH_WITHIN; tries += 1) if (tries === 3) throw new Error("pages cannot be made");
    writers = new Writers(origins, token);
    readers = new Readers(origins, ADDRESSES);
    const gaps = await failTwice(cluster, writers);
    await writers.stop();
    const fresh = await untilFresh(origins);
    await readers.stop();
    const found = await counted(cluster.primary, writers);
    const troubles = judged(synchronous, gaps, fresh, found, writers, readers);
    const what = `the leader killed twice, ${synchronous ? "each write on a second machine" : "as a control without a second machine"}`;
    return { what, seconds: (performance.now() - began) / 1000, ...(troubles.length > 0 && { trouble: troubles.join("; ") }) };
  } catch (error) {
    if (writers) console.error(`${writers.acknowledged.size} acknowledged; other answers: ${told(writers.refusals)}`);
    for (const muhlat of muhlats) console.error(muhlat.said().slice(-1500));
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, broken);
    await end();
  }
}

/** Three database machines, of which the one that leads is lost twice under load. `--async`: the control, in which writes are lost. */
export async function failover(): Promise<Result[]> {
  const lacking = missing();
  if (lacking) return [{ what: "three database machines", seconds: 0, trouble: lacking }];
  build();
  return [await run(!process.argv.includes("--async"))];
}
