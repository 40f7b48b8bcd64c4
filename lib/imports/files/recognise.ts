import { createReadStream } from "node:fs";
import { open, readFile } from "node:fs/promises";
import type { Encoding } from "./csv";
import { MOST_BYTES } from "./limits";
import { FileRefusal } from "./refusal";
import { withArchive } from "./zip";

export type Recognised = { kind: "xlsx" } | { kind: "csv"; encoding: Encoding };

const ZIP = Buffer.from("PK");
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const MARKUP = /^[\ufeff\s]*<(?:!doctype|!--|\?xml|html|head|meta|body|table|style|script|div)\b/i;

/**
 * What a file is, by its bytes: neither its name nor what its sender says of it counts.
 * @throws FileRefusal when it is nothing that can be imported
 */
export async function recognise(path: string): Promise<Recognised> {
  const handle = await open(path);
  const start = Buffer.alloc(1024);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new FileRefusal("empty");
    if (size > MOST_BYTES) throw new FileRefusal("too_large");
    await handle.read(start, 0, start.length, 0);
  } finally {
    await handle.close();
  }
  const begins = (bytes: Buffer) => start.subarray(0, bytes.length).equals(bytes);

  if (begins(OLE)) {
    // A workbook with a password is an old container around an encrypted new one.
    const names = Buffer.from("EncryptedPackage", "utf16le");
    throw new FileRefusal((await readFile(path)).includes(names) ? "password_protected" : "old_excel");
  }
  if (begins(Buffer.from("%PDF-"))) throw new FileRefusal("pdf");
  if (begins(ZIP) && [0x03, 0x05].includes(start[2] ?? 0)) return await workbook(path);
  const encoding = await encodingOf(path, start);
  if (MARKUP.test(new TextDecoder(encoding).decode(start))) throw new FileRefusal("web_page");
  return { kind: "csv", encoding };
}

async function workbook(path: string): Promise<Recognised> {
  await withArchive(path, async ({ has }) => {
    if (has("[Content_Types].xml") && has("xl/workbook.xml")) return;
    if (has("xl/workbook.bin")) throw new FileRefusal("old_excel");
    throw new FileRefusal(has("content.xml") && has("META-INF/manifest.xml") ? "open_document" : "not_a_workbook");
  });
  return { kind: "xlsx" };
}

/** The encoding in which a file is text to its end. */
async function encodingOf(path: string, start: Buffer): Promise<Encoding> {
  const marked: Encoding | undefined =
    start[0] === 0xff && start[1] === 0xfe ? "utf-16le" : start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : undefined;
  const decoder = new TextDecoder(marked ?? "utf-8");
  let readable = 0;
  let unreadable = 0;
  let undefinedIn1251 = false;
  const count = (text: string) => {
    if (text.includes("\0")) throw new FileRefusal("not_a_table");
    for (let at = 0; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter === 0xfffd) unreadable += 1;
      else if (letter > 0x7f) readable += 1;
    }
  };
  for await (const bytes of createReadStream(path)) {
    count(decoder.decode(bytes, { stream: true }));
    undefinedIn1251 ||= bytes.includes(0x98);
  }
  count(decoder.decode());

  if (unreadable === 0) return marked ?? "utf-8";
  // A text of another encoding has next to nothing that is UTF-8; one with both was cut or put together.
  if (marked || readable > unreadable) throw new FileRefusal("broken_encoding");
  if (undefinedIn1251) throw new FileRefusal("not_a_table");
  return "windows-1251";
}
