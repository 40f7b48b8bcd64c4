import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";

// A backup is one file: a line that says what it is, lines of JSON (gzip), and the SHA-256 of everything before.
// Among the lines: first the header, then for each table its rows, a text each as PostgreSQL writes a row, and how many
// these were and what they hash to; at the end the number of all rows.

/** What keeps from backing up or restoring; the message is a sentence for the operator. */
export class BackupError extends Error {}

const FORM = 1;
const beginning = (form: number) => `Muhlat backup ${form}\n`;
const BEGINNING = beginning(FORM);
const ending = (hash: string) => `\nsha256 ${hash}\n`;
const ENDING_BYTES = ending("0".repeat(64)).length;

/** Rows and characters that are in memory at once; one row may be longer. */
const ROWS = 1000;
const CHARACTERS = 4_000_000;

const header = z.strictObject({
  made_at: z.iso.datetime(),
  server: z.string(),
  /** SHA-256 of each migration that had been run, oldest first. */
  migrations: z.array(z.string().regex(/^[0-9a-f]{64}$/)).min(1),
  /** Columns with their types, in the order in which rows name them. */
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()) })),
  sequences: z.record(z.string(), z.string()),
});
const tableEnd = z.strictObject({ table: z.string(), rows: z.int(), sha256: z.string() });
const fileEnd = z.strictObject({ rows: z.int() });

export type Header = z.infer<typeof header>;
/** Rows of one table, as PostgreSQL writes a row as text. */
export type Rows = { table: string; lines: string[] };

/** The texts of a file: header, the rows of each table, and the sums. */
async function* texts(head: Header, rows: AsyncIterable<Rows>): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  let all = 0;
  let index = 0;
  let count = 0;
  let hash = createHash("sha256");
  const close = () => {
    const sums = { table: head.tables[index]?.name, rows: count, sha256: hash.digest("hex") };
    index += 1;
    all += count;
    count = 0;
    hash = createHash("sha256");
    return `${JSON.stringify(sums)}\n`;
  };
  for await (const { table, lines } of rows) {
    while (index < head.tables.length && head.tables[index]?.name !== table) yield close();
    if (index === head.tables.length) throw new Error(`${table} is out of turn`);
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    hash.update(text);
    count += lines.length;
    yield text;
  }
  while (index < head.tables.length) yield close();
  yield `${JSON.stringify({ rows: all })}\n`;
}

async function* sealed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const passed = (chunk: Buffer) => {
    hash.update(chunk);
    return chunk;
  };
  yield passed(Buffer.from(BEGINNING));
  for await (const chunk of chunks) yield passed(chunk);
  yield Buffer.from(ending(hash.digest("hex")));
}

/**
 * Writes a backup beside its place and puts it there when it is whole and on the disk; a file begun is removed.
 * @param rows of the tables in the order of the header; a table without rows may be left out
 * @throws BackupError where there is such a file already, no room, or no right to write
 */
export async function writeBackup(file: string, head: Header, rows: AsyncIterable<Rows>, signal?: AbortSignal): Promise<void> {
  const part = `${file}.part`;
  if (await stat(file).catch(() => undefined)) throw new BackupError(`${file} exists already. Name another file.`);
  try {
    const out = createWriteStream(part, { flags: "wx", mode: 0o600, flush: true });
    await pipeline(Readable.from(texts(head, rows)), createGzip(), sealed, out, { signal });
    await rename(part, file);
    const folder = await open(path.dirname(file));
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "EEXIST") throw new BackupError(`${part} exists: a backup to this file is under way, or was killed. Remove it first.`);
    await rm(part, { force: true }).catch(() => {});
    const why = {
      ENOSPC: "the disk is full",
      EDQUOT: "the quota is used up",
      EACCES: "it may not be written",
      EROFS: "the disk is read-only",
    };
    if (code && code in why)
      throw new BackupError(`The backup could not be written to ${file}: ${why[code as keyof typeof why]}. Nothing is left of it.`);
    throw error;
  }
}

