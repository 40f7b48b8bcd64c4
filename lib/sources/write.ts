import { and, desc, eq, ne, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { deadlines, events, snapshots, sources } from "@/db/schema";
import { append, appendNew, type By, type New, newStatementId } from "../ledger/write";
import { parseMoment } from "../moments/rules";
import { done, type Outcome } from "../outcome";
import type { SourceInput } from "./input";

const COLUMNS = {
  title: sources.title,
  publisher: sources.publisher,
  speaker: sources.speaker,
  speakerRole: sources.speakerRole,
  publishedOn: sources.publishedOn,
  url: sources.url,
};

type Content = ReturnType<typeof contentOf>;

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

/** The stored copy that a source has after a revision: the one sent, else the one it had, shown to the public as before. */
const copyOf = (input: SourceInput, before?: { copyId: string | null; copyPublic: boolean }) =>
  input.copy_id === undefined || input.copy_id === before?.copyId
    ? { copyId: before?.copyId ?? null, copyPublic: before?.copyPublic ?? false }
    : { copyId: input.copy_id, copyPublic: false };

/** A source as it is looked for: each of its fields, by the name of its column. */
const soughtAs = (content: Content, copyId: string | undefined) => ({
  ...Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [column.name, content[name as keyof typeof COLUMNS]])),
  copy_id: copyId ?? null,
});

/** A source that somebody names with a statement. */
export type Named = { by: By; input: SourceInput; reason?: string | undefined };

const keyOf = (input: SourceInput) => JSON.stringify(soughtAs(contentOf(input), input.copy_id));

/** The statement ids of sources that are there already, by what is sought. */
export type Found = Map<string, string>;

/** Looks for sources with exactly these fields. */
export async function findSources(tx: Database, inputs: readonly SourceInput[]): Promise<Found> {
  const sought = inputs.map(keyOf);
  const same = sql.join(
    Object.values(COLUMNS).map((column) => sql`${column} is not distinct from sought.${sql.identifier(column.name)}`),
    sql` and `,
  );
  // What a source said before it was revised does not count: its statements have the new fields.
  const found = await tx
    .select({ place: sql<number>`place`.mapWith(Number), id: sql<string>`id` })
    .from(sql`
      jsonb_array_elements(${`[${sought}]`}::text::jsonb) with ordinality one(said, place)
      cross join lateral jsonb_populate_record(null::${sources}, said) sought
      cross join lateral (
        select ${sources.statementId} as id from ${sources} where ${same} and ${sources.title} = sought.title
          and (sought.copy_id is null or ${sources.copyId} = sought.copy_id)
          and not exists (select from record.sources later where later.statement_id = ${sources.statementId} and later.revision > ${sources.revision})
        limit 1
      ) found`)
    .prepare("same_sources")
    .execute();
  return new Map(found.map(({ place, id }) => [sought[place - 1] as string, id]));
}

/**
 * The statement ids of these sources, in their order; recorded now where they were not found: a briefing that gives five
 * figures is one source. `recorded` settles when they are; what is asked after this comes behind it.
 */
export function recordSources(tx: Database, named: readonly Named[], found: Found): { ids: string[]; recorded: Promise<void> } {
  const all = new Map(found);
  const missing: New<typeof sources>[] = [];
  const ids = named.map(({ by, input, reason }) => {
    const key = keyOf(input);
    const known = all.get(key);
    if (known !== undefined) return known;
    const statementId = newStatementId();
    all.set(key, statementId);
    missing.push({ by, statementId, reason, content: { ...contentOf(input), ...copyOf(input) } });
    return statementId;
  });
  return { ids, recorded: missing.length > 0 ? appendNew(tx, sources, missing) : Promise.resolve() };
}

/** The same of one, which is looked for. */
export async function recordSource(tx: Database, by: By, input: SourceInput, reason?: string): Promise<string> {
  const { ids, recorded } = recordSources(tx, [{ by, input, reason }], await findSources(tx, [input]));
  await recorded;
  return ids[0] as string;
}

async function newestRevision(tx: Database, sourceId: string) {
  const [row] = await tx.select().from(sources).where(eq(sources.statementId, sourceId)).orderBy(desc(sources.revision)).limit(1);
  if (!row) throw new Error(`no source ${sourceId}`);
  return row;
}

const says = (source: Pick<typeof sources.$inferSelect, keyof typeof COLUMNS | "copyId">, content: Content, input: SourceInput) =>
  Object.keys(COLUMNS).every((name) => source[name as keyof typeof COLUMNS] === content[name as keyof typeof COLUMNS]) &&
  (input.copy_id === undefined || input.copy_id === source.copyId);

/** Whether a source already says exactly what was sent. */
export const sourceSays = async (tx: Database, sourceId: string, input: SourceInput): Promise<boolean> =>
  says(await newestRevision(tx, sourceId), contentOf(input), input);

/** Whether a source carries anything but this one statement, or ever did. */
async function carriesOthers(tx: Database, sourceId: string, statementId: string): Promise<boolean> {
  for (const table of [snapshots, deadlines, events]) {
    const [other] = await tx
      .select({ id: table.statementId })
      .from(table as typeof snapshots)
      .where(and(eq(table.sourceId, sourceId), ne(table.statementId, statementId)))
      .limit(1);
    if (other) return true;
  }
  return false;
}

/**
 * The source of a statement after a correction of its fields.
 *
 * A source that carries this statement alone stays its source, to be revised with `reviseSource`;
 * one that carries others too is left as it is, and the statement moves to another one: no
 * correction changes a figure unseen.
 */
export async function sourceAfterCorrection(
  tx: Database,
  by: By,
  sourceId: string,
  statementId: string,
  input: SourceInput,
  reason: string,
): Promise<Outcome<string>> {
  const same = says(await newestRevision(tx, sourceId), contentOf(input), input);
  if (same || !(await carriesOthers(tx, sourceId, statementId))) return done(sourceId);
  return done(await recordSource(tx, by, input, reason));
}

/**
 * Revises a source to say what was sent, where it does not yet. Called after the revision of its
 * statement: what the source said before then belongs to the statement's earlier revision.
 */
export async function reviseSource(tx: Database, by: By, sourceId: string, input: SourceInput, reason: string): Promise<Outcome<string>> {
  const content = contentOf(input);
  const current = await newestRevision(tx, sourceId);
  if (says(current, content, input)) return done(sourceId);
  const appended = await append(
    tx,
    sources,
    by,
    { statementId: sourceId, replacesRevision: current.revision, reason },
    {
      ...content,
      ...copyOf(input, current),
    },
  );
  return appended.ok ? done(sourceId) : appended;
}
