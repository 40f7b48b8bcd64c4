import { readXml } from "./xml";

/** How a number in a cell is shown: as a date as exact as this, or (undefined) as a number. */
export type DateFormat = "year" | "month" | "day" | "minute";

// The formats that files refer to without spelling them out, of those that show dates (ECMA-376, 18.8.30).
const BUILT_IN: Record<number, DateFormat> = { 14: "day", 15: "day", 16: "day", 17: "month", 22: "minute" };

/** What a format code such as `dd\.mm\.yyyy` or `[$-419]mmmm yyyy;@` shows of a date. */
export function dateFormat(code: string): DateFormat | undefined {
  const letters = code
    .replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/g, " ")
    .replace(/am\/pm|a\/p/gi, " ")
    .toLowerCase();
  const time = /[hs]/.test(letters);
  const rest = letters.replace(/h+[^a-z]*m+/g, " ").replace(/m+[^a-z]*s+/g, " ");
  if (rest.includes("d")) return time ? "minute" : "day";
  if (rest.includes("y")) return rest.includes("m") ? "month" : "year";
  return undefined;
}

/** Reads `xl/styles.xml`: the date format of each cell style, by its number. */
export async function readCellFormats(pieces: AsyncIterable<Uint8Array>): Promise<(DateFormat | undefined)[]> {
  const codes = new Map<number, DateFormat | undefined>();
  const formats: (DateFormat | undefined)[] = [];
  const within: string[] = [];
  const reading = readXml(pieces, {
    open: (name, { numFmtId, formatCode }) => {
      const parent = within.at(-1);
      const id = Number(numFmtId);
      if (name === "numFmt" && parent === "numFmts") codes.set(id, dateFormat(formatCode ?? ""));
      if (name === "xf" && parent === "cellXfs") formats.push(codes.has(id) ? codes.get(id) : BUILT_IN[id]);
      within.push(name);
    },
    close: () => within.pop(),
  });
  for await (const _ of reading);
  return formats;
}

const DAY = 86_400_000;
/** 31 December 9999, the last day a sheet knows. */
const LAST = 2_958_465;

/**
 * A day number of a sheet as ISO 8601, as exact as it is shown: `2025-07-24`, `2025-07`,
 * `2025-07-24T09:30` (in no zone: the sheet knows none).
 * @param from1904 whether days are counted from 1 January 1904, as Excel for Mac did, not from 1900
 * @returns undefined for a number that is no day
 */
export function dayText(serial: number, format: DateFormat, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial <= LAST)) return undefined;
  const minutes = Math.round(serial * 1440);
  const days = format === "minute" ? minutes / 1440 : Math.floor(Math.round(serial * 86_400) / 86_400);
  // Excel takes 1900 for a leap year; 60 is its 29 February.
  if (!from1904 && Math.floor(days) === 60) return undefined;
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const text = new Date(start + Math.round(days * 1440) * (DAY / 1440)).toISOString();
  if (format === "year") return text.slice(0, 4);
  if (format === "month") return text.slice(0, 7);
  // Programs that export days often show midnight behind them.
  return Number.isInteger(days) ? text.slice(0, 10) : text.slice(0, 16);
}
