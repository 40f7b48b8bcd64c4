/** The fields of one figure in a briefing, by their names behind `figures.0.`. */
export const ROW_FIELDS = [
  "country",
  "measure",
  "as_of",
  "answer",
  "figure",
  "period_start",
  "wording",
  "children_share",
  "note",
  "restates",
  "confirm.warnings",
  "confirm.word",
] as const;

type RowField = (typeof ROW_FIELDS)[number];
export type Row = Partial<Record<RowField, string>>;

const STEP = /^(copy|remove)\.(\d{1,2})$/;
const ROW = /^figures\.(\d{1,2})\.([a-z_.]+)$/;

/** The figures of a form, in their order; one empty one where there is none. */
export function rowsOf(typed: Record<string, string>): Row[] {
  const rows: Row[] = [];
  for (const [name, value] of Object.entries(typed)) {
    const [, index, field] = ROW.exec(name) ?? [];
    if (index === undefined || !ROW_FIELDS.includes(field as RowField)) continue;
    const row = rows[Number(index)] ?? {};
    row[field as RowField] = value;
    rows[Number(index)] = row;
  }
  const given = rows.filter(Boolean);
  return given.length > 0 ? given : [{}];
}

/** A form's fields with these figures instead of its own. */
export function withRows(typed: Record<string, string>, rows: readonly Row[]): Record<string, string> {
  const others = Object.entries(typed).filter(([name]) => !name.startsWith("figures."));
  const fields = rows.flatMap((row, index) => Object.entries(row).map(([field, value]) => [`figures.${index}.${field}`, value]));
  return Object.fromEntries([...others, ...fields]);
}

/** A further figure: of the same country and moment as the one before, as a briefing mostly goes on. */
export const nextRow = (before: Row | undefined): Row => ({ country: before?.country ?? "", as_of: before?.as_of ?? "" });

/** The figures after one step of the form: `add`, `copy.2` or `remove.2`; the same for any other. */
export function stepped(rows: readonly Row[], step: string, most: number): Row[] {
  const [, verb = step, number = ""] = STEP.exec(step) ?? [];
  const index = Number(number);
  const row = number === "" ? undefined : rows[index];
  if (verb === "remove" && row) return rows.length > 1 ? rows.filter((_, i) => i !== index) : [{}];
  if (rows.length >= most) return [...rows];
  if (verb === "add") return [...rows, nextRow(rows.at(-1))];
  if (verb === "copy" && row)
    return [...rows.slice(0, index + 1), { ...row, "confirm.warnings": "", "confirm.word": "" }, ...rows.slice(index + 1)];
  return [...rows];
}

/** Whether nothing was typed into a figure but what it was given to begin with. */
export const isBlank = ({ country, as_of, answer = "figure", "confirm.warnings": shown, ...typed }: Row): boolean =>
  answer === "figure" && Object.values(typed).every((text) => text === "");
