import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Sql } from "postgres";

/** MB that a process holds. */
export const memoryOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

/** Bytes of all files in a folder and in those inside it. */
export function bytesIn(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      try {
        bytes += statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size;
      } catch {
        // It was replaced meanwhile.
      }
  return bytes;
}

/** What a process says of itself, in MB: objects and buffers, and what kept documents take of them. */
async function toldBy(metrics: string): Promise<{ heap: number; kept: number }> {
  const text = await (await fetch(metrics)).text();
  const [objects, buffers, kept] = ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes", "muhlat_front_bytes"].map(
    (name) => Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]) / 1024 / 1024,
  ) as [number, number, number];
  return { heap: objects + buffers, kept };
}

/** It is told to clean up every so many looks: each time it stands still for a moment. */
const CLEANED_UP = 6;

export type Quarter = 1 | 2 | 3 | 4;
type Look = { memory: number; disk: number; database: number; revisions: number };

/** Looks every few seconds at what a running Muhlat holds: memory in MB, files of its own and of its database in bytes. */
export class Measured {
  readonly looks: Look[] = [];
  /** MB that are in use just after everything else was freed, but for kept documents, which have a limit of their own. */
  readonly inUse: number[] = [];
  #going = true;
  readonly #all: Promise<void>;

  constructor(
    readonly pid: number,
    readonly folder: string,
    readonly owner: Sql,
    readonly metrics: string,
    every = 5000,
  ) {
    this.#all = this.#look(every);
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#all;
  }

  /** The middle of what was seen in the n-th of four quarters of the time. */
  quarter(n: Quarter, of: keyof Look): number {
    return middleOf(
      n,
      this.looks.map((look) => look[of]),
    );
  }

  /** The same of what was in use. */
  inUseIn(n: Quarter): number {
    return middleOf(n, this.inUse);
  }

  async #look(every: number): Promise<void> {
    while (this.#going) {
      const [row] = await this.owner<{ database: string; revisions: number }[]>`
        select pg_database_size(current_database()) as database, (select count(*) from record.snapshots)::int as revisions`;
      this.looks.push({
        memory: memoryOf(this.pid),
        disk: bytesIn(this.folder),
        database: Number(row?.database),
        revisions: row?.revisions ?? 0,
      });
      if (this.looks.length % CLEANED_UP === 0) {
        process.kill(this.pid, "SIGUSR2");
        const { heap, kept } = await toldBy(this.metrics);
        this.inUse.push(heap - kept);
      }
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
}

function middleOf(n: Quarter, values: readonly number[]): number {
  const size = Math.floor(values.length / 4);
  const seen = values.slice((n - 1) * size, n * size).sort((one, other) => one - other);
  return seen[Math.floor(seen.length / 2)] ?? 0;
}
