import { randomUUID } from "node:crypto";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { connectionOptions } from "@/db/address";
import { openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { beginSession } from "@/lib/sign-in/write";
import { build, type Muhlat, startMuhlat } from "../drill/one-muhlat";
import { cpuOf } from "./front/speed";
import { databaseCpu } from "./open-data/database";
import { openRecords } from "./records";
import { type Asked, everythingAsked } from "./size/addresses";
import { completed } from "./size/record";

/** How often each is measured, in turn; the least counts: whatever else the machine does only adds. */
const TIMES = 5;
/** Processor time is counted in steps of ten milliseconds: what takes less than this is measured so many times over. */
const FEW_STEPS = 60;
const OVER = 8;
const HALF_A_STEP = 5;
/** A large record may cost so many times a small one's. */
const LIMIT = 1.5;

type Side = { name: string; owner: Sql; muhlat: Muhlat; cookie: string; asked: Asked[]; close: () => Promise<void> };
type Cost = { processor: number; bytes: number };

async function openSide(url: string, name: string, port: number): Promise<Side> {
  const owner = postgres({ ...connectionOptions(url), max: 2, onnotice: () => {} });
  const staff = openPool(url, ROLE.staff, 2);
  const of = await completed(owner, staff.db);
  const cookie = `muhlat-session=${await beginSession(staff.db, "bench-admin", { method: "password", secondFactor: "code", device: "bench" })}`;
  const muhlat = await startMuhlat(port, {
    DATABASE_URL: url,
    MUHLAT_STARTER_RECORD: "skip",
    TRUST_PROXY: "1",
    MUHLAT_DATA_DIR: path.join(tmpdir(), `muhlat-size-${randomUUID().slice(0, 8)}`),
  });
  const close = async () => {
    await muhlat.stop();
    await Promise.all([staff.close(), owner.end()]);
  };
  return { name, owner, muhlat, cookie, asked: everythingAsked(of), close };
}

let asked = 0;

/** What one answer costs that was not kept: milliseconds of processor, the database's included, in the middle of so many. */
async function costOf({ owner, muhlat, cookie }: Side, { address, as, method }: Asked, many: number): Promise<Cost> {
  let bytes = 0;
  let processor = 0;
  for (let nth = 0; nth < many; nth += 1) {
    // What is kept is asked for anew after any change.
    await owner`select pg_notify('muhlat_changed', '')`;
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (nth === 0) processor -= cpuOf(muhlat.pid) + (await databaseCpu(owner));
    // One address may ask so often; these are many.
    asked += 1;
    const headers = { "x-forwarded-for": `10.0.${(asked >> 8) % 250}.${asked % 250}`, ...(as === "staff" ? { cookie } : {}) };
    const answer = await fetch(`${muhlat.origin}${address}`, { headers, redirect: "manual", method: method ?? "GET" });
    bytes = (await answer.arrayBuffer()).byteLength;
    if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  }
  processor += cpuOf(muhlat.pid) + (await databaseCpu(owner));
  return { processor: processor / many, bytes };
}

async function tellSize(small: Side, large: Side, say: (line: string) => void): Promise<void> {
  const tooDear: string[] = [];
  say(`| asked | ${small.name}, ms | bytes | ${large.name}, ms | bytes | times | times a byte |\n|---|---|---|---|---|---|---|`);
  for (const [place, { name }] of small.asked.entries()) {
    const costs = new Map<Side, Cost[]>([
      [small, []],
      [large, []],
    ]);
    const ask = (side: Side, times: number) => costOf(side, side.asked[place] as Asked, times);
    // The first two warm up, and say how much it takes about.
    const about = [small, large, small, large].map((side) => () => ask(side, 1));
    let most = 0;
    for (const [nth, one] of about.entries()) {
      const { processor } = await one();
      if (nth > 1) most = Math.max(most, processor);
    }
    const over = most < FEW_STEPS ? OVER : 1;
    for (let time = 0; time < TIMES; time += 1) for (const side of [small, large]) costs.get(side)?.push(await ask(side, over));
    const least = (side: Side) => Math.min(...(costs.get(side) ?? []).map((cost) => cost.processor));
    const [few, many] = [least(small), least(large)];
    const times = (many + HALF_A_STEP / over) / (few + HALF_A_STEP / over);
    const bytes = (side: Side) => costs.get(side)?.[0]?.bytes ?? 0;
    // What has more to show takes longer to show: an answer that is no longer than before may not.
    const timesAByte = times / Math.max(1, bytes(large) / Math.max(1, bytes(small)));
    if (times > LIMIT) tooDear.push(`${name} (${timesAByte.toFixed(2)} a byte)`);
    const told = (side: Side) => bytes(side).toLocaleString("en");
    say(
      `| \`${name}\` | ${few.toFixed(1)} | ${told(small)} | ${many.toFixed(1)} | ${told(large)} | ${times.toFixed(2)} | ${timesAByte.toFixed(2)} |`,
    );
  }
  say(`\nAbove ${LIMIT} times: ${tooDear.length === 0 ? "none" : tooDear.join(", ")}`);
}

/** What every page and call costs at 5.8 million rows, beside the same at 58,000, in the same run. */
export async function benchSize(say: (line: string) => void): Promise<void> {
  build();
  say(`size: ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load before ${loadavg()[0]?.toFixed(1)}\n`);
  const records = await openRecords(["small", "large"], say);
  const sides: Side[] = [];
  try {
    for (const [port, name] of [
      [3391, "small"],
      [3392, "large"],
    ] as const)
      sides.push(await openSide(records.urlOf(name), name, port));
    await tellSize(sides[0] as Side, sides[1] as Side, say);
  } finally {
    for (const side of sides) await side.close();
    await records.close();
  }
}
