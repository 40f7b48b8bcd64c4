import { desc, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { sources } from "@/db/schema";
import type { SourceContent } from "./rules";

/** A source as it stood until an instant: a revision of a statement is read with its source as of the next revision. */
export async function sourceUntil(db: Database, sourceId: string, until: Date | undefined): Promise<SourceContent> {
  const versions = await db.select().from(sources).where(eq(sources.statementId, sourceId)).orderBy(desc(sources.revision));
  const source = versions.find((version) => until === undefined || version.recordedAt < until) ?? versions.at(-1);
  if (!source) throw new Error(`no source ${sourceId}`);
  const { title, publisher, speaker, speakerRole, publishedOn, publishedTo, url } = source;
  return { title, publisher, speaker, speakerRole, publishedOn, publishedTo, url };
}
