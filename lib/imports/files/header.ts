import { type Columns, fieldNamed, matchColumns } from "./columns";
import { LEAST_RECOGNISED } from "./limits";
import type { Row } from "./row";

/** The names of a file's columns, the line they stand on (the lower of two), and how many rows end with it. */
export type Header = { names: string[]; columns: Columns; line: number; rows: number };

const recognised = (columns: Columns) => columns.filter((field) => field !== undefined).length;

/**
 * The header among the first rows: the row of which most names are recognised, or two rows one
 * above the other where both together say more (`Источник` merged above `Название` and `Дата`).
 * @returns undefined when in no row enough names are recognised
 */
export function findHeader(rows: readonly Row[]): Header | undefined {
  let best: Header | undefined;
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1];
    const readings = [row.cells, ...(above ? [joined(above.cells, row.cells)] : [])];
    for (const names of readings) {
      const columns = matchColumns(names);
      if (recognised(columns) > Math.max(best ? recognised(best.columns) : 0, LEAST_RECOGNISED - 1))
        best = { names, columns, line: row.line, rows: index + 1 };
    }
  }
  return best;
}

/** How many column names the best of the rows has. */
export const recognisedIn = (rows: readonly Row[]) => recognised(findHeader(rows)?.columns ?? []);

/** Of merged cells only the first holds the text, so a name reaches right until the next begins. */
function joined(above: readonly string[], below: readonly string[]): string[] {
  let reaching = "";
  return Array.from({ length: Math.max(above.length, below.length) }, (_, column) => {
    const own = (above[column] ?? "").trim();
    const name = (below[column] ?? "").trim();
    if (own !== "") reaching = own;
    if (name === "") return own;
    const both = `${reaching} / ${name}`;
    return reaching !== "" && fieldNamed(both) ? both : name;
  });
}
