import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { momentOf } from "../moments/rules";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import type { Event } from "./rules";

type Row = {
  statement_id: string;
  happened_on: string;
  kind: Event["kind"];
  countries: string[];
  measures: Event["measures"];
  what: Event["what"];
  source_id: string;
  source_title: string;
  source_url: string | null;
};

/** Every event known in the vintage, oldest first. It counts as known from its end; a break cuts in every vintage. */
export async function knownEvents(db: Database, vintage: Vintage): Promise<Event[]> {
  const rows = await db.execute<Row>(sql`
    select row.* from ${rowsAsRecorded("events", vintage)} as row
    where row.kind = 'break' or row.happened_to <= ${knownBy(vintage).toISOString()}::timestamptz
    order by row.happened_from, row.statement_id`);
  return rows.map((row) => ({
    statementId: row.statement_id,
    happenedOn: momentOf(row.happened_on),
    kind: row.kind,
    countries: row.countries,
    measures: row.measures,
    what: row.what,
    source: { id: row.source_id, title: row.source_title, url: row.source_url },
  }));
}
