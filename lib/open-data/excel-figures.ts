import { writeXlsx } from "hucre/xlsx";
import { BYTE_ORDER_MARK, type Cell, excelCsvRows } from "../csv";
import type { Words } from "../i18n/words";
import { MOSCOW, offsetAt } from "../moments/rules";
import type { About } from "./figure-files";
import { FIGURE_COLUMNS, type FigureRow } from "./figure-rows";
import { fitText } from "./text";

type Told = string | number | Date | null;

/** A column of a table for people: its heading, how wide it is in letters, how its dates are shown, and what it says of a row. */
type Column = { heading: string; width: number; format?: string; cell: (row: FigureRow) => Told };

const WIDE: Partial<Record<keyof FigureRow, number>> = { as_of: 24, wording: 50, source_title: 50, source_url: 40, url: 40 };
const FORMATS: Partial<Record<keyof FigureRow, string>> = {
  period_start: "yyyy-mm-dd",
  as_of_from: "yyyy-mm-dd hh:mm",
  as_of_to: "yyyy-mm-dd hh:mm",
  known_from: "yyyy-mm-dd hh:mm",
  recorded_at: "yyyy-mm-dd hh:mm",
};

/** The columns of files for programs with the country's name before them; what is a code there is a word here. */
function columnsIn(words: Words): Column[] {
  const { t } = words;
  const spoken: { [K in keyof FigureRow]?: (row: FigureRow) => Told } = {
    measure: (row) => t(`measures.${row.measure}`),
    qualifier: (row) => row.qualifier && t(`record.qualifiers.${row.qualifier}`),
    reading: (row) => t(`explore.readings.${row.reading}`),
    role: (row) => t(`files.roles.${row.role}`),
    missing_reason: (row) => row.missing_reason && t(`missing.${row.missing_reason}`),
    rank: (row) => t(`files.ranks.${row.rank}`),
  };
  return [
    { heading: t("explore.country"), width: 20, cell: (row) => words.country(row.country) },
    ...FIGURE_COLUMNS.map((key) => ({
      heading: t(`files.columns.${key}`),
      width: WIDE[key] ?? 18,
      ...(FORMATS[key] ? { format: FORMATS[key] } : {}),
      cell: spoken[key] ?? ((row: FigureRow) => row[key]),
    })),
  ];
}

/** What Moscow's clocks show at an instant, as if that were UTC. The calendar is slow to ask, so each hour is asked for once. */
function moscowsClock(): (instant: Date) => Date {
  const offsets = new Map<number, number>();
  return (instant) => {
    const hour = Math.floor(instant.getTime() / 3_600_000);
    const offset = offsets.get(hour) ?? offsetAt(MOSCOW, instant);
    offsets.set(hour, offset);
    return new Date(instant.getTime() + offset * 60_000);
  };
}

/** Figures as Excel of the language's readers opens a CSV file: instants in Moscow's time. */
export function figuresExcelCsv(rows: readonly FigureRow[], words: Words): string {
  const columns = columnsIn(words);
  const clock = moscowsClock();
  const written = (told: Told): Cell => (told instanceof Date ? clock(told).toISOString().slice(0, 16).replace("T", " ") : told);
  const lines = rows.map((row) => columns.map(({ cell }) => written(cell(row))));
  const decimal = words.language === "en" ? "." : ",";
  return BYTE_ORDER_MARK + excelCsvRows([columns.map(({ heading }) => heading), ...lines], { delimiter: ";", decimal });
}

/** Figures as a workbook: a sheet of them with numbers and dates as such and texts as texts, and one that says what they are. */
export async function figuresXlsx(rows: readonly FigureRow[], about: About, words: Words): Promise<Uint8Array<ArrayBuffer>> {
  const { t } = words;
  const columns = columnsIn(words);
  const clock = moscowsClock();
  // Workbooks know no zone.
  const written = (told: Told, format: string | undefined): Told => {
    if (told instanceof Date) return clock(told);
    if (typeof told !== "string") return told;
    return format ? new Date(told) : fitText(told);
  };
  const told: [string, string][] = [
    [t("files.title"), about.title],
    [t("explore.known"), words.day(about.knownOn)],
    [t("files.recordedAt"), words.instant(about.recordedAt)],
    [t("files.address"), about.address],
    [t("files.licence"), t("files.licenceText")],
    [t("files.cite"), about.citation],
    [t("files.times"), t("files.timesText")],
  ];
  const workbook = await writeXlsx({
    sheets: [
      {
        name: t("files.sheet"),
        columns: columns.map(({ width, format }) => ({ width, ...(format ? { numFmt: format } : {}) })),
        rows: [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map(({ cell, format }) => written(cell(row), format)))],
        freezePane: { rows: 1 },
      },
      { name: t("files.about"), columns: [{ width: 24 }, { width: 110 }], rows: told },
    ],
  });
  return new Uint8Array(workbook);
}
