import { asc, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { events } from "@/db/schema";
import { momentOf } from "../moments/rules";
import type { SourceContent } from "../sources/rules";
import { sourceUntil } from "../sources/versions";
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

async function eventsFrom(db: Database, rows: SQL, condition: SQL): Promise<Event[]> {
  const found = await db.execute<Row>(sql`
    select row.* from ${rows} as row where ${condition} order by row.happened_from, row.statement_id`);
  return found.map((row) => ({
    statementId: row.statement_id,
    happenedOn: momentOf(row.happened_on),
    kind: row.kind,
    countries: row.countries,
    measures: row.measures,
    what: row.what,
    source: { id: row.source_id, title: row.source_title, url: row.source_url },
  }));
}

/** Every event known in the vintage, oldest first. It counts as known from its end; a break cuts in every vintage. */
export function knownEvents(db: Database, vintage: Vintage): Promise<Event[]> {
  const known = sql`(row.kind = 'break' or row.happened_to <= ${knownBy(vintage).toISOString()}::timestamptz)`;
  return eventsFrom(db, rowsAsRecorded("events", vintage), known);
}

/** Every event as now recorded, those ahead included, oldest first. */
export function recordedEvents(db: Database): Promise<Event[]> {
  return eventsFrom(db, sql`derived.events`, sql`true`);
}

/** One revision of an event, with its source as it stood until the next one. */
export type EventRevision = {
  event: Event;
  revision: number;
  source: SourceContent;
  state: "published" | "withdrawn";
  reason: string | null;
  recordedBy: string;
  publishedBy: string;
  recordedAt: Date;
};

/** Every revision of an event, newest first; empty when there is none of this name. */
export async function eventRevisions(db: Database, statementId: string): Promise<EventRevision[]> {
  const rows = await db.select().from(events).where(eq(events.statementId, statementId)).orderBy(asc(events.revision));
  const revisions: EventRevision[] = [];
  for (const [index, row] of rows.entries()) {
    const { revision, state, reason, recordedBy, publishedBy, recordedAt, sourceId } = row;
    const source = await sourceUntil(db, sourceId, rows[index + 1]?.recordedAt);
    const event = {
      statementId,
      happenedOn: momentOf(row.happenedOn),
      kind: row.kind as Event["kind"],
      countries: row.countries,
      measures: row.measures as Event["measures"],
      what: row.what,
      source: { id: sourceId, title: source.title, url: source.url },
    };
    revisions.unshift({ event, revision, source, state, reason, recordedBy, publishedBy, recordedAt });
  }
  return revisions;
}
