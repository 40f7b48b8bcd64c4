import type { Field } from "./column-names";
import type { Columns } from "./columns";
import { isBlank } from "./row";
import { readValue } from "./values";

/** A row as `snapshotInput` takes it, with the statement's own `id` beside it where the file gives one. */
export type Sent = Partial<Record<Exclude<Field, `source.${string}`>, string>> & { answer: string; source: Record<string, string> };

/**
 * What a row says, field by field; nothing is checked yet. Where no column gives the answer, it is
 * that there is no figure if a reason is given and no number, else a figure.
 */
export function sentOf(cells: readonly string[], columns: Columns): Sent {
  const fields: Partial<Record<string, string>> = {};
  const source: Record<string, string> = {};
  for (const [position, field] of columns.entries()) {
    const text = cells[position];
    if (!field || text === undefined || isBlank(text)) continue;
    if (field.startsWith("source.")) source[field.slice("source.".length)] = text;
    else fields[field] = readValue(field, text);
  }
  const hasNumber = fields.value !== undefined || fields.low !== undefined || fields.high !== undefined;
  const answer = fields.answer ?? (fields.missing_reason !== undefined && !hasNumber ? "missing" : "figure");
  return { ...fields, answer, source };
}

// What Excel puts in place of a result, in English and Russian, and of a date that its column is too narrow for.
const FAILED =
  /^(?:#+|#(?:REF|VALUE|NULL|NUM|SPILL|CALC|FIELD|BUSY|DIV\/0|ССЫЛКА|ЗНАЧ|ПУСТО|ЧИСЛО|ДЕЛ\/0|ПЕРЕНОС|ВЫЧИСЛ)!|#(?:NAME|ИМЯ)\?|#N\/A|#Н\/Д|#GETTING_DATA)$/;

/** The fields whose cells show that a formula failed or a column was too narrow, each with its code of `errors.*`. */
export function failedCells(cells: readonly string[], columns: Columns): Record<string, "failed_formula"> {
  const failed: Record<string, "failed_formula"> = {};
  for (const [position, field] of columns.entries())
    if (field && FAILED.test((cells[position] ?? "").trim())) failed[field] = "failed_formula";
  return failed;
}
