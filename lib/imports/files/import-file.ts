import type { Columns } from "./columns";
import { csvRows, type Delimiter, delimiterOf, type Encoding } from "./csv";
import { findHeader, type Header } from "./header";
import { HEADER_WITHIN } from "./limits";
import { recognise } from "./recognise";
import { FileRefusal } from "./refusal";
import { filledRows, type Row } from "./row";
import { readWorkbook, sheetRows } from "./xlsx";
import { withArchive } from "./zip";

/** How a file was understood, and its rows. */
export type ImportFile = (
  | { kind: "csv"; encoding: Encoding; delimiter: Delimiter }
  /** The sheet that is read: the first that is not hidden and has a header. */
  | { kind: "xlsx"; sheet: string }
) & {
  headerLine: number;
  /** The names of the columns, in order. */
  header: string[];
  /** The field of each column as its name was understood; `adjusted` takes what was chosen by hand. */
  columns: Columns;
  /** The rows below the header with something in them, once; read from the disk as they are asked for. */
  rows: AsyncIterable<Row>;
};

/**
 * Opens a file that was sent for import, for the time of `use`. It lies on the disk, since an .xlsx
 * has its table of contents at its end; whatever its size, only a few rows and (of an .xlsx) its
 * shared texts are in memory. The rows are read to the file's end before anything is certain: what
 * is done with them must be undone when they throw.
 * @param path where the bytes lie; the name says nothing
 * @throws FileRefusal from here, or from the rows
 */
export async function withImportFile<T>(path: string, use: (file: ImportFile) => Promise<T>): Promise<T> {
  const recognised = await recognise(path);
  if (recognised.kind === "csv") {
    const { encoding } = recognised;
    const delimiter = await delimiterOf(path, encoding);
    const rows = filledRows(csvRows(path, encoding, delimiter));
    try {
      const top = await topOf(rows);
      if (top.first.length === 0) throw new FileRefusal("empty");
      return await use({ kind: "csv", encoding, delimiter, ...below(top, rows) });
    } finally {
      await rows.return(undefined);
    }
  }
  return await withArchive(path, async (archive) => {
    const workbook = await readWorkbook(archive);
    let code: "empty" | "no_header" = "empty";
    for (const sheet of workbook.sheets) {
      const rows = filledRows(sheetRows(archive, workbook, sheet));
      try {
        const top = await topOf(rows);
        if (top.header) return await use({ kind: "xlsx", sheet: sheet.name, ...below(top, rows) });
        if (top.first.length > 0) code = "no_header";
      } finally {
        await rows.return(undefined);
      }
    }
    throw new FileRefusal(code);
  });
}

type Top = { first: Row[]; header: Header | undefined };

async function topOf(rows: AsyncGenerator<Row>): Promise<Top> {
  const first: Row[] = [];
  // One more, to know whether anything stands below.
  while (first.length <= HEADER_WITHIN) {
    const { value, done } = await rows.next();
    if (done) break;
    first.push(value);
  }
  return { first, header: findHeader(first.slice(0, HEADER_WITHIN)) };
}

function below({ first, header }: Top, rows: AsyncGenerator<Row>) {
  if (!header) throw new FileRefusal("no_header");
  if (first.length === header.rows) throw new FileRefusal("no_rows", header.line);
  async function* all() {
    yield* first.slice(header?.rows);
    yield* rows;
  }
  return { headerLine: header.line, header: header.names, columns: header.columns, rows: all() };
}
