import { Agent, request } from "node:http";
import type { Sql } from "postgres";
import { bareRows } from "../explore/bare";
import { cpuOf } from "../front/speed";

/** A ten-year series asked for again and again: milliseconds until one is there, how many a second, and milliseconds of processor for each. */
export type Pace = { middle: number; perSecond: number; processor: number };

const MEASURE = "gray_list";

async function paceOf(pids: readonly number[], at: number, times: number, ask: () => Promise<unknown>): Promise<Pace> {
  const took: number[] = [];
  const used = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
  let left = times;
  await ask();
  const [began, before] = [performance.now(), used()];
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const asked = performance.now();
      await ask();
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: at }, worker));
  const seconds = (performance.now() - began) / 1000;
  const middle = took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
  return { middle, perSecond: times / seconds, processor: (used() - before) / times };
}

const agent = new Agent({ keepAlive: true });

/** The points of a series as the API answers with them. */
async function points(origin: string, country: string): Promise<number> {
  const address = `${origin}/api/v1/series?country=${country}&measure=${MEASURE}&points=20000`;
  const body = await new Promise<Buffer>((resolve, reject) => {
    request(address, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(chunks))
          : reject(new Error(`${address} answered ${answer.statusCode}: ${Buffer.concat(chunks)}`)),
      );
    })
      .on("error", reject)
      .end();
  });
  return body.length;
}

/**
 * One country's whole series as JSON, and the bare rows of it by the same driver, by so many at once.
 * @param pid of the server
 */
export async function seriesPaces(
  origin: string,
  pid: number,
  sql: Sql,
  countries: readonly string[],
  at: number,
): Promise<{ ours: Pace; bare: Pace; rows: number; bytes: number }> {
  const times = at * 4;
  let [ours, bare] = [0, 0];
  let [rows, bytes] = [0, 0];
  const next = (index: number) => countries[index % countries.length] ?? "AF";
  const vintage = { knownOn: "2026-03-05" };
  const bareFirst = await paceOf([process.pid], at, times, async () => {
    rows = await bareRows(sql, { countries: [next(bare++)], measure: MEASURE, vintage });
  });
  const then = await paceOf([pid], at, times, async () => {
    bytes = await points(origin, next(ours++));
  });
  return { ours: then, bare: bareFirst, rows, bytes };
}
