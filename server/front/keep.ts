import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Content, type Document } from "./document";

const MOST_BYTES = 64 * 1024 * 1024;
/** What other builds kept is of no use, but another process may still run one. */
const OTHERS_KEPT = 24 * 60 * 60 * 1000;

type Kept = Document & { used: boolean; size: number };
const fileOf = (key: string) => createHash("sha256").update(key).digest("hex").slice(0, 40);

/** Finished documents by their keys, in memory and on disk: at most so many bytes; those not asked for go first. */
export class Keep {
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  #writing = Promise.resolve();
  #saidSo = false;

  /**
   * @param folder of this build; documents that an earlier process left there are there again. Nothing is written where it cannot be made.
   * @param most bytes in memory, and on disk
   */
  constructor(
    readonly folder: string,
    readonly most = MOST_BYTES,
  ) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(folder)) this.#read(path.join(folder, name));
      this.#removeOthers();
    } catch {
      // Then documents are kept in memory alone, which the first that should be written says.
    }
  }

  get count(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#size;
  }

  get(key: string): Document | undefined {
    const found = this.#kept.get(key);
    if (found) found.used = true;
    return found;
  }

  put(document: Document): void {
    this.#hold(document);
    const { key, content, madeAt } = document;
    const head = JSON.stringify({ key, headers: content.headers, hash: content.hash, madeAt });
    this.#later(async () => {
      // It may have gone, or changed again, while it waited.
      if (this.#kept.get(key)?.content !== content) return;
      const half = path.join(this.folder, `${randomUUID()}.half`);
      await writeFile(half, Buffer.concat([Buffer.from(`${head}\n`), content.body]), { mode: 0o600 });
      await rename(half, path.join(this.folder, fileOf(key)));
    });
  }

  drop(key: string): void {
    const found = this.#kept.get(key);
    if (!found) return;
    this.#kept.delete(key);
    this.#size -= found.size;
    this.#later(() => (this.#kept.has(key) ? Promise.resolve() : rm(path.join(this.folder, fileOf(key)), { force: true })));
  }

  /** Resolves when everything is written that was put before. */
  written(): Promise<void> {
    return this.#writing;
  }

  #hold(document: Document): void {
    const before = this.#kept.get(document.key);
    if (before) this.#size -= before.size;
    // What is compressed later, for the few who ask for it otherwise, is counted before.
    const size = document.content.size + document.content.body.length;
    this.#kept.delete(document.key);
    this.#kept.set(document.key, Object.assign(document, { used: false, size }));
    this.#size += size;
    for (const [key, oldest] of this.#kept) {
      if (this.#size <= this.most) break;
      if (key === document.key) continue;
      if (oldest.used) {
        oldest.used = false;
        this.#kept.delete(key);
        this.#kept.set(key, oldest);
      } else this.drop(key);
    }
  }

  #later(work: () => Promise<unknown>): void {
    this.#writing = this.#writing.then(work).then(
      () => {},
      (error) => {
        if (!this.#saidSo) console.error(`Documents cannot be kept in ${this.folder}: ${error instanceof Error ? error.message : error}`);
        this.#saidSo = true;
      },
    );
  }

  /** A file that is cut, or not of our making, is removed. */
  #read(file: string): void {
    try {
      const bytes = readFileSync(file);
      const end = bytes.indexOf("\n");
      const { key, headers, hash, madeAt } = JSON.parse(bytes.subarray(0, end).toString());
      const content = new Content(Buffer.from(bytes.subarray(end + 1)), headers);
      if (content.hash !== hash || path.basename(file) !== fileOf(key)) throw new Error("not as it was written");
      this.#hold({ key, content, madeAt, rightAt: madeAt, generation: -1, turnsAt: 0 });
    } catch {
      rmSync(file, { force: true, recursive: true });
    }
  }

  #removeOthers(): void {
    const around = path.dirname(this.folder);
    for (const name of readdirSync(around)) {
      const other = path.join(around, name);
      if (other !== this.folder && Date.now() - statSync(other).mtimeMs > OTHERS_KEPT) rmSync(other, { recursive: true, force: true });
    }
  }
}
