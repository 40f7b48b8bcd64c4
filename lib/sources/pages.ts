import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import type { Source } from "../snapshots/rules";
import { knownBy, type Vintage } from "../vintage";

/** A source as its newest revision of a vintage has it. */
export type ListedSource = Source & { revision: number; state: "published" | "withdrawn"; recordedAt: Date };

type Row = {
  statement_id: string;
  revision: number;
  state: ListedSource["state"];
  title: string;
  publisher: string | null;
  speaker: string | null;
  speaker_role: string | null;
  published_on: string | null;
  url: string | null;
  recorded_at: string;
};

/**
 * One page of the sources that anything known in a vintage may rest on, by id; withdrawn ones too, since revisions of the
 * past name them.
 * @param after the id behind which the page begins
 */
export async function listedSources(db: Database, vintage: Required<Vintage>, limit: number, after = ""): Promise<ListedSource[]> {
  const until = sql`${vintage.recordedAt.toISOString()}::timestamptz`;
  const rows = await db.execute<Row>(sql`
    select distinct on (statement_id) * from record.sources listed
    where statement_id > ${after} and recorded_at <= ${until} and (
      exists (select from record.sources known where known.statement_id = listed.statement_id and known.recorded_at <= ${until}
        and (known.published_to is null or known.published_to <= ${knownBy(vintage).toISOString()}::timestamptz))
      or exists (select from record.events where source_id = listed.statement_id and recorded_at <= ${until}))
    order by statement_id, revision desc limit ${limit}`);
  return rows.map((row) => ({
    id: row.statement_id,
    revision: row.revision,
    state: row.state,
    title: row.title,
    publisher: row.publisher,
    speaker: row.speaker,
    speakerRole: row.speaker_role,
    publishedOn: row.published_on,
    url: row.url,
    recordedAt: new Date(row.recorded_at),
  }));
}
