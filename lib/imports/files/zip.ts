import { openPromise } from "yauzl";
import { MOST_INFLATED, MOST_PARTS, MOST_RATIO, RATIO_FROM } from "./limits";
import { FileRefusal } from "./refusal";

/** An open archive; only the parts asked for are inflated, so what else lies in it does nothing. */
export type Archive = {
  has: (name: string) => boolean;
  /** The bytes of a part, inflated as they are read; refused as damaged when there is none. */
  part: (name: string, mostBytes?: number) => AsyncGenerator<Uint8Array>;
};

/** A refusal stays what it is; what the disk reports is no fault of the file's. */
export function damaged(error: unknown): unknown {
  return error instanceof FileRefusal || (error instanceof Error && "syscall" in error) ? error : new FileRefusal("damaged");
}

/**
 * Opens a zip file for the time of `use`. What is inflated is counted byte by byte, over all parts
 * together; sizes that the archive states of itself are not believed.
 * @throws FileRefusal `damaged` or `too_much_inside`
 */
export async function withArchive<T>(path: string, use: (archive: Archive) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch((error) => {
    throw damaged(error);
  });
  try {
    const most = Math.min(MOST_INFLATED, Math.max(RATIO_FROM, zip.fileSize * MOST_RATIO));
    let inflated = 0;
    if (zip.entryCount > MOST_PARTS) throw new FileRefusal("too_much_inside");
    const entries = new Map<string, import("yauzl").Entry>();
    try {
      for await (const entry of zip.eachEntry()) {
        // Of two parts by one name, one program reads the first and another the last.
        if (entries.has(entry.fileName)) throw new FileRefusal("damaged");
        entries.set(entry.fileName, entry);
      }
    } catch (error) {
      throw damaged(error);
    }
    // What fails in there and is not the reading of a part is no fault of the file's.
    return await use({
      has: (name) => entries.has(name),
      part: async function* (name, mostBytes = most) {
        const entry = entries.get(name);
        if (!entry) throw new FileRefusal("damaged");
        let ofPart = 0;
        try {
          for await (const bytes of await zip.openReadStreamPromise(entry)) {
            inflated += bytes.length;
            ofPart += bytes.length;
            if (inflated > most || ofPart > mostBytes) throw new FileRefusal("too_much_inside");
            yield bytes;
          }
        } catch (error) {
          throw damaged(error);
        }
      },
    });
  } finally {
    zip.close();
  }
}
