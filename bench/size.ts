import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { startEmbedded } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { ROLE } from "@/db/roles";
import { beginSession } from "@/lib/sign-in/write";
import { build, type Muhlat, startMuhlat } from "../drill/one-muhlat";
import { fillRecord, LARGE, SMALL } from "./explore/record";
import { cpuOf } from "./front/speed";
import { databaseCpu } from "./open-data/database";
import { type Asked, everythingAsked } from "./size/addresses";
import { CODES, completed } from "./size/record";

/** How often each is asked, in turn; the least counts: whatever else the machine does only adds. */
const TIMES = 7;
/** A large record may cost so many times a small one's. */
const LIMIT = 1.5;

type Side = { name: string; owner: Sql; muhlat: Muhlat; cookie: string; asked: Asked[]; close: () => Promise<void> };
type Cost = { processor: number; seconds: number; bytes: number };

export async function openSide(server: string, name: string, port: number): Promise<Side> {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const owner = postgres({ ...connectionOptions(url.href), max: 2, onnotice: () => {} });
  const staff = openPool(url.href, ROLE.staff, 2);
  const of = await completed(owner, staff.db);
  const cookie = `muhlat-session=${await beginSession(staff.db, "bench-admin", { method: "password", secondFactor: "code", device: "bench" })}`;
  const muhlat = await startMuhlat(port, {
    DATABASE_URL: url.href,
    MUHLAT_STARTER_RECORD: "skip",
    MUHLAT_DATA_DIR: path.join(tmpdir(), `muhlat-size-${randomUUID().slice(0, 8)}`),
  });
  const close = async () => {
    await muhlat.stop();
    await Promise.all([staff.close(), owner.end()]);
  };
  return { name, owner, muhlat, cookie, asked: everythingAsked(of), close };
}

/** What one answer costs that was not kept: milliseconds of processor, the database's included. */
async function costOf({ owner, muhlat, cookie }: Side, { address, as, method }: Asked): Promise<Cost> {
  // What is kept is asked for anew after any change.
  await owner`select pg_notify('muhlat_changed', '')`;
  await new Promise((resolve) => setTimeout(resolve, 30));
  const before = cpuOf(muhlat.pid) + (await databaseCpu(owner));
  const began = performance.now();
  const headers: Record<string, string> = as === "staff" ? { cookie } : {};
  const answer = await fetch(`${muhlat.origin}${address}`, { headers, redirect: "manual", method: method ?? "GET" });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  const seconds = (performance.now() - began) / 1000;
  return { processor: cpuOf(muhlat.pid) + (await databaseCpu(owner)) - before, seconds, bytes };
}

/** @returns the names of what costs more than it may */
export async function tellSize(small: Side, large: Side, say: (line: string) => void): Promise<string[]> {
  const tooDear: string[] = [];
  say(`| asked | ${small.name}, ms | bytes | ${large.name}, ms | bytes | times |\n|---|---|---|---|---|---|`);
  for (const [place, { name }] of small.asked.entries()) {
    const costs = new Map<Side, Cost[]>([
      [small, []],
      [large, []],
    ]);
    for (let time = 0; time <= TIMES; time += 1)
      for (const side of [small, large]) {
        const cost = await costOf(side, side.asked[place] as Asked);
        // The first warms up.
        if (time > 0) costs.get(side)?.push(cost);
      }
    const least = (side: Side, of: "processor" | "seconds") => Math.min(...(costs.get(side) ?? []).map((cost) => cost[of]));
    const [few, many] = [least(small, "processor"), least(large, "processor")];
    // Processor time is counted in steps of ten milliseconds: one of them says nothing.
    const times = (many + 5) / (few + 5);
    if (times > LIMIT) tooDear.push(name);
    const bytes = (side: Side) => costs.get(side)?.[0]?.bytes.toLocaleString("en");
    say(`| \`${name}\` | ${few} | ${bytes(small)} | ${many} | ${bytes(large)} | ${times.toFixed(2)} |`);
  }
  return tooDear;
}

/** What every page and call costs at 5.8 million rows, beside the same at 58,000, in the same run. */
export async function benchSize(say: (line: string) => void): Promise<void> {
  const folder = process.env.MUHLAT_BENCH_RECORD ?? path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);
  build();
  const server = await startEmbedded(folder, () => {});
  const sides: Side[] = [];
  try {
    say(`size: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}\n`);
    const admin = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
    for (const [port, name, shape] of [
      [3391, "small", SMALL],
      [3392, "large", LARGE],
    ] as const) {
      const [there] = await admin`select 1 from pg_database where datname = ${name}`;
      if (!there) {
        await admin.unsafe(`create database ${name}`);
        const url = new URL(server.url);
        url.pathname = `/${name}`;
        await migrateDatabase(url.href);
        const owner = postgres({ ...connectionOptions(url.href), max: 1, onnotice: () => {} });
        await fillRecord(owner, shape, CODES);
        await owner.end();
      }
      sides.push(await openSide(server.url, name, port));
    }
    await admin.end();
    const tooDear = await tellSize(sides[0] as Side, sides[1] as Side, say);
    say(`\nAbove ${LIMIT} times: ${tooDear.length === 0 ? "none" : tooDear.join(", ")}`);
  } finally {
    for (const side of sides) await side.close();
    await server.stop();
    if (!process.env.MUHLAT_BENCH_RECORD) rmSync(folder, { recursive: true, force: true });
  }
}
