import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/db/client";
import { newStatementId } from "../ledger/write";
import { momentOf, parseMoment } from "../moments/rules";
import { type SnapshotInput, snapshotInput } from "../snapshots/input";
import { readFigure } from "../snapshots/spelling";
import { type SourceInput, sourceInput } from "../sources/input";
import { type Actor, may } from "../staff/rules";
import { fieldsOf, optionalText } from "../texts";
import type { Columns } from "./files/columns";
import type { Row } from "./files/row";
import { failedCells, sentOf } from "./files/sent";
import { tell } from "./progress";

/** Rows that go to the database together: enough to make the way there cheap, few enough to weigh nothing. */
const BATCH = 1_000;

/** Sources kept at hand, since many rows name the same; more are looked at again. */
const MOST_SOURCES = 2_000;

/** Characters of a faulty row's cell that are kept to show it. */
const SHOWN = 200;

type Source = { key: string; input: SourceInput };

/** Looks at each source once, and says which have not been written to the database yet. */
function sourceReader(now: Date) {
  const schema = sourceInput(now);
  const seen = new Map<string, Source | z.ZodError>();
  const keys = new WeakMap<object, string>();
  let fresh: Source[] = [];
  const look = (sent: unknown): Source | z.ZodError => {
    const cells = JSON.stringify(sent);
    const found = seen.get(cells);
    if (found) return found;
    const parsed = schema.safeParse(sent);
    let source: Source | z.ZodError;
    if (parsed.success) {
      const { title, publisher, speaker, speaker_role, published_on, url } = parsed.data;
      const content = JSON.stringify([title, publisher, speaker, speaker_role, published_on, url]);
      source = { key: createHash("sha256").update(content).digest("hex").slice(0, 32), input: parsed.data };
      keys.set(parsed.data, source.key);
      fresh.push(source);
    } else source = parsed.error;
    if (seen.size === MOST_SOURCES) seen.clear();
    seen.set(cells, source);
    return source;
  };
  return {
    schema: z.unknown().transform((sent, ctx): SourceInput => {
      const found = look(sent);
      if (!(found instanceof z.ZodError)) return found.input;
      for (const { path, message } of found.issues) ctx.addIssue({ code: "custom", path, message });
      return z.NEVER;
    }) as unknown as ReturnType<typeof sourceInput>,
    keyOf: (input: SourceInput) => keys.get(input) ?? "",
    takeFresh: () => {
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

function isBare(value: string | undefined): boolean {
  const read = value === undefined ? undefined : readFigure(value);
  return read?.ok === true && !read.said;
}

const namedInput = optionalText(100);

/** The text as the database can hold it. */
const showable = (text: string) => text.slice(0, SHOWN).replace(/\0|\p{Cs}/gu, "\ufffd");

function preparedOf(input: SnapshotInput, sourceKey: string) {
  const asOf = momentOf(input.as_of);
  return {
    source_key: sourceKey,
    country: input.country,
    measure: input.measure,
    period_start: input.period_start,
    as_of: asOf.text,
    as_of_from: asOf.from,
    as_of_to: asOf.to,
    value: input.value,
    low: input.low,
    high: input.high,
    qualifier: input.qualifier,
    wording: input.wording,
    missing_reason: input.missing_reason,
    unchanged: input.answer === "unchanged",
    children_share: input.children_share,
    note: input.note,
    restates: input.restates,
  };
}

/** Reads one row: as it would be recorded, or faulty with a code for each field. */
function rowReader(columns: Columns, actor: Actor, now: Date) {
  const sources = sourceReader(now);
  const schema = snapshotInput(now, sources.schema);
  const rights = new Map<string, boolean>();
  const theirs = (country: string) => {
    const known = rights.get(country) ?? may(actor, "record", [country]) !== "no";
    rights.set(country, known);
    return known;
  };
  const read = ({ line, cells }: Row) => {
    const sent = sentOf(cells, columns);
    // As in our own form, a number with no word before it is meant as it stands.
    if (sent.answer === "figure" && sent.qualifier === undefined && isBare(sent.value)) sent.qualifier = "exact";
    const parsed = schema.safeParse(sent);
    const named = namedInput.safeParse(sent.id);
    const faults: Record<string, string> = {
      ...(parsed.success ? {} : fieldsOf(parsed.error)),
      ...(named.success ? {} : { id: named.error.issues[0]?.message ?? "not_text" }),
      ...failedCells(cells, columns),
    };
    if (parsed.success && !theirs(parsed.data.country)) faults.country = "not_your_country";
    if (!parsed.success || Object.keys(faults).length > 0) return { line, verdict: "faulty", faults, cells: cells.map(showable) };
    const prepared = preparedOf(parsed.data, sources.keyOf(parsed.data.source));
    return { line, verdict: "new", statement_id: newStatementId(), named: named.data, ...prepared };
  };
  return { read, takeFresh: sources.takeFresh };
}

async function write(tx: Database, importId: string, rows: readonly object[], sources: readonly Source[]): Promise<void> {
  if (sources.length > 0) {
    const given = sources.map(({ key, input }) => {
      const published = input.published_on === undefined ? undefined : parseMoment(input.published_on);
      const dates = { published_from: published?.from, published_to: published?.to };
      return { source_key: key, source_id: newStatementId(), ...input, ...dates };
    });
    await tx.execute(sql`
      insert into staff.import_sources (import_id, source_key, source_id, title, publisher, speaker, speaker_role, published_on,
        published_from, published_to, url)
      select ${importId}, s.* from json_to_recordset(${JSON.stringify(given)}::json) as s (source_key text, source_id text, title text,
        publisher text, speaker text, speaker_role text, published_on text, published_from timestamptz, published_to timestamptz, url text)
      on conflict do nothing`);
  }
  await tx.execute(sql`
    insert into staff.import_rows (import_id, line, verdict, statement_id, named, faults, cells, source_key, country, measure, period_start,
      as_of, as_of_from, as_of_to, value, low, high, qualifier, wording, missing_reason, unchanged, children_share, note, restates)
    select ${importId}, r.* from json_to_recordset(${JSON.stringify(rows)}::json) as r (line integer, verdict text, statement_id text,
      named text, faults jsonb, cells text[], source_key text, country text, measure text, period_start date, as_of text,
      as_of_from timestamptz, as_of_to timestamptz, value bigint, low bigint, high bigint, qualifier text, wording text,
      missing_reason text, unchanged boolean, children_share numeric, note text, restates text)`);
}

/**
 * Reads the rows of a file into the database as they would be recorded, each checked by itself. The next rows are read
 * while the last are written, and no more than these are in memory.
 * @param total how many rows there are, where the file was read before
 * @throws FileRefusal where the file turns out to be none, behind any row
 */
export async function stage(
  tx: Database,
  of: { importId: string; columns: Columns; actor: Actor; now: Date; total?: number },
  rows: AsyncIterable<Row>,
): Promise<void> {
  const { read, takeFresh } = rowReader(of.columns, of.actor, of.now);
  let batch: object[] = [];
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  const send = async () => {
    await writing;
    done += batch.length;
    const [ready, sources, soFar] = [batch, takeFresh(), done];
    batch = [];
    writing = write(tx, of.importId, ready, sources).then(() =>
      tell(tx, of.importId, { step: "reading", done: soFar, total: of.total }, of.actor),
    );
    // A refusal of the file may come up first; who waits for the last rows is told of this one.
    writing.catch(() => {});
  };
  for await (const row of rows) {
    batch.push(read(row));
    if (batch.length === BATCH) await send();
  }
  await send();
  await writing;
}
