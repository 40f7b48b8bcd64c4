import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { columnsOf } from "@/app/_server/api/columns";
import { wordsFor } from "@/lib/i18n/words";
import { recordedBy } from "@/lib/ledger/recorded";
import { releaseOf } from "@/lib/open-data/release";
import { readSettings } from "@/settings";
import { type About, descriptorOf } from "./descriptor";
import { csvOfPages, type From } from "./pages";
import { papersOf } from "./papers";
import { TABLES } from "./tables";
import { bodyOf } from "./taken";

/** Read, write for the owner, read for others; a regular file. */
const MODE = 0o100_644;

/** Lays the package's files into a zip, one after the other as they are read. */
function packed(about: About, from: From): Readable {
  const zip = new ZipFile();
  // Of what the record says, not of when it was packed: one state of the record is one sequence of bytes.
  const options = { mtime: about.pinned.recordedAt, mode: MODE };
  const out = zip.outputStream as Readable;
  zip.on("error", (error) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  zip.addBuffer(Buffer.from(`${JSON.stringify(descriptorOf(about), undefined, 2)}\n`), "datapackage.json", options);
  for (const [name, text] of Object.entries(papersOf(about))) zip.addBuffer(Buffer.from(text), name, options);
  const { head } = about.pinned;
  if (head) zip.addBuffer(Buffer.from(`${JSON.stringify(head, undefined, 2)}\n`), "ledger-head.json", options);
  for (const table of TABLES)
    zip.addReadStreamLazy(`data/${table.name}.csv`, options, (take) => {
      const text = Readable.from(csvOfPages(table.pages(from), columnsOf(table.row)), { objectMode: false });
      // Neither end of a pipe hears of the other's: what fails to be read breaks the zip off, and who goes away ends the reading.
      text.on("error", (error) => out.destroy(error));
      out.once("close", () => text.destroy());
      take(null, text);
    });
  zip.end();
  return out;
}

/** The data package: descriptor, papers and tables of one state of the record, made while it is taken. */
export function packageOf(from: From): ReadableStream<Uint8Array> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const version = releaseOf(await recordedBy(from.db(), from.pinned.recordedAt));
    const { CONTACT_EMAIL: contact } = readSettings();
    yield* packed({ pinned: from.pinned, version, origin: from.origin, contact, t: wordsFor("en").t }, from);
  }
  return bodyOf(bytes());
}
