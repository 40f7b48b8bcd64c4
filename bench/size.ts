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

/** How often each is asked, in turn; the least counts: whatever else the machine does only adds. */
const TIMES = 7;
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
  const headers: Record<string, string> = as === "staff" ? { cookie } : {};
  const answer = await fetch(`${muhlat.origin}${address}`, { headers, redirect: "manual", method: method ?? "GET" });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.status !== 200) throw new Error(`${address} answered ${answer.status}`);
  return { processor: cpuOf(muhlat.pid) + (await databaseCpu(owner)) - before, bytes };
}

async function tellSize(small: Side, large: Side, say: (line: string) => void): Promise<void> {
  const tooDear: string[] = [];
  say(`| asked | ${small.name}, ms | bytes | ${large.name}, ms | bytes | times | times a byte |\n|---|---|---|---|---|---|---|`);
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
    const least = (side: Side) => Math.min(...(costs.get(side) ?? []).map((cost) => cost.processor));
    const [few, many] = [least(small), least(large)];
    // Processor time is counted in steps of ten milliseconds: one of them says nothing.
    const times = (many + 5) / (few + 5);
    const bytes = (side: Side) => costs.get(side)?.[0]?.bytes ?? 0;
    // What has more to show takes longer to show: an answer that is no longer than before may not.
    const timesAByte = times / Math.max(1, bytes(large) / Math.max(1, bytes(small)));
    if (times > LIMIT) tooDear.push(`${name} (${timesAByte.toFixed(2)} a byte)`);
    const told = (side: Side) => bytes(side).toLocaleString("en");
    say(`| \`${name}\` | ${few} | ${told(small)} | ${many} | ${told(large)} | ${times.toFixed(2)} | ${timesAByte.toFixed(2)} |`);
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
