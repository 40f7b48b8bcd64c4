import { and, desc, eq, isNull, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { snapshots, sources } from "@/db/schema";
import { append, newStatementId } from "../ledger/write";
import { parseMoment } from "../moments/rules";
import { done, type Outcome } from "../outcome";
import type { Actor } from "../staff/rules";
import type { SourceInput } from "./input";

const COLUMNS = {
  title: sources.title,
  publisher: sources.publisher,
  speaker: sources.speaker,
  speakerRole: sources.speakerRole,
  publishedOn: sources.publishedOn,
  url: sources.url,
};

function contentOf(input: SourceInput) {
  const published = input.published_on === undefined ? undefined : parseMoment(input.published_on);
  return {
    title: input.title,
    publisher: input.publisher ?? null,
    speaker: input.speaker ?? null,
    speakerRole: input.speaker_role ?? null,
    publishedOn: input.published_on ?? null,
    publishedFrom: published?.from ?? null,
    publishedTo: published?.to ?? null,
    url: input.url ?? null,
  };
}

/**
 * The statement id of the source with exactly these fields, recorded now where there is none:
 * a briefing that gives five figures is one source.
 */
export async function recordSource(tx: Database, actor: Actor, input: SourceInput, reason?: string): Promise<Outcome<string>> {
  const content = contentOf(input);
  const same: SQL[] = Object.entries(COLUMNS).map(([name, column]) => {
    const value = content[name as keyof typeof COLUMNS];
    return value === null ? isNull(column) : eq(column, value);
  });
  const [found] = await tx
    .select({ id: sources.statementId, revision: sources.revision })
    .from(sources)
    .where(and(...same))
    .orderBy(desc(sources.revision))
    .limit(1);
  if (found && (await newestRevision(tx, found.id)) === found.revision) return done(found.id);
  const statementId = newStatementId();
  const appended = await append(tx, sources, actor, { statementId, replacesRevision: 0, reason }, content);
  return appended.ok ? done(statementId) : appended;
}

async function newestRevision(tx: Database, statementId: string): Promise<number> {
  const [row] = await tx
    .select({ revision: sources.revision })
    .from(sources)
    .where(eq(sources.statementId, statementId))
    .orderBy(desc(sources.revision))
    .limit(1);
  return row?.revision ?? 0;
}

/**
 * The source of a statement after a correction of its fields.
 *
 * A source that carries this statement alone is revised; one that carries others too stays as it
 * is, and the statement moves to a source of its own: no correction changes a figure unseen.
 */
export async function correctSource(
  tx: Database,
  actor: Actor,
  sourceId: string,
  statementId: string,
  input: SourceInput,
  reason: string,
): Promise<Outcome<string>> {
  const content = contentOf(input);
  const [current] = await tx.select().from(sources).where(eq(sources.statementId, sourceId)).orderBy(desc(sources.revision)).limit(1);
  if (!current) throw new Error(`no source ${sourceId}`);
  const same = Object.keys(COLUMNS).every((name) => current[name as keyof typeof COLUMNS] === content[name as keyof typeof COLUMNS]);
  if (same) return done(sourceId);
  const carried = await tx.selectDistinct({ id: snapshots.statementId }).from(snapshots).where(eq(snapshots.sourceId, sourceId));
  if (carried.some((row) => row.id !== statementId)) return recordSource(tx, actor, input, reason);
  const appended = await append(tx, sources, actor, { statementId: sourceId, replacesRevision: current.revision, reason }, content);
  return appended.ok ? done(sourceId) : appended;
}
