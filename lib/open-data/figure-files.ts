import { type Cell, csvRows } from "../csv";
import { FIGURE_COLUMNS, type FigureRow } from "./figure-rows";

/** What a file says of itself: its title, the day and the instant of what it knows, where the same is shown for ever, how to cite it. */
export type About = { title: string; knownOn: string; recordedAt: Date; address: string; citation: string };

const plain = (value: FigureRow[keyof FigureRow]): Cell => (value instanceof Date ? value.toISOString() : value);

/** Figures for programs: one heading a key of `FigureRow`, instants in UTC (ISO 8601), empty where there is nothing. */
export const figuresCsv = (rows: readonly FigureRow[]): string =>
  csvRows([FIGURE_COLUMNS, ...rows.map((row) => FIGURE_COLUMNS.map((column) => plain(row[column])))]);

/**
 * Figures for programs with what they were asked by.
 * @param view the parameters of the address, as far as they differ from the default
 */
export function figuresJson(rows: readonly FigureRow[], view: Readonly<Record<string, string>>, about: About): string {
  const { title, knownOn, recordedAt, address, citation } = about;
  const file = { title, as_known_on: knownOn, as_recorded_at: recordedAt, address, cite: citation, view, data: rows };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
