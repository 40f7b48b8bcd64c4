import { inertCsvRows } from "@/lib/csv";
import { cellsOf } from "../open-files/cells";

/** Rows as CSV (RFC 4180, UTF-8), with a line of names first; no text is taken for a formula. */
export const csvOf = (rows: readonly object[], columns: readonly string[]): string =>
  inertCsvRows([columns, ...rows.map((row) => cellsOf(row, columns))]);
