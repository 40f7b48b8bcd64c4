import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";

/** The texts of an archive by their paths. */
export async function unpacked(zip: Buffer): Promise<Map<string, string>> {
  const archive = await fromBufferPromise(zip, { lazyEntries: true });
  const texts = new Map<string, string>();
  for await (const entry of archive.eachEntry()) {
    const parts: Buffer[] = [];
    for await (const part of await archive.openReadStreamPromise(entry)) parts.push(part as Buffer);
    texts.set(entry.fileName, Buffer.concat(parts).toString());
  }
  return texts;
}

/** Texts by their paths as an archive. */
export async function packed(texts: Iterable<readonly [string, string]>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of texts) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
