/** What acts can be about. */
export const FEATURES = [
  "snapshots",
  "sources",
  "deadlines",
  "events",
  "countries",
  "contacts",
  "submissions",
  "imports",
  "copies",
  "tokens",
  "people",
  "sessions",
] as const;
export type Feature = (typeof FEATURES)[number];

/** Features whose acts are revisions of the record. */
export const RECORDED = ["snapshots", "sources", "deadlines", "events", "countries", "contacts"] as const satisfies Feature[];
export type Recorded = (typeof RECORDED)[number];

/** What can have been done, as far as the filter offers it. */
export const VERBS = [
  "record",
  "correct",
  "withdraw",
  "submit",
  "publish",
  "return",
  "discard",
  "import",
  "store",
  "set_up",
  "invite",
  "accept",
  "change",
  "deactivate",
  "reactivate",
  "reset",
  "sign_out",
  "make",
  "end",
  "change_password",
  "enrol_factor",
  "remove_factor",
  "reset_factor",
  "recovery_code",
  "new_codes",
  "bind",
] as const;

/** What a revision carries for the database's own sake; the history shows who, when and why beside it. */
export const NOT_SHOWN: readonly string[] = [
  "statement_id",
  "revision",
  "reason",
  "recorded_by",
  "published_by",
  "recorded_at",
  "first_revision",
  "import_id",
  "token_id",
  "as_of_from",
  "as_of_to",
  "published_from",
  "published_to",
  "happened_from",
  "happened_to",
  "ends_at",
];

/** One field that an act changed; undefined where there was, or is, nothing. The name of one inside another is dotted: `basis.en`. */
export type FieldChange = { field: string; before: unknown; after: unknown };

const isNothing = (value: unknown) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

function* leaves(thing: Record<string, unknown>, within = ""): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(thing)) {
    if (isNothing(value) || (within === "" && NOT_SHOWN.includes(name))) continue;
    if (typeof value === "object" && !Array.isArray(value)) yield* leaves(value as Record<string, unknown>, `${within}${name}.`);
    else yield [within + name, value];
  }
}

/** The fields in which a thing differs before and after an act, in the order in which they stand. */
export function changesOf(before: Record<string, unknown> | undefined, after: Record<string, unknown> | undefined): FieldChange[] {
  const was = new Map(leaves(before ?? {}));
  const is = new Map(leaves(after ?? {}));
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((field) => ({ field, before: was.get(field), after: is.get(field) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** The place of an act in the history: what the next page begins behind. */
export type Place = { at: string; feature: string; objectId: string; number: number };

export const placeText = ({ at, feature, objectId, number }: Place): string => [at, feature, objectId, number].join("~");

const PLACE = /^(2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{6}Z)~([a-z]{1,20})~([A-Za-z0-9-]{1,100})~(\d{1,15})$/;

/** The place that a text names; undefined for everything else, such as days that no calendar has. */
export function placeFrom(text: string | undefined): Place | undefined {
  const [, second = "", fraction = "", feature = "", objectId = "", number] = PLACE.exec(text ?? "") ?? [];
  const instant = new Date(`${second}Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 19) !== second) return undefined;
  return { at: second + fraction, feature, objectId, number: Number(number) };
}
