/** What tells Excel that a file is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** A cell, quoted; one that a spreadsheet would take for a formula begins with an apostrophe instead. */
function cell(text: string): string {
  const safe = /^\s*[=+\-@\t\r\n＝＋－＠|%]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** A row of a CSV file as RFC 4180 has it. */
export const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;
