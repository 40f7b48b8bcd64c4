import type { Cell } from "@/lib/csv";

type Plain = string | number | boolean;

function flat(value: unknown, name: string, into: Map<string, Plain>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) into.set(name, value.join(" "));
  else if (typeof value === "object") for (const [part, inner] of Object.entries(value)) flat(inner, name ? `${name}_${part}` : part, into);
  else into.set(name, value as Plain);
}

/** What stands in a row under each column; what lies within it beside it: `source: { title }` is `source_title`. */
export function valuesOf(row: object, columns: readonly string[]): (Plain | null)[] {
  const into = new Map<string, Plain>();
  flat(row, "", into);
  return columns.map((column) => into.get(column) ?? null);
}

/** The same as a CSV file has it. */
export const cellsOf = (row: object, columns: readonly string[]): Cell[] =>
  valuesOf(row, columns).map((value) => (typeof value === "boolean" ? String(value) : value));
