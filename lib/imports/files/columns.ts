import type { Language } from "../../i18n/languages";
import { MESSAGES } from "../../i18n/translator";
import { COLUMN_NAMES, FIELDS, type Field, SOURCE_WORDS } from "./column-names";
import { plain } from "./spelling";

/** What each column of a file holds, by position; undefined for a column that is left aside. */
export type Columns = (Field | undefined)[];

/** Choices made by hand: by position of the column (from 0) the field it holds, or null for none. */
export type ByHand = Record<number, Field | null>;

const LABELS = {
  country: "country",
  measure: "measure",
  period_start: "periodStart",
  as_of: "asOf",
  answer: "answer",
  value: "value",
  low: "low",
  high: "high",
  qualifier: "qualifier",
  wording: "wording",
  missing_reason: "missingReason",
  children_share: "childrenShare",
  note: "note",
  "source.title": "sourceTitle",
  "source.publisher": "publisher",
  "source.speaker": "speaker",
  "source.speaker_role": "speakerRole",
  "source.published_on": "publishedOn",
  "source.url": "url",
} as const satisfies Partial<Record<Field, keyof (typeof MESSAGES)[Language]["record"]>>;

const byName = new Map<string, Field>();
for (const field of FIELDS) for (const name of COLUMN_NAMES[field]) byName.set(plain(name), field);
for (const { record } of Object.values(MESSAGES))
  for (const [field, label] of Object.entries(LABELS)) byName.set(plain(record[label]), field as Field);

const sourceWords = new Set(SOURCE_WORDS.map(plain));

/** The field that a column's name means; undefined for a name we do not know. */
export function fieldNamed(header: string): Field | undefined {
  const name = plain(header);
  const known = byName.get(name);
  if (known) return known;
  const [first = "", ...rest] = name.split(" ");
  if (!sourceWords.has(first)) return undefined;
  const ofSource = byName.get(rest.join(" "));
  if (ofSource === "as_of") return "source.published_on";
  return ofSource?.startsWith("source.") ? ofSource : undefined;
}

/** The field of each column by its name. Where two columns claim one field neither has it: a person decides. */
export function matchColumns(header: readonly string[]): Columns {
  const fields = header.map(fieldNamed);
  return fields.map((field) => (fields.filter((other) => other === field).length === 1 ? field : undefined));
}

/** The columns with what was chosen by hand; a field chosen for one column is taken from any other. */
export function adjusted(columns: Columns, byHand: ByHand): Columns {
  const chosen = new Set(Object.values(byHand));
  return columns.map((field, position) => {
    const choice = byHand[position];
    if (choice !== undefined) return choice ?? undefined;
    return field && chosen.has(field) ? undefined : field;
  });
}
