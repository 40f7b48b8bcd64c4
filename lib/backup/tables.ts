import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";

/** Everything that Muhlat keeps lies in these. */
export const SCHEMAS = ["record", "derived", "ledger", "staff"];

/** A table as it is backed up; names are quoted where they must be. */
export type Table = {
  name: string;
  /** All columns with their types, in the order of a row. */
  columns: string[];
  /** Names of those that are written, as the others follow from them. */
  written: string[];
};

const schemas = sql`any(${sql.param(SCHEMAS)}::text[])`;

/** The tables of a backup, by name. Unlogged ones are made again by whoever wants them; a standby cannot read them either. */
export async function tablesOf(db: Database): Promise<Table[]> {
  return db.execute<Table>(sql`
    select format('%I.%I', n.nspname, c.relname) as name,
           array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns,
           array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attgenerated = '') as written
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where n.nspname = ${schemas} and c.relkind = 'r' and c.relpersistence = 'p'
    group by 1 order by 1`);
}

/** Where each sequence stands that has given out a number. */
export async function sequencesOf(db: Database): Promise<Record<string, string>> {
  const rows = await db.execute<{ name: string; last: string }>(sql`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as last
    from pg_sequences where schemaname = ${schemas} and last_value is not null order by 1`);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

/** A row of this table as text, in the same words whatever the server and the connection are set to. */
export const asText = ({ columns }: Table): SQL => sql.raw(`row(${columns.map((column) => `r.${nameOf(column)}`).join(", ")})::text`);

const nameOf = (column: string) => /^("(?:[^"]|"")*"|\S+)/.exec(column)?.[0] ?? column;

/** Settles for this transaction how values are written as text, and that nothing ends it for taking long. */
export async function settle(tx: Database): Promise<void> {
  const settings = {
    TimeZone: "UTC",
    DateStyle: "ISO, YMD",
    IntervalStyle: "postgres",
    bytea_output: "hex",
    extra_float_digits: "1",
    statement_timeout: "0",
    idle_in_transaction_session_timeout: "0",
    lock_timeout: "0",
  };
  for (const [name, value] of Object.entries(settings)) await tx.execute(sql`select set_config(${name}, ${value}, true)`);
}

/** Sums over rows that do not ask for their order: how many, and the first 64 bits of each one's SHA-256 added up. */
export class Sums {
  rows = 0;
  #sum = 0n;

  add(line: string): void {
    this.rows += 1;
    this.#sum += createHash("sha256").update(line).digest().readBigInt64BE();
  }

  /** Equal texts have the same rows. */
  get text(): string {
    return `${this.rows} ${this.#sum}`;
  }
}

/** The same sums, worked out by the database over what lies in a table. */
export async function sumsIn(tx: Database, table: Table): Promise<string> {
  const [row] = await tx.execute<{ text: string }>(sql`
    select count(*) || ' ' || coalesce(sum(('x' || encode(substr(sha256(convert_to(line, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint), 0) as text
    from (select ${asText(table)} as line from ${sql.raw(table.name)} r) lines`);
  return row?.text ?? "";
}
