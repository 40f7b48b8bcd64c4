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

/** MB of objects and buffers that a process holds by its own account, those among them that nothing needs any more. */
async function heapOf(metrics: string): Promise<number> {
  const text = await (await fetch(metrics)).text();
  const bytes = ["nodejs_heap_size_used_bytes", "nodejs_external_memory_bytes"].map((name) =>
    Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]),
  );
  return bytes.reduce((one, other) => one + other) / 1024 / 1024;
}

export type Quarter = 1 | 2 | 3 | 4;
type Look = { memory: number; heap: number; disk: number; database: number; revisions: number };

/** Looks every few seconds at what a running Muhlat holds: memory in MB, files of its own and of its database in bytes. */
export class Measured {
  readonly looks: Look[] = [];
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
    const values = this.#seen(n, of);
    return values[Math.floor(values.length / 2)] ?? 0;
  }

  /** MB that were left in the n-th quarter when Node had just cleaned up: the least that was seen. */
  left(n: Quarter): number {
    return this.#seen(n, "heap")[0] ?? 0;
  }

  #seen(n: Quarter, of: keyof Look): number[] {
    const size = Math.floor(this.looks.length / 4);
    return this.looks
      .slice((n - 1) * size, n * size)
      .map((look) => look[of])
      .sort((one, other) => one - other);
  }

  async #look(every: number): Promise<void> {
    while (this.#going) {
      const [row] = await this.owner<{ database: string; revisions: number }[]>`
        select pg_database_size(current_database()) as database, (select count(*) from record.snapshots)::int as revisions`;
      this.looks.push({
        memory: memoryOf(this.pid),
        heap: await heapOf(this.metrics),
        disk: bytesIn(this.folder),
        database: Number(row?.database),
        revisions: row?.revisions ?? 0,
      });
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
}
