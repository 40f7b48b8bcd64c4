import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import type { Muhlat } from "../../drill/one-muhlat";
import { databaseCpu } from "./database";
import { copied, memoryOf, stalled, type Taken, takeWhole } from "./whole-files";

type Say = (line: string) => void;

const MEGA = 2 ** 20;
/** How much is taken by who then takes no more. */
const BEGUN = 20 * MEGA;

function lineOf(name: string, { bytes, lines, seconds, firstByte, processor, memory }: Taken, database: number): string {
  const { start, middle, end } = memory;
  const rows = lines > 1 ? `${Math.round(lines / seconds)} rows/s, ` : "";
  return (
    `  ${name}: ${lines} lines, ${Math.round(bytes / MEGA)} MB in ${seconds.toFixed(0)} s (${rows}first byte after ${firstByte.toFixed(0)} ms), ` +
    `processor ${(processor / 1000).toFixed(0)} s and ${(database / 1000).toFixed(0)} s of the database's; ` +
    `memory at most ${start.toFixed(0)}, ${middle.toFixed(0)}, ${end.toFixed(0)} MB (${(end / start).toFixed(2)})`
  );
}

/** How whole files are taken, beside psql's \copy of the same columns. */
export async function tellWhole(muhlat: Muhlat, sql: Sql, databaseUrl: string, say: Say): Promise<void> {
  const before = await databaseCpu(sql);
  const peer = await copied(databaseUrl);
  const cost = ((await databaseCpu(sql)) - before) / 1000;
  say(
    `  \\copy of psql: ${peer.lines} lines, ${Math.round(peer.bytes / MEGA)} MB in ${peer.seconds.toFixed(0)} s (${Math.round(peer.lines / peer.seconds)} rows/s), ${cost.toFixed(0)} s of the database's processor`,
  );
  say(`  the server holds ${memoryOf(muhlat.pid).toFixed(0)} MB before`);
  for (const [name, file, encoding] of [
    ["snapshots.csv", "snapshots.csv", "identity"],
    ["snapshots.csv, gzip", "snapshots.csv", "gzip"],
    ["muhlat.zip", "muhlat.zip", "identity"],
    ["snapshots.xlsx", "snapshots.xlsx", "identity"],
  ] as const) {
    const used = await databaseCpu(sql);
    const taken = await takeWhole(muhlat.origin, muhlat.pid, `/data/${file}`, { encoding });
    say(lineOf(name, taken, (await databaseCpu(sql)) - used));
    if (file.endsWith(".csv")) say(`    as long as \\copy ${(taken.seconds / peer.seconds).toFixed(1)} times`);
  }
}

/** What is left behind by readers who stop in the middle, and by those who then go away. */
export async function tellLeavers(muhlat: Muhlat, sql: Sql, say: Say): Promise<void> {
  const held = async () => {
    const [row] = await sql<{ transactions: number; connections: number }[]>`
      select count(*) filter (where now() - xact_start > interval '2 seconds')::int as transactions, count(*)::int as connections
      from pg_stat_activity where application_name = 'muhlat muhlat_reader' and query not like 'listen%'`;
    return `${row?.transactions} transactions, ${row?.connections} connections, ${memoryOf(muhlat.pid).toFixed(0)} MB`;
  };
  const before = await held();
  const readers = await Promise.all(
    ["csv", "csv", "xlsx"].map((kind) => stalled(muhlat.origin, `/data/snapshots.${kind}`, kind === "csv" ? BEGUN : MEGA)),
  );
  await sleep(10_000);
  const stopped = await held();
  for (const { leave } of readers) leave();
  await sleep(5000);
  say(`  three readers stop in the middle: before ${before}; stopped ${stopped}; gone ${await held()}`);
}
