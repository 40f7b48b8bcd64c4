import { parametersOf } from "@/lib/explore/rules/view";
import { figuresExcelCsv, figuresXlsx } from "@/lib/open-data/excel-figures";
import { figuresCsv, figuresJson } from "@/lib/open-data/figure-files";
import { type FigureRow, figureRow } from "@/lib/open-data/figure-rows";
import { chartSvg } from "./chart-svg";
import { pngOf } from "./png";
import type { Shown } from "./shown";

/** More countries than this are counted in a name of a file, not named. */
const MOST_NAMED = 6;

const figureRows = ({ record, rows, origin, words }: Shown): FigureRow[] =>
  rows.map((row) => figureRow(row, record.view, `${origin}/${words.language}/`));

type Kind = { type: string; make: (shown: Shown) => string | Uint8Array<ArrayBuffer> | Promise<string | Uint8Array<ArrayBuffer>> };

/** The files of a view by their names. */
export const EXPLORE_FILES: Readonly<Record<string, Kind>> = {
  "figures.csv": { type: "text/csv; charset=utf-8; header=present", make: (shown) => figuresCsv(figureRows(shown)) },
  "figures-excel.csv": { type: "text/csv; charset=utf-8", make: (shown) => figuresExcelCsv(figureRows(shown), shown.words) },
  "figures.xlsx": {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    make: (shown) => figuresXlsx(figureRows(shown), shown.about, shown.words),
  },
  "figures.json": {
    type: "application/json; charset=utf-8",
    make: (shown) => figuresJson(figureRows(shown), Object.fromEntries(parametersOf(shown.record.view)), shown.about),
  },
  "chart.svg": { type: "image/svg+xml; charset=utf-8", make: chartSvg },
  "chart.png": { type: "image/png", make: async (shown) => pngOf(await chartSvg(shown)) },
};

/** What a file is called once it lies on a disk: `muhlat-gray-list-kg-tj-2026-11-25.csv`. */
export function fileName(file: string, { record: { view, plots }, about }: Shown): string {
  const codes = plots.map(({ country }) => country.toLowerCase());
  const [stem = "", ending = ""] = file.split(".");
  const parts = [
    "muhlat",
    view.measure.replaceAll("_", "-"),
    ...(codes.length > MOST_NAMED ? [`${codes.length}-countries`] : codes),
    ...(view.reading === "absolute" ? [] : [view.reading.replaceAll("_", "-")]),
    about.knownOn,
    ...(stem === "figures-excel" ? ["excel"] : []),
  ];
  return `${parts.join("-")}.${ending}`;
}
