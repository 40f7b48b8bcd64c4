import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { sheetXml, workbookParts } from "./workbook-parts";
import { zipOf } from "./zip-bytes";

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-memory-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = 100_000;
const names = ["Country", "Measure", "As of", "Value", "Source", "Note"];
const note = "Сказано на встрече с журналистами; число округлено. ".repeat(4);

// The texts of all cells together are some 45 MB in memory, more than the child is given for everything.
function readWithLittleMemory(file: string): string {
  const program = path.join(import.meta.dirname, "counts-rows.ts");
  return execFileSync(process.execPath, ["--max-old-space-size=32", "--import", "tsx", program, file], { encoding: "utf8" });
}

test("100,000 rows of CSV", { timeout: 120_000 }, () => {
  const file = path.join(folder, "rows.csv");
  const row = (_: unknown, i: number) => `KG;gray_list;24.07.2025;${i};24.kg;${i} ${note.slice(0, 100)}`;
  writeFileSync(file, [names.join(";"), ...Array.from({ length: ROWS }, row)].join("\r\n"));
  expect(readWithLittleMemory(file)).toBe(String(ROWS));
});

test("100,000 rows of a workbook", { timeout: 120_000 }, () => {
  const file = path.join(folder, "rows.xlsx");
  const cell = (content: string) => `<c t="inlineStr"><is><t>${content}</t></is></c>`;
  const row = (_: unknown, i: number) =>
    `<row>${["KG", "gray_list", "2025-07", String(i), "24.kg", `${i} ${note}`].map(cell).join("")}</row>`;
  const rows = `<row>${names.map(cell).join("")}</row>${Array.from({ length: ROWS }, row).join("")}`;
  writeFileSync(file, zipOf(workbookParts([{ name: "Data", xml: sheetXml(rows) }])));
  expect(readWithLittleMemory(file)).toBe(String(ROWS));
});
