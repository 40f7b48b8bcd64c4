import { and, desc, eq, lte } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sources } from "@/db/schema";
import type { SourceContent } from "./rules";

/**
 * A source as it stood until an instant: a revision of a statement is read with its source as of the next revision.
 * @param recordedAt an instant; only what was recorded up to it. Undefined means now
 */
export async function sourceUntil(db: Database, sourceId: string, until: Date | undefined, recordedAt?: Date): Promise<SourceContent> {
  const versions = await db
    .select()
    .from(sources)
    .where(and(eq(sources.statementId, sourceId), recordedAt && lte(sources.recordedAt, recordedAt)))
    .orderBy(desc(sources.revision));
  const source = versions.find((version) => until === undefined || version.recordedAt < until) ?? versions.at(-1);
  if (!source) throw new Error(`no source ${sourceId}`);
  const { title, publisher, speaker, speakerRole, publishedOn, publishedTo, url } = source;
  return { title, publisher, speaker, speakerRole, publishedOn, publishedTo, url };
}
