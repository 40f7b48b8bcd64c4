import { readFileSync } from "node:fs";
import path from "node:path";
import type { Sql } from "postgres";
import { cpuOf } from "../front/speed";

const TICK = 10;

/** Milliseconds of processor that a server of this machine has used, in all its processes, those that have ended included. */
export async function databaseCpu(sql: Sql): Promise<number> {
  const [place] = await sql<{ data_directory: string }[]>`show data_directory`;
  const first = Number(readFileSync(path.join(place?.data_directory ?? "", "postmaster.pid"), "utf8").split("\n")[0]);
  const fields = readFileSync(`/proc/${first}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const ended = (Number(fields[13]) + Number(fields[14])) * TICK;
  const rows = await sql<{ pid: number }[]>`select pid from pg_stat_activity`;
  const running = rows.reduce((sum, { pid }) => {
    try {
      return sum + cpuOf(pid);
    } catch {
      // It has ended since.
      return sum;
    }
  }, cpuOf(first));
  return ended + running;
}
