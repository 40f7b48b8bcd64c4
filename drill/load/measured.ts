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

type Look = { memory: number; disk: number; database: number; revisions: number };

/** Looks every few seconds at what a running Muhlat holds: memory in MB, files of its own and of its database in bytes. */
export class Measured {
  readonly looks: Look[] = [];
  #going = true;
  readonly #all: Promise<void>;

  constructor(
    readonly pid: number,
    readonly folder: string,
    readonly owner: Sql,
    every = 5000,
  ) {
    this.#all = this.#look(every);
  }

  async stop(): Promise<void> {
    this.#going = false;
    await this.#all;
  }

  /** The middle of what was seen in the n-th of four quarters of the time. */
  quarter(n: 1 | 2 | 3 | 4, of: keyof Look): number {
    const size = Math.floor(this.looks.length / 4);
    const values = this.looks.slice((n - 1) * size, n * size).map((look) => look[of]);
    return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
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
      await new Promise((resolve) => setTimeout(resolve, every));
    }
  }
}