/** Where the compressed part begins and ends. @throws BackupError where the file's ends are not a whole backup's, or its bytes others */
async function bounds(file: string): Promise<{ start: number; end: number }> {
  const handle = await open(file).catch((error: Error & { code?: string }) => {
    throw new BackupError(error.code === "ENOENT" ? `There is no file ${file}.` : `${file} cannot be read: ${error.message}`);
  });
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new BackupError(`${file} is no file.`);
    const { size } = about;
    const first = Buffer.alloc(BEGINNING.length);
    await handle.read(first, 0, first.length, 0);
    const form = /^Muhlat backup (\d+)\n/.exec(first.toString("latin1"))?.[1];
    if (!form) throw new BackupError(`${file} is no backup of Muhlat.`);
    if (Number(form) > FORM)
      throw new BackupError(
        `${file} is written in a later form (${form}) than this program reads (${FORM}). Restore it with a newer Muhlat.`,
      );
    const start = beginning(Number(form)).length;
    const end = size - ENDING_BYTES;
    const last = Buffer.alloc(ENDING_BYTES);
    if (end > start) await handle.read(last, 0, last.length, end);
    const said = /^\nsha256 ([0-9a-f]{64})\n$/.exec(last.toString("latin1"))?.[1];
    if (!said)
      throw new BackupError(`${file} is cut off: it does not end as a whole backup does. It was not finished, or not copied whole.`);
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(file, { end: end - 1 })) hash.update(chunk as Buffer);
    const found = hash.digest("hex");
    if (found !== said) throw new BackupError(`${file} was altered or damaged: it says that its SHA-256 is ${said}, and it is ${found}.`);
    return { start, end };
  } finally {
    await handle.close();
  }
}

async function* linesOf(file: string, start: number, end: number): AsyncGenerator<string> {
  const chunks = createReadStream(file, { start, end: end - 1 });
  const text = createGunzip({ chunkSize: 256 * 1024 });
  chunks.once("error", (error) => text.destroy(error));
  chunks.pipe(text).setEncoding("utf8");
  let left: string[] = [];
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = chunk.split("\n");
      const rest = lines.pop() ?? "";
      for (const line of lines) {
        yield left.length > 0 ? left.join("") + line : line;
        left = [];
      }
      if (rest) left.push(rest);
    }
  } finally {
    chunks.destroy();
  }
  if (left.length > 0) throw new Error("its last line has no end");
}

function read<T>(schema: z.ZodType<T>, line: string | undefined, what: string): T {
  const parsed = schema.safeParse(JSON.parse(line ?? "null"));
  if (!parsed.success) throw new Error(`${what} is not understood`);
  return parsed.data;
}

/**
 * Reads a backup from beginning to end, and holds everything in it against what it says of itself: first of all its
 * digest, then each table against its sums. Who has read it to the end has read a whole backup.
 * @param begun told the header, before any row
 * @throws BackupError naming what does not fit
 */
export async function* readBackup(file: string, begun: (head: Header) => Promise<void> | void): AsyncGenerator<Rows> {
  const { start, end } = await bounds(file);
  const lines = linesOf(file, start, end);
  const doesNotFit = (why: string) => new BackupError(`${file} does not fit together: ${why}.`);
  const next = async () => {
    try {
      return (await lines.next()).value as string | undefined;
    } catch (error) {
      throw doesNotFit((error as Error).message);
    }
  };
  const understood = <T>(schema: z.ZodType<T>, line: string | undefined, what: string): T => {
    try {
      return read(schema, line, what);
    } catch (error) {
      throw doesNotFit((error as Error).message);
    }
  };
  const head = understood(header, await next(), "its header");
  await begun(head);
  let all = 0;
  let line: string | undefined;
  for (const { name } of head.tables) {
    const hash = createHash("sha256");
    let rows = 0;
    let lot: string[] = [];
    let characters = 0;
    for (line = await next(); line?.startsWith('"'); line = await next()) {
      hash.update(`${line}\n`);
      lot.push(understood(z.string(), line, `a row of ${name}`));
      rows += 1;
      characters += line.length;
      if (lot.length < ROWS && characters < CHARACTERS) continue;
      yield { table: name, lines: lot };
      [lot, characters] = [[], 0];
    }
    if (lot.length > 0) yield { table: name, lines: lot };
    const sums = understood(tableEnd, line, `the end of ${name}`);
    if (sums.table !== name || sums.rows !== rows) throw doesNotFit(`of ${name} there are ${rows} rows, and ${sums.rows} were written`);
    if (sums.sha256 !== hash.digest("hex")) throw doesNotFit(`the rows of ${name} are not those that were written`);
    all += rows;
  }
  const total = understood(fileEnd, await next(), "its end");
  if (total.rows !== all) throw doesNotFit(`there are ${all} rows, and ${total.rows} were written`);
  if ((await next()) !== undefined) throw doesNotFit("it goes on behind its end");
}

/** Reads it all and keeps nothing. @throws BackupError naming what does not fit */
export async function checkBackup(file: string): Promise<Header> {
  let found: Header | undefined;
  const rows = readBackup(file, (head) => {
    found = head;
  });
  for await (const _ of rows);
  if (!found) throw new BackupError(`${file} has no header.`);
  return found;
}
