import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import { startEmbedded } from "@/db/embedded";
import { build } from "../drill/one-muhlat";
import { cpuOf } from "./front/speed";
import { databaseCpu } from "./open-data/database";
import type { Contender } from "./writes/contender";
import { startDirectus, startDirectusOnRecord } from "./writes/directus";
import { CONNECTIONS, Writers } from "./writes/load";
import { startBare, startOurs } from "./writes/ours";

const PORT = Number(process.env.MUHLAT_BENCH_PORT ?? 3397);
const WARM = 3000;
const MEASURED = 10_000;
const ROUNDS = 2;

/** Writes a second, and milliseconds of processor for each: of the process that takes them and of the database. */
type Cost = { perSecond: number; cpu: number; database: number };

async function costOf({ pid }: Contender, writers: Writers, owner: postgres.Sql): Promise<Cost> {
  await writers.write(WARM);
  // The server would do so within a minute; until then it takes every table for an empty one.
  await owner`analyze`;
  const [before, acknowledged, databaseBefore] = [cpuOf(pid), writers.acknowledged, await databaseCpu(owner)];
  const inTime = await writers.write(MEASURED);
  const many = writers.acknowledged - acknowledged;
  return {
    perSecond: inTime / (MEASURED / 1000),
    cpu: (cpuOf(pid) - before) / many,
    database: ((await databaseCpu(owner)) - databaseBefore) / many,
  };
}

function tell(contenders: readonly Contender[], best: readonly Cost[], say: (line: string) => void): void {
  const [ours] = best;
  say(`${"".padEnd(44)}${["a second", "ms", "database's ms", "Muhlat is"].map((word) => word.padStart(15)).join("")}`);
  for (const [place, { name }] of contenders.entries()) {
    const { perSecond = 0, cpu = 0, database = 0 } = best[place] ?? {};
    const numbers = [perSecond.toFixed(1), cpu.toFixed(2), database.toFixed(2), `${((ours?.perSecond ?? 0) / perSecond).toFixed(2)} times`];
    say(`${name.padEnd(44)}${numbers.map((number) => number.padStart(15)).join("")}`);
  }
}

/** What one write of a machine costs at 16 connections; with a bare server and Directus beside it, each in turn on a database of its own. */
export async function benchWrites(say: (line: string) => void): Promise<void> {
  build();
  const folder = path.join(tmpdir(), `muhlat-bench-${randomUUID().slice(0, 8)}`);
  const server = await startEmbedded(folder, () => {});
  const owner = postgres({ ...connectionOptions(server.url), max: 1, onnotice: () => {} });
  const contenders: Contender[] = [];
  const owners: postgres.Sql[] = [];
  try {
    for (const [place, start] of [startOurs, startBare, startDirectus, startDirectusOnRecord].entries()) {
      const name = `writes_${place}`;
      await owner`create database ${owner(name)}`;
      const address = new URL(server.url);
      address.pathname = `/${name}`;
      contenders.push(await start(address.href, PORT + place, folder));
      owners.push(postgres({ ...connectionOptions(address.href), max: 1, onnotice: () => {} }));
    }
    say(`\n== writes of machines, ${CONNECTIONS} connections (load of the machine before: ${loadavg()[0]?.toFixed(1)})\n`);
    const writers = contenders.map(({ door }) => new Writers(door));
    const best: Cost[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [place, contender] of contenders.entries()) {
        const cost = await costOf(contender, writers[place] as Writers, owners[place] as postgres.Sql);
        if (cost.perSecond > (best[place]?.perSecond ?? 0)) best[place] = cost;
      }
    for (const [place, { name, table }] of contenders.entries()) {
      const [row] = (await owners[place]?.unsafe<{ there: number }[]>(`select count(*)::int as there from ${table}`)) ?? [];
      const acknowledged = writers[place]?.acknowledged;
      if (row?.there !== acknowledged) throw new Error(`${name} acknowledged ${acknowledged} statements and has ${row?.there}`);
    }
    tell(contenders, best, say);
  } finally {
    for (const { stop } of contenders) await stop();
    for (const each of [owner, ...owners]) await each.end();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
