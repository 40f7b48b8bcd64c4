import { stringify } from "csv-stringify/sync";

/** What a cell holds; null is an empty one. */
export type Cell = string | number | null;

/** What tells Excel that a file is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** Whether a program for tables would take a text for a formula. */
const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠|%]/;

/** A text as a CSV file for people has it: one that would be taken for a formula begins with an apostrophe. */
export const inert = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const written = (rows: readonly (readonly Cell[])[], delimiter: string) =>
  // Not every reader takes a line break of another kind within a cell for what it is, unless the cell is quoted.
  stringify(rows as Cell[][], { delimiter, record_delimiter: "windows", quoted_match: /[\r\n]/ });

/** Rows of a CSV file for programs, as RFC 4180 has it: commas, decimal points, texts as they are. */
export const csvRows = (rows: readonly (readonly Cell[])[]): string => written(rows, ",");

/** How Excel expects a CSV file: with another sign between cells where the comma stands within numbers. */
export type ExcelDialect = { delimiter: "," | ";"; decimal: "." | "," };

/** Rows of a CSV file for Excel: a text that it would take for a formula begins with an apostrophe. */
export function excelCsvRows(rows: readonly (readonly Cell[])[], { delimiter, decimal }: ExcelDialect): string {
  const cell = (value: Cell) => {
    if (typeof value === "number") return String(value).replace(".", decimal);
    return value === null ? null : inert(value);
  };
  return written(
    rows.map((row) => row.map(cell)),
    delimiter,
  );
}

/** Rows for programs that people open in programs for tables too: as `csvRows` has them, and no text is taken for a formula. */
export const inertCsvRows = (rows: readonly (readonly Cell[])[]): string => excelCsvRows(rows, { delimiter: ",", decimal: "." });
