import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, type WriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse";
import { openPromise, type Entry as ZipEntry, type ZipFile } from "yauzl";
import { type Entry, NOTHING_BEFORE, type SignedHead, sha256 } from "../chain";
import { PUBLIC_KINDS, type PublicKind } from "../sealed";
import { ChainCheck, type Verdict } from "./check";
import { type Content, cellsInShort, contentInShort, idOf } from "./package-rows";

/** The archive is none of ours, or not whole; the message is a sentence. */
export class PackageError extends Error {}

/** Rows are laid aside in so many files, of which one at a time is read into memory. */
const PARTS = 64;

/** A row as the ledger has it (`sealed`), or as a table of the package has it; a table may name no revision. */
type Kept = {
  kind: PublicKind;
  id: string;
  revision?: number;
  said: string;
  sealed?: true;
  /** It need not stand in its table: it is withdrawn, or its source is of a later day than the package. */
  mayBeOut?: boolean;
};

/** Rows laid aside by their ids, so that all of one statement are found together. */
class Aside {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "muhlat-verify-"));
  readonly #path = (part: number) => path.join(this.#folder, String(part));
  readonly #files: WriteStream[] = Array.from({ length: PARTS }, (_, part) => createWriteStream(this.#path(part)));

  async add(row: Kept): Promise<void> {
    const file = this.#files[Number.parseInt(sha256(row.id).slice(0, 4), 16) % PARTS] as WriteStream;
    if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, "drain");
  }

  async *parts(): AsyncGenerator<Kept[]> {
    await Promise.all(this.#files.map((file) => new Promise<void>((resolve) => file.end(resolve))));
    for (let part = 0; part < PARTS; part += 1) {
      const lines = (await readFile(this.#path(part), "utf8")).split("\n").slice(0, -1);
      yield lines.map((line) => JSON.parse(line));
    }
  }

  remove(): void {
    for (const file of this.#files) file.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

type Archive = { text: (name: string) => Promise<string>; rows: (name: string) => AsyncIterable<Record<string, string>> };

async function archiveOf(zip: ZipFile): Promise<Archive> {
  const entries = new Map<string, ZipEntry>();
  for await (const entry of zip.eachEntry()) {
    // Of two parts by one name, one program reads the first and another the last.
    if (entries.has(entry.fileName)) throw new PackageError(`There are two parts named ${entry.fileName} in this archive.`);
    entries.set(entry.fileName, entry);
  }
  const read = async (name: string) => {
    const entry = entries.get(name);
    if (!entry) throw new PackageError(`There is no ${name} in this archive.`);
    return zip.openReadStreamPromise(entry);
  };
  return {
    text: async (name) => Buffer.concat(await (await read(name)).toArray()).toString(),
    rows: async function* (name) {
      const [file, rows] = [await read(name), parse({ columns: true, record_delimiter: "\r\n" })];
      file.on("error", (error) => rows.destroy(error));
      yield* file.pipe(rows);
    },
  };
}

/** The tables as they are; answers which columns each has, and the ids of sources that a table may leave out with what rests on them. */
async function layTables(archive: Archive, aside: Aside): Promise<Map<PublicKind, string[]>> {
  const headers = new Map<PublicKind, string[]>();
  for (const kind of PUBLIC_KINDS)
    for await (const cells of archive.rows(`data/${kind}.csv`)) {
      const header = headers.get(kind) ?? Object.keys(cells);
      headers.set(kind, header);
      const id = idOf(kind, cells);
      // The package lists every country; of most of them nothing is recorded.
      if (kind === "countries" && !cells.zone && !cells.union_member) continue;
      const revision = cells.revision ? { revision: Number(cells.revision) } : {};
      await aside.add({ kind, id, ...revision, said: cellsInShort(kind, header, cells) });
    }
  return headers;
}

/** Holds the rows of one part against each other. */
function compare(rows: readonly Kept[], check: ChainCheck): void {
  const name = ({ kind, id }: Kept) => `${kind} ${id}`;
  const sealed = new Map<string, Map<number, Kept>>();
  for (const row of rows) if (row.sealed) sealed.set(name(row), (sealed.get(name(row)) ?? new Map()).set(row.revision as number, row));
  const newest = (revisions: Map<number, Kept>) => revisions.get(Math.max(...revisions.keys())) as Kept;
  const seen = new Set<Kept>();
  for (const row of rows.filter((each) => !each.sealed)) {
    const revisions = sealed.get(name(row));
    const meant = revisions && (row.revision === undefined ? newest(revisions) : revisions.get(row.revision));
    const of = { kind: row.kind, id: row.id, revision: row.revision ?? meant?.revision ?? 1 };
    if (!meant) check.tell({ code: "not_sealed", ...of });
    else if (meant.said !== row.said) check.tell({ code: "other_in_table", ...of });
    if (meant) seen.add(meant);
  }
  for (const revisions of sealed.values()) {
    const needed = newest(revisions).kind === "snapshots" ? [...revisions.values()] : [newest(revisions)];
    for (const { kind, id, revision = 1, mayBeOut } of needed.filter((row) => !seen.has(row)))
      if (!mayBeOut) check.tell({ code: "not_in_table", kind, id, revision });
  }
}

/**
 * Holds a data package against the ledger in it, and that against itself and against published heads: everything that a
 * stranger can check. What of a row is not public, and the acts of the desk, are in the chain by their hashes alone.
 * @param file the archive as /data/muhlat.zip gave it
 * @throws PackageError
 */
export async function verifyPackage(file: string, published: readonly SignedHead[], trusted: readonly string[] = []): Promise<Verdict> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true }).catch((error: Error) => {
    throw new PackageError(`${file} cannot be read as a ZIP archive: ${error.message}.`);
  });
  const aside = new Aside();
  try {
    const archive = await archiveOf(zip);
    const head: SignedHead = JSON.parse(await archive.text("ledger-head.json"));
    const madeAt = (JSON.parse(await archive.text("datapackage.json")) as { created: string }).created;
    const check = new ChainCheck(published, trusted);
    const headers = await layTables(archive, aside);
    const late = new Set<string>();
    let rows = 0;
    let previous = NOTHING_BEFORE;
    for await (const cells of archive.rows("data/ledger.csv")) {
      const entry = entryOf(cells, previous);
      previous = entry.hash;
      const fits = check.entry(entry, entry.content);
      if (entry.n === head.n) check.head(head);
      const kind = PUBLIC_KINDS.find((one) => one === entry.kind);
      if (!fits || !kind || entry.content === null) continue;
      rows += 1;
      const content = JSON.parse(entry.content) as Content;
      if (kind === "sources" && String(content.published_to ?? "") > madeAt) late.add(entry.id);
      const source = kind === "sources" ? entry.id : String(content.source_id);
      const mayBeOut = late.has(source) || (kind !== "snapshots" && content.state === "withdrawn");
      const said = contentInShort(kind, headers.get(kind) ?? [], content);
      await aside.add({ kind, id: entry.id, revision: entry.revision, said, sealed: true, mayBeOut });
    }
    check.close();
    for await (const part of aside.parts()) compare(part, check);
    return { entries: check.n, rows, end: check.end, waiting: 0, faults: check.faults };
  } finally {
    aside.remove();
    zip.close();
  }
}

/** An id may begin with a sign that a program for tables would take for a formula's. */
const unguarded = (id: string) => id.replace(/^'(?=[-=+@])/, "");

function entryOf(cells: Record<string, string>, previous: string): Entry & { hash: string; content: string | null } {
  const { n, kind, id = "", revision, content, content_hash, row_hash, hash = "" } = cells;
  return {
    n: Number(n),
    kind: kind as Entry["kind"],
    id: unguarded(id),
    revision: Number(revision),
    content: content || null,
    content_hash: content_hash || null,
    row_hash: row_hash || null,
    previous,
    hash,
  };
}
