import { type SQL, sql } from "drizzle-orm";
import type { Kind } from "./chain";

// What of each row goes into the ledger, and in which words: the texts that hashes are of, made by the database while it
// reads, and by nothing that is stored in it. They must stay as they are for ever. A column that is null is left out, so a
// column added later changes nothing of what was sealed before, if it is null there.

export type Shape = "text" | "number" | "flag" | "day" | "instant" | "list" | "texts" | "public_copy";

/** How a column is written in JSON (RFC 8785). Instants are cut to milliseconds, as everywhere in public. */
const WRITTEN: Record<Shape, (column: string) => string> = {
  text: (column) => `to_json(${column})::text`,
  number: (column) => `trim_scale(${column}::numeric)::text`,
  flag: (column) => `to_json(${column})::text`,
  day: (column) => `to_json(${column}::text)::text`,
  instant: (column) => `'"' || to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'`,
  list: (column) => `array_to_json(${column})::text`,
  texts: (column) =>
    `(select '{' || string_agg(to_json(key)::text || ':' || to_json(value)::text, ',' order by key collate "C") || '}' from jsonb_each_text(${column}))`,
  public_copy: (column) => `case when t.copy_public then to_json(${column})::text end`,
};

const COMMON = { statement_id: "text", revision: "number", state: "text", recorded_at: "instant" } as const;

/** The columns of each table that are public, by the names they have in the API. */
const CONTENT = {
  countries: { ...COMMON, union_member: "flag", zone: "text", remittances_share_of_gdp: "number" },
  sources: {
    ...COMMON,
    title: "text",
    publisher: "text",
    speaker: "text",
    speaker_role: "text",
    published_on: "text",
    published_from: "instant",
    published_to: "instant",
    url: "text",
    copy_id: "public_copy",
  },
  snapshots: {
    ...COMMON,
    reason: "text",
    country: "text",
    measure: "text",
    period_start: "day",
    as_of: "text",
    as_of_from: "instant",
    as_of_to: "instant",
    value: "number",
    low: "number",
    high: "number",
    qualifier: "text",
    wording: "text",
    missing_reason: "text",
    unchanged: "flag",
    children_share: "number",
    note: "text",
    rank: "text",
    rank_reason: "text",
    restates: "text",
    source_id: "text",
  },
  deadlines: {
    ...COMMON,
    reason: "text",
    chain: "text",
    replaces: "text",
    cancelled: "flag",
    countries: "list",
    except_countries: "list",
    scope_as_reported: "flag",
    measure: "text",
    falls_on: "day",
    zone: "text",
    day_counts: "flag",
    ends_at: "instant",
    basis: "texts",
    basis_url: "text",
    consequence: "texts",
    afterwards: "texts",
    source_id: "text",
  },
  events: {
    ...COMMON,
    reason: "text",
    happened_on: "text",
    happened_from: "instant",
    happened_to: "instant",
    kind: "text",
    countries: "list",
    measures: "list",
    what: "texts",
    source_id: "text",
  },
} as const satisfies Partial<Record<Kind, Record<string, Shape>>>;

export type PublicKind = keyof typeof CONTENT;
/** Kinds of which everybody may read the content, the keys apart. */
export const PUBLIC_KINDS = Object.keys(CONTENT) as PublicKind[];

/** The public columns of a kind, each with its shape. */
export const columnsOf = (kind: PublicKind): Readonly<Record<string, Shape>> => CONTENT[kind];

/** A kind whose entries are of rows of a table. */
export type RowKind = Exclude<Kind, "key">;
/** In the order in which one sealing takes them up. */
export const ROW_KINDS = [...PUBLIC_KINDS, "contacts", "acts"] as const satisfies RowKind[];

/** The public content of the row `t` as one text: the columns that are not null, by name; null where nothing of the kind is public. */
export function contentOf(kind: RowKind): SQL {
  const columns: Record<string, Shape> | undefined = (CONTENT as Partial<Record<RowKind, Record<string, Shape>>>)[kind];
  if (!columns) return sql`null::text`;
  const parts = Object.entries(columns)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, shape]) => `'"${name}":' || ${WRITTEN[shape](`t.${name}`)}`);
  return sql.raw(`'{' || concat_ws(',', ${parts.join(", ")}) || '}'`);
}

/** The whole row `t` as one text, as PostgreSQL writes JSON; the time zone must be UTC. What an act tells is JSON already, and is kept to the letter. */
export const rowOf = (kind: RowKind): SQL =>
  kind === "acts"
    ? sql`jsonb_strip_nulls(to_jsonb(t) || jsonb_build_object('before', t.before::text, 'after', t.after::text))::text`
    : sql`jsonb_strip_nulls(to_jsonb(t))::text`;

/** Where the rows of a kind are, and what they are told apart by. */
export const placeOf = (kind: RowKind) =>
  kind === "acts"
    ? { table: sql`staff.acts`, id: sql`t.act_id::text`, revision: sql`1`, at: sql`t.at`, is: (id: SQL) => sql`t.act_id = ${id}::bigint` }
    : {
        table: sql`record.${sql.identifier(kind)}`,
        id: sql`t.statement_id`,
        revision: sql`t.revision`,
        at: sql`t.recorded_at`,
        is: (id: SQL, revision: SQL) => sql`t.statement_id = ${id} and t.revision = ${revision}`,
      };

/** Whether there is an entry of the row `t`. `offset 0`: looked up for each row alone, and never matched with the chain as a whole. */
export function isSealed(kind: RowKind): SQL {
  const { id, revision } = placeOf(kind);
  return sql`exists (select from ledger.entries e where e.kind = ${kind} and e.id = ${id} and e.revision = ${revision} offset 0)`;
}
