/** A row with what lies within it beside it: `source: { title }` is `source_title`, a list is its parts with a space between. */
function flat(value: unknown, name: string, into: Map<string, string>): void {
  if (value === null || value === undefined) into.set(name, "");
  else if (Array.isArray(value)) into.set(name, value.join(" "));
  else if (typeof value === "object") for (const [part, inner] of Object.entries(value)) flat(inner, name ? `${name}_${part}` : part, into);
  else into.set(name, String(value));
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe; numbers stay as they are. */
const inert = (text: string) => (/^[=+\-@\t\r]/.test(text) && !/^-?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text);
const cell = (text: string) => (/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);
const line = (cells: readonly string[]) => `${cells.map((text) => cell(inert(text))).join(",")}\r\n`;

/** Rows as CSV (RFC 4180, UTF-8), with a line of names first. */
export function csvOf(rows: readonly object[], columns: readonly string[]): string {
  const lines = rows.map((row) => {
    const into = new Map<string, string>();
    flat(row, "", into);
    return line(columns.map((name) => into.get(name) ?? ""));
  });
  return line(columns) + lines.join("");
}
