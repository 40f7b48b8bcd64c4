import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import type { Deadline, Texts } from "./rules";

type Row = {
  statement_id: string;
  revision: number;
  chain: string;
  replaces: string | null;
  cancelled: boolean;
  countries: string[];
  except_countries: string[];
  scope_as_reported: boolean;
  measure: Deadline["measure"];
  falls_on: string;
  zone: string;
  day_counts: boolean;
  ends_at: string;
  basis: Texts;
  basis_url: string | null;
  consequence: Texts;
  afterwards: Texts;
  known_from: string;
  source_id: string;
  source_title: string;
  source_published_on: string | null;
  source_url: string | null;
};

/** Every deadline known in the vintage, replaced ones included, oldest first. */
export async function knownDeadlines(db: Database, vintage: Vintage): Promise<Deadline[]> {
  const rows = await db.execute<Row>(sql`
    select row.*, row.falls_on::text as falls_on from ${rowsAsRecorded("deadlines", vintage)} as row
    where row.known_from <= ${knownBy(vintage).toISOString()}::timestamptz
    order by row.ends_at, row.statement_id`);
  return rows.map((row) => ({
    statementId: row.statement_id,
    revision: row.revision,
    chain: row.chain,
    replaces: row.replaces,
    cancelled: row.cancelled,
    countries: row.countries,
    exceptCountries: row.except_countries,
    scopeAsReported: row.scope_as_reported,
    measure: row.measure,
    fallsOn: row.falls_on,
    zone: row.zone,
    dayCounts: row.day_counts,
    endsAt: new Date(row.ends_at),
    basis: row.basis,
    basisUrl: row.basis_url,
    consequence: row.consequence,
    afterwards: row.afterwards,
    knownFrom: new Date(row.known_from),
    source: { id: row.source_id, title: row.source_title, publishedOn: row.source_published_on, url: row.source_url },
  }));
}
