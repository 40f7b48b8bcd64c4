import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll } from "vitest";
import { plotted, type Row, rowsOf } from "@/lib/explore/rules/plotted";
import { START, type View } from "@/lib/explore/rules/view";
import { readWorkbook, sheetRows } from "@/lib/imports/files/xlsx";
import { withArchive } from "@/lib/imports/files/zip";
import { type About, figuresCsv } from "@/lib/open-data/figure-files";
import { type FigureRow, figureRow } from "@/lib/open-data/figure-rows";
import type { Snapshot } from "@/lib/snapshots/rules";
import { figureOf, knownOn, noFigureOf } from "../snapshots/statements";

export const BASE = "https://example.org/ru/";
export const about: About = {
  title: "Gray list: Kyrgyzstan",
  knownOn: "2026-01-31",
  recordedAt: new Date("2026-01-31T09:30:00Z"),
  address: "https://example.org/ru/explore?c=kg",
  citation: "Muhlat, gray list",
};

/** What a view shows of some statements, as files carry it. */
export function shown(
  series: readonly Snapshot[],
  view: Partial<View> = {},
  presents: readonly Snapshot[] = [],
): { rows: Row[]; files: FigureRow[] } {
  const whole = { ...START, ...view };
  const rows = rowsOf(plotted("KG", series, presents, [], whole));
  return { rows, files: rows.map((row) => figureRow(row, whole, BASE)) };
}

export const csv = (files: readonly FigureRow[]): Record<string, string>[] => parse(figuresCsv(files), { columns: true });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "muhlat-files-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** The cells of each sheet of a workbook, read by what reads imports. */
export async function sheets(workbook: Uint8Array): Promise<string[][][]> {
  const file = path.join(folder, "read.xlsx");
  await writeFile(file, workbook);
  return await withArchive(file, async (archive) => {
    const read = await readWorkbook(archive);
    const all: string[][][] = [];
    for (const sheet of read.sheets) {
      const rows: string[][] = [];
      for await (const { cells } of sheetRows(archive, read, sheet)) rows.push(cells);
      all.push(rows);
    }
    return all;
  });
}

export const series = [
  figureOf("2025-07-01/2025-07-05", { qualifier: "about", value: 113_000 }),
  figureOf("2025-07-22/2025-07-25", { qualifier: "between", low: 102_000, high: 104_000 }),
  figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30")),
  figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26")),
  noFigureOf("2025-12-10"),
];
