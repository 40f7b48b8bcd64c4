import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";

/** A form with one file: the file on the disk, and the form's texts. `tooLarge` when it has more bytes than it may. */
export type SentFile = { path: string; fileName: string; tooLarge: boolean; texts: Record<string, string> };

/**
 * Reads a form that brings one file, for the time of `use`: the file goes to the disk as it comes, never into memory.
 * @returns what `use` answers; undefined when there is no such form or no file in it, or it broke off
 */
export async function withSentFile<T>(request: Request, mostBytes: number, use: (sent: SentFile) => Promise<T>): Promise<T | undefined> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type) || !request.body) return undefined;
  const folder = await mkdtemp(path.join(tmpdir(), "muhlat-sent-"));
  try {
    const sent: SentFile = { path: path.join(folder, "file"), fileName: "", tooLarge: false, texts: {} };
    let writing: Promise<void> | undefined;
    const parser = new Busboy({
      headers: { "content-type": type },
      limits: { files: 1, fields: 10, fieldSize: 1_000, fileSize: mostBytes },
    });
    parser.on("field", (name, value) => {
      sent.texts[name] = value;
    });
    parser.on("file", (_name, stream, fileName) => {
      stream.on("limit", () => {
        sent.tooLarge = true;
      });
      sent.fileName = fileName ?? "";
      writing = pipeline(stream, createWriteStream(sent.path));
      // Told below, once the whole form is read.
      writing.catch(() => {});
    });
    try {
      Readable.fromWeb(request.body as import("node:stream/web").ReadableStream).pipe(parser);
      await finished(parser);
      await writing;
    } catch (error) {
      console.error("a file did not arrive whole:", error);
      return undefined;
    }
    return writing && sent.fileName !== "" ? await use(sent) : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
