import { type CellValue, writeXlsxStream } from "hucre/xlsx";
import { fitText } from "@/lib/open-data/text";
import { valuesOf } from "./cells";
import type { Field } from "./fields";
import { ahead } from "./pages";

/** A sheet stays under 4 GiB, beyond which a workbook is of a kind that LibreOffice does not open. */
const ROWS = 500_000;

/** Excel takes no longer text into a cell. */
const LONGEST = 32_767;

const FORMATS: Partial<Record<Field["type"], string>> = { date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss" };
const WIDE = /(?:^|_)(?:wording|note|title|url)$/;

function written(value: string | number | boolean | null, { type }: Field): CellValue {
  if (typeof value !== "string") return value;
  return FORMATS[type] ? new Date(value) : fitText(value).slice(0, LONGEST);
}

/**
 * Pages of rows as a workbook that is written while they are read: numbers and dates as such, instants in UTC, texts as
 * texts. What is more than one sheet holds goes on in the next, under the same names.
 * @param most rows of a sheet, its line of names among them
 */
export function workbookOf(
  pages: AsyncIterable<readonly object[]>,
  fields: readonly Field[],
  sheet: string,
  most = ROWS,
): ReadableStream<Uint8Array> {
  const columns = fields.map(({ name }) => name);
  async function* rows(): AsyncGenerator<CellValue[]> {
    for await (const page of ahead(pages))
      for (const row of page) yield valuesOf(row, columns).map((value, index) => written(value, fields[index] as Field));
  }
  return writeXlsxStream(rows(), {
    name: sheet,
    columns: fields.map(({ name, type }) => ({
      header: name,
      width: WIDE.test(name) ? 40 : 18,
      ...(FORMATS[type] ? { numFmt: FORMATS[type] } : {}),
    })),
    freezePane: { rows: 1 },
    maxRowsPerSheet: most,
  });
}
