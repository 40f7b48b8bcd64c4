import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { request } from "node:http";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { cpuOf } from "../front/speed";

/** The most resident memory that a process had, at the beginning, in the middle and at the end of something; MB. */
export type Memory = { start: number; middle: number; end: number };

/** A file that was taken: its bytes on the way, its lines where it has any, seconds, and what its making cost. */
export type Taken = { bytes: number; lines: number; seconds: number; firstByte: number; processor: number; memory: Memory };

const LOOK = 250;

export const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** Counts line ends; a text with one in it would be quoted, and the record of the bench has none. */
class Lines extends Writable {
  lines = 0;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) this.lines += 1;
    done();
  }
}

/** The most of each third of what was seen. */
function inThirds(seen: readonly number[]): Memory {
  const third = Math.max(1, Math.floor(seen.length / 3));
  const most = (from: number, to?: number) => Math.max(...seen.slice(from, to));
  return { start: most(0, third), middle: most(third, Math.max(third + 1, 2 * third)), end: most(-third) };
}

/**
 * Takes a whole file as fast as it comes, keeping nothing of it unless `into` names a file.
 * @param pid of the server, which is looked at meanwhile
 */
export async function takeWhole(
  origin: string,
  pid: number,
  path: string,
  { encoding = "identity", into }: { encoding?: "identity" | "gzip"; into?: string } = {},
): Promise<Taken> {
  const seen = [memoryOf(pid)];
  const look = setInterval(() => seen.push(memoryOf(pid)), LOOK);
  const [began, processor] = [performance.now(), cpuOf(pid)];
  try {
    const asking = request(`${origin}${path}`, { headers: { "accept-encoding": encoding }, agent: false });
    asking.end();
    const [answer] = await once(asking, "response");
    if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}`);
    let [bytes, firstByte] = [0, 0];
    answer.on("data", (chunk: Buffer) => {
      firstByte ||= performance.now() - began;
      bytes += chunk.length;
    });
    const lines = new Lines();
    const text = answer.headers["content-encoding"] === "gzip" ? [createGunzip()] : [];
    await pipeline([answer, ...text, into ? createWriteStream(into) : lines]);
    const seconds = (performance.now() - began) / 1000;
    return { bytes, lines: lines.lines, seconds, firstByte, processor: cpuOf(pid) - processor, memory: inThirds(seen) };
  } finally {
    clearInterval(look);
  }
}

/** The same columns by PostgreSQL's own means: `\copy` of psql, what is not in a column of a table left empty. */
export async function copied(databaseUrl: string): Promise<{ bytes: number; lines: number; seconds: number }> {
  const columns = `statement_id, revision, 'published' as state, country, null as country_iso3, measure, 'stock' as kind, period_start, as_of, as_of_from, as_of_to,
    value, low, high, qualifier, wording, missing_reason, unchanged, children_share, 'A' as obs_status, 'F' as conf_status, rank, note,
    source_id, source_title, source_publisher, source_speaker, source_speaker_role, source_published_on, source_url, known_from, restates, recorded_at,
    null as superseded_at, 'http://127.0.0.1/en/snapshots/' || statement_id as url`;
  const query = `select ${columns} from derived.snapshots row where not exists (select from derived.snapshots later where later.restates = row.statement_id)
    order by country, measure, as_of_from, statement_id`;
  const began = performance.now();
  const psql = spawn("psql", [databaseUrl, "-c", `\\copy (${query.replace(/\s+/g, " ")}) to stdout csv header`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let bytes = 0;
  psql.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const lines = new Lines();
  const ended = once(psql, "exit");
  await pipeline(psql.stdout, lines);
  const [code] = await ended;
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return { bytes, lines: lines.lines, seconds: (performance.now() - began) / 1000 };
}

/** A reader that takes some bytes of a file and then no more; `leave` goes away. */
export async function stalled(origin: string, path: string, bytes: number): Promise<{ leave: () => void }> {
  const asking = request(`${origin}${path}`, { headers: { "accept-encoding": "identity" }, agent: false });
  asking.on("error", () => {});
  asking.end();
  const [answer] = await once(asking, "response");
  answer.on("error", () => {});
  let taken = 0;
  await new Promise<void>((resolve) => {
    answer.on("data", (chunk: Buffer) => {
      taken += chunk.length;
      if (taken < bytes) return;
      answer.pause();
      resolve();
    });
  });
  return { leave: () => asking.destroy() };
}
