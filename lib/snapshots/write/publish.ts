import type { Database } from "@/db/client";
import { snapshots } from "@/db/schema";
import { allOf, append, appendNew, type By, type RevisionOf } from "../../ledger/write";
import { momentOf } from "../../moments/rules";
import { done, type Outcome, refused } from "../../outcome";
import { type Found, findSources, recordSources, reviseSource, sourceAfterCorrection, sourceSays } from "../../sources/write";
import { answerColumns, type SnapshotInput } from "../input";
import type { Rank } from "../rules";
import { newest } from "./checks";

// What becomes of a snapshot once it may be public. Whether it may is decided by the verbs beside this file.

/** The warnings that were shown before saving, and the word that answered them. */
export type Confirmed = { warnings: string[]; confirmation: string | null };

/** A statement that is part of the record now. */
export type Published = { statementId: string; state: "published"; revision: number };

function contentOf(input: SnapshotInput, sourceId: string) {
  const asOf = momentOf(input.as_of);
  return {
    country: input.country,
    measure: input.measure,
    periodStart: input.period_start ?? null,
    asOf: asOf.text,
    asOfFrom: asOf.from,
    asOfTo: asOf.to,
    ...answerColumns(input),
    note: input.note ?? null,
    restates: input.restates ?? null,
    sourceId,
  };
}

/** Whether a published statement already says exactly what was sent, in the words of the same source. */
export async function saysAlready(tx: Database, current: typeof snapshots.$inferSelect, input: SnapshotInput): Promise<boolean> {
  const { asOfFrom: _from, asOfTo: _to, ...content } = contentOf(input, current.sourceId);
  const same = Object.entries(content).every(([name, value]) => current[name as keyof typeof content] === value);
  return current.state === "published" && same && (await sourceSays(tx, current.sourceId, input.source));
}

const published = (statementId: string, appended: Outcome<number>): Outcome<Published> =>
  appended.ok ? done({ statementId, state: "published", revision: appended.value }) : appended;

/** A statement that may be part of the record: who entered and published it, its name, and what it says. */
export type NewSnapshot = { by: By; statementId: string; input: SnapshotInput; confirmed: Confirmed };

/** Adds new statements, with their sources where these were not found; all in one way to the database and back. */
export async function publishNew(tx: Database, statements: readonly NewSnapshot[], found: Found): Promise<void> {
  if (statements.length === 0) return;
  const named = statements.map(({ by, input }) => ({ by, input: input.source }));
  const { ids: sourceIds, recorded } = recordSources(tx, named, found);
  const rows = statements.map(({ by, statementId, input, confirmed }, place) => ({
    by,
    statementId,
    content: { ...contentOf(input, sourceIds[place] as string), ...confirmed, rank: "normal", rankReason: null },
  }));
  await allOf([recorded, appendNew(tx, snapshots, rows)]);
}

/** Adds one, whose source is looked for. */
export async function publishOneNew(tx: Database, statement: NewSnapshot): Promise<Outcome<Published>> {
  await publishNew(tx, [statement], await findSources(tx, [statement.input.source]));
  return done({ statementId: statement.statementId, state: "published", revision: 1 });
}

type Change = RevisionOf & { reason: string };

/** Adds a revision that says something else; its source is revised where it carries nothing but this statement. */
export async function publishCorrection(
  tx: Database,
  by: By,
  of: Change,
  input: SnapshotInput,
  confirmed: Confirmed,
): Promise<Outcome<Published>> {
  const current = await newest(tx, of.statementId);
  if (!current) return refused({ code: "not_found" });
  const source = await sourceAfterCorrection(tx, by, current.sourceId, of.statementId, input.source, of.reason);
  if (!source.ok) return source;
  const { rank, rankReason } = current;
  const appended = await append(tx, snapshots, by, of, { ...contentOf(input, source.value), ...confirmed, rank, rankReason });
  if (!appended.ok) return appended;
  const revised = await reviseSource(tx, by, source.value, input.source, of.reason);
  return revised.ok ? published(of.statementId, appended) : revised;
}

/** Adds a revision that differs from the newest in the given columns only. */
async function publishChanged(
  tx: Database,
  by: By,
  of: Change,
  changed: { rank?: Rank; rankReason?: string | null },
): Promise<Outcome<Published>> {
  const current = await newest(tx, of.statementId);
  if (!current) return refused({ code: "not_found" });
  const { statementId, revision, state, reason, recordedBy, publishedBy, recordedAt, firstRevision, importId, tokenId, ...content } =
    current;
  return published(statementId, await append(tx, snapshots, by, of, { ...content, ...changed }));
}

/** Adds a revision after which the statement answers nothing but history and corrections. */
export const publishWithdrawal = (tx: Database, by: By, of: Change) => publishChanged(tx, by, { ...of, state: "withdrawn" }, {});

/** Adds a revision that stands elsewhere among its rivals; the reason of the rank is the reason of the revision. */
export const publishRank = (tx: Database, by: By, of: Change, rank: Rank) =>
  publishChanged(tx, by, of, { rank, rankReason: rank === "normal" ? null : of.reason });
