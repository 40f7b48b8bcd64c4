import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for the files of one test file; `remove` takes it away. */
export function sentFiles() {
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-sent-"));
  let count = 0;
  const write = (content: string | Uint8Array) => {
    count += 1;
    const file = path.join(folder, `${count}.csv`);
    writeFileSync(file, content);
    return file;
  };
  return { write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const COLUMNS = ["country", "measure", "period_start", "as_of", "value", "qualifier", "source.title", "source.published_on"] as const;
const NAMES = ["Country", "Measure", "Period start", "As of", "Value", "Qualifier", "Source", "Published on"];
type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

/** A row that can be recorded as it is. */
export const cells = (more: Cells = {}): Cells => ({
  country: "KG",
  measure: "gray_list",
  as_of: "2025-10-01",
  value: "1000",
  qualifier: "about",
  "source.title": "A list",
  "source.published_on": "2025-10-05",
  ...more,
});

/** Rows as a table, with further columns behind. */
export function table(rows: readonly Cells[], more: Record<string, readonly string[]> = {}): string {
  const lines = rows.map((row, i) => [
    ...COLUMNS.map((column) => row[column] ?? ""),
    ...Object.values(more).map((column) => column[i] ?? ""),
  ]);
  return [[...NAMES, ...Object.keys(more)], ...lines].map((line) => line.join(";")).join("\r\n");
}
