import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect } from "vitest";
import { type ImportFile, withImportFile } from "@/lib/imports/files/import-file";
import { FileRefusal, type RefusalCode } from "@/lib/imports/files/refusal";
import type { Row } from "@/lib/imports/files/row";

export const fixtures = path.join(import.meta.dirname, "fixtures");
export const folder = mkdtempSync(path.join(tmpdir(), "muhlat-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that a file holds, as it was understood. */
export const read = (file: string) =>
  withImportFile(file, async (found): Promise<Omit<ImportFile, "rows"> & { rows: Row[] }> => {
    const rows: Row[] = [];
    for await (const row of found.rows) rows.push(row);
    return { ...found, rows };
  });
export const fixture = (name: string) => read(path.join(fixtures, name));

let written = 0;
export function readBytes(bytes: string | Uint8Array) {
  written += 1;
  const file = path.join(folder, String(written));
  writeFileSync(file, bytes);
  return read(file).finally(() => rmSync(file));
}

export async function refusalOf(reading: Promise<unknown>): Promise<[RefusalCode, number | undefined]> {
  const error = await reading.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(FileRefusal);
  return [error.code, error.line];
}
