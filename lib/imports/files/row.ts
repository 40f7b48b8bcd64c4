import { MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS } from "./limits";
import { FileRefusal } from "./refusal";

/** A row of a file: its line (of the file, or of the sheet), from 1, and the texts of its cells. */
export type Row = { line: number; cells: string[] };

/** Whether nothing stands in a cell that could be seen. */
export const isBlank = (text: string | undefined) => text === undefined || text.trim() === "";

/**
 * The rows with something in them, without the empty cells at their ends.
 * @throws FileRefusal `too_many_rows`, `too_many_columns`, `cell_too_long`
 */
export async function* filledRows(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let count = 0;
  for await (const { line, cells } of rows) {
    const filled = cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1);
    if (filled.length === 0) continue;
    count += 1;
    if (count > MOST_ROWS) throw new FileRefusal("too_many_rows", line);
    if (filled.length > MOST_COLUMNS) throw new FileRefusal("too_many_columns", line);
    if (filled.some((cell) => cell.length > MOST_CHARACTERS)) throw new FileRefusal("cell_too_long", line);
    yield { line, cells: filled };
  }
}
