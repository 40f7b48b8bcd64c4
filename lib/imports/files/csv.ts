import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { recognisedIn } from "./header";
import { HEADER_WITHIN, MOST_CHARACTERS, MOST_COLUMNS } from "./limits";
import { FileRefusal } from "./refusal";
import { filledRows, type Row } from "./row";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1251";

const DELIMITERS = [";", ",", "\t"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The text of a file as it is read, without the mark at its beginning. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(path)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

/**
 * The rows of a CSV file as they are read, empty ones too. A row's line is the one it begins on.
 * @throws FileRefusal `unclosed_quote`, `misplaced_quote`, `cell_too_long`, behind the rows that were whole
 */
export async function* csvRows(path: string, encoding: Encoding, delimiter: Delimiter): AsyncGenerator<Row> {
  const ready: Row[] = [];
  let line = 1;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    // In bytes: a quote that is never closed must not gather the whole file.
    max_record_size: MOST_COLUMNS * MOST_CHARACTERS,
    on_record: (cells: string[]) => {
      ready.push({ line, cells });
      // The parser counts \r\n inside quotes as two.
      line += 1 + cells.reduce((ends, cell) => ends + cell.split(/\r\n|\n|\r/).length - 1, 0);
      return null;
    },
  });
  // Each error comes to who wrote the text it is in.
  parser.on("error", () => {});
  let failed: Error | null | undefined;
  for await (const text of textOf(path, encoding)) {
    failed = await new Promise<typeof failed>((written) => parser.write(text, written));
    yield* ready.splice(0);
    if (failed) break;
  }
  failed ??= await new Promise<typeof failed>((ended) => parser.end(ended));
  yield* ready;
  if (failed) throw failed instanceof CsvError ? new FileRefusal(codeOf(failed), line) : failed;
}

function codeOf(error: CsvError) {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "unclosed_quote";
  return error.code === "CSV_MAX_RECORD_SIZE" ? "cell_too_long" : "misplaced_quote";
}

/** The delimiter with which most column names are recognised among the first rows. */
export async function delimiterOf(path: string, encoding: Encoding): Promise<Delimiter> {
  let best: { delimiter: Delimiter; recognised: number } = { delimiter: ";", recognised: 0 };
  for (const delimiter of DELIMITERS) {
    const recognised = recognisedIn(await firstRows(csvRows(path, encoding, delimiter)));
    if (recognised > best.recognised) best = { delimiter, recognised };
  }
  return best.delimiter;
}

async function firstRows(rows: AsyncIterable<Row>): Promise<Row[]> {
  const first: Row[] = [];
  try {
    for await (const row of filledRows(rows)) {
      first.push(row);
      if (first.length === HEADER_WITHIN) break;
    }
  } catch (error) {
    // Read with the wrong delimiter, quotes stand in odd places.
    if (!(error instanceof FileRefusal)) throw error;
  }
  return first;
}
