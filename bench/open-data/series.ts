import { Agent, request } from "node:http";
import type { Sql } from "postgres";
import type { Muhlat } from "../../drill/one-muhlat";
import { bareRows } from "../explore/bare";
import { cpuOf } from "../front/speed";
import { databaseCpu } from "./database";

/** How quickly a series comes: milliseconds until one is there, how many a second, and milliseconds of processor for each, the database's beside. */
type Pace = { middle: number; perSecond: number; processor: number; database: number };

const MEASURE = "gray_list";
/** How often each of those who ask at once asks. */
const TIMES = 5;

async function paceOf(sql: Sql, pid: number, at: number, ask: (number: number) => Promise<unknown>): Promise<Pace> {
  const took: number[] = [];
  for (let warm = 0; warm < 3; warm += 1) await ask(warm);
  const [before, database] = [cpuOf(pid), await databaseCpu(sql)];
  const times = at * TIMES;
  let asked = 0;
  const began = performance.now();
  const worker = async () => {
    while (asked < times) {
      asked += 1;
      const since = performance.now();
      await ask(asked);
      took.push(performance.now() - since);
    }
  };
  await Promise.all(Array.from({ length: at }, worker));
  const seconds = (performance.now() - began) / 1000;
  const middle = took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
  return {
    middle,
    perSecond: times / seconds,
    processor: (cpuOf(pid) - before) / times,
    database: ((await databaseCpu(sql)) - database) / times,
  };
}

const agent = new Agent({ keepAlive: true });

/** One country's whole series as the API answers with it; its bytes. */
function asJson(origin: string, country: string): Promise<Buffer> {
  const address = `${origin}/api/v1/series?country=${country}&measure=${MEASURE}&points=20000`;
  return new Promise((resolve, reject) => {
    const asking = request(address, { agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        answer.statusCode === 200
          ? resolve(Buffer.concat(chunks))
          : reject(new Error(`${address} answered ${answer.statusCode}: ${Buffer.concat(chunks).subarray(0, 200)}`)),
      );
    });
    asking.on("error", reject);
    asking.end();
  });
}

const cells = ({ middle, perSecond, processor, database }: Pace) =>
  `${middle.toFixed(0)} ms, ${perSecond.toFixed(1)}/s, processor ${processor.toFixed(0)} ms and ${database.toFixed(0)} ms of the database's`;

/** One country's whole series as JSON, and the rows of it as the same driver brings them, by one and by sixteen at once. */
export async function tellSeries(
  { origin, pid }: Muhlat,
  sql: Sql,
  countries: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const next = (number: number) => countries[number % countries.length] ?? "AF";
  const vintage = { knownOn: new Date().toISOString().slice(0, 10) };
  const series = JSON.parse(String(await asJson(origin, next(0)))).data[0];
  const points = series.pieces.flat().length + series.rivals.length + series.left_out.length;
  say(`  a series as JSON: ${points} points of ${series.statements} statements`);
  for (const at of [1, 16]) {
    const bare = await paceOf(sql, process.pid, at, (number) => bareRows(sql, { countries: [next(number)], measure: MEASURE, vintage }));
    const ours = await paceOf(sql, pid, at, (number) => asJson(origin, next(number)));
    const ratio = (bare.perSecond / ours.perSecond).toFixed(2);
    const cost = ((ours.processor + ours.database) / (bare.processor + bare.database)).toFixed(2);
    say(`  ${at} at once: JSON ${cells(ours)}; bare rows ${cells(bare)}; ${ratio} times as long, ${cost} times the processor`);
  }
}
