/** Whether a program for tables would take a text for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One line of a CSV file as Excel reads it everywhere in the region: semicolons between cells, and no cell
 * that begins like a formula.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  const texts = cells.map((cell) => {
    if (typeof cell === "number") return String(cell);
    const safe = FORMULA.test(cell) ? `'${cell}` : cell;
    return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${texts.join(";")}\r\n`;
}

/** What a CSV file begins with, so that Excel reads its letters right. */
export const BYTE_ORDER_MARK = "\ufeff";
