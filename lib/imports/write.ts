import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { importParts, importRows, importSources, imports } from "@/db/schema";
import { noteAct } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { reasonInput } from "../snapshots/input";
import { type Actor, may } from "../staff/rules";
import { optionalText, requiredText } from "../texts";
import { stillHolds, writeImport } from "./commit";
import type { Seen } from "./dry-run";
import { writeForMany } from "./judge";
import { tell } from "./progress";
import { corrects } from "./read";
import { type Counts, commitsAlone, mayDecideImport, mayPrepare, mayWithdrawImport, writtenOf } from "./rules";

export { checkAgain, type Seen, takeImport } from "./dry-run";

type Row = typeof imports.$inferSelect;

/** The import as it stands, locked until the act ends; a newer version than the one seen is a conflict. */
async function seen(tx: Database, of: Seen): Promise<Outcome<Row>> {
  const [row] = await tx.select().from(imports).where(eq(imports.importId, of.importId)).for("update");
  if (!row) return refused({ code: "not_found" });
  return row.version === of.version ? done(row) : refused({ code: "conflict", current: row.version });
}

type Decision = Partial<
  Pick<Row, "state" | "reason" | "confirmation" | "withoutFaulty" | "returnedBecause" | "withdrawnBecause" | "withdrawn">
>;

async function change(tx: Database, actor: Actor, row: Row, verb: string, changed: Decision, now: Date): Promise<Row> {
  const [after] = await tx
    .update(imports)
    .set({ ...changed, version: row.version + 1, decidedBy: actor.personId, decidedAt: now })
    .where(eq(imports.importId, row.importId))
    .returning();
  await noteAct(tx, actor, {
    verb,
    feature: "imports",
    objectId: row.importId,
    countries: row.countries,
    reason: changed.returnedBecause ?? changed.withdrawnBecause ?? changed.reason,
    before: { state: row.state },
    after: { counts: row.counts, ...changed },
  });
  return after ?? row;
}

/** What an import's sender answers before it goes on: each unchecked, as a form sends it. */
export type Asked = { reason?: unknown; word?: unknown; withoutFaulty?: unknown };

/** What became of an import that was sent on: part of the record with so many revisions, or waiting for a second person. */
export type Sent = { state: "committed"; revisions: number } | { state: "waiting" };

type Answers = Pick<Row, "reason" | "confirmation" | "withoutFaulty">;

async function answersOf(tx: Database, row: Row, asked: Asked): Promise<Outcome<Answers>> {
  const counts = row.counts as Counts;
  const fields: Record<string, string> = {};
  const reason = ((await corrects(tx, row.importId)) > 0 ? reasonInput : optionalText(1000)).safeParse(asked.reason);
  const word = (counts.warned > 0 ? requiredText(1000) : optionalText(1000)).safeParse(asked.word);
  const withoutFaulty = asked.withoutFaulty === "yes";
  if (!reason.success) fields.reason = reason.error.issues[0]?.message ?? "required";
  if (!word.success) fields.word = word.error.issues[0]?.message ?? "required";
  if (counts.faulty > 0 && !withoutFaulty) fields.without_faulty = "faulty_rows";
  if (writtenOf(counts) === 0) fields.rows = "nothing_to_import";
  if (Object.keys(fields).length > 0) return invalid(fields);
  return done({ reason: reason.data ?? null, confirmation: word.data ?? null, withoutFaulty });
}

/**
 * Sends a checked import on: into the record where its sender may publish alone, else to a second person. The faulty
 * rows stay out only when that was chosen, and all warnings are answered by one word.
 */
export async function sendImport(tx: Database, actor: Actor, of: Seen, asked: Asked, now: Date): Promise<Outcome<Sent>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  // Their countries may be others than when the file was looked at.
  if (!mayPrepare(actor, row) || may(actor, "record", row.countries) === "no") return refused({ code: "forbidden" });
  const answers = await answersOf(tx, row, asked);
  if (!answers.ok) return answers;
  if (commitsAlone(actor)) {
    await tx.update(imports).set(answers.value).where(eq(imports.importId, row.importId));
    const written = await writeImport(tx, actor, { ...row, ...answers.value }, now);
    return written.ok ? done({ state: "committed", revisions: written.value }) : written;
  }
  if (!(await stillHolds(tx, row))) return refused({ code: "stale" });
  await change(tx, actor, row, "submit", { ...answers.value, state: "waiting", returnedBecause: null }, now);
  return done({ state: "waiting" });
}

/**
 * Commits an import that somebody else sent: its rows are entered by them and published by the actor.
 * What has new warnings or faulty rows since it was sent is theirs to look at again, and is refused by field.
 */
export async function publishImport(tx: Database, actor: Actor, of: Seen, now: Date): Promise<Outcome<Sent>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayDecideImport(actor, row)) return refused({ code: "forbidden" });
  const { reason, confirmation: word, withoutFaulty } = row;
  const answers = await answersOf(tx, row, { reason, word, withoutFaulty: withoutFaulty ? "yes" : "" });
  if (!answers.ok) return answers;
  const written = await writeImport(tx, actor, row, now);
  return written.ok ? done({ state: "committed", revisions: written.value }) : written;
}

/** Sends an import back to its sender, who is told why and can mend it. */
export async function returnImport(tx: Database, actor: Actor, of: Seen, because: unknown, now: Date): Promise<Outcome<null>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  if (!mayDecideImport(actor, found.value)) return refused({ code: "forbidden" });
  const reason = reasonInput.safeParse(because);
  if (!reason.success) return invalid({ reason: reason.error.issues[0]?.message ?? "required" });
  await change(tx, actor, found.value, "return", { state: "returned", returnedBecause: reason.data }, now);
  return done(null);
}

/** Abandons an import that is not committed: its file and rows are removed. A waiting one is taken back the same way. */
export async function abandonImport(tx: Database, actor: Actor, of: Seen, now: Date): Promise<Outcome<null>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayPrepare(actor, row.state === "waiting" ? { ...row, state: "checked" } : row)) return refused({ code: "forbidden" });
  await change(tx, actor, row, "discard", { state: "abandoned" }, now);
  for (const table of [importParts, importSources, importRows]) await tx.delete(table).where(eq(table.importId, row.importId));
  return done(null);
}

/** What a withdrawal did: statements withdrawn, put back to what they said before, and left since they were changed later. */
export type Withdrawn = { withdrawn: number; restored: number; left: number };

/**
 * Withdraws a whole import as one act. What it made is withdrawn; what it corrected says again what it said before, as a
 * new revision. A statement that was changed since stays as it is: that change was somebody's own.
 */
export async function withdrawImport(tx: Database, actor: Actor, of: Seen, because: unknown, now: Date): Promise<Outcome<Withdrawn>> {
  const found = await seen(tx, of);
  if (!found.ok) return found;
  const row = found.value;
  if (!mayWithdrawImport(actor, row)) return refused({ code: "forbidden" });
  const reason = reasonInput.safeParse(because);
  if (!reason.success) return invalid({ reason: reason.error.issues[0]?.message ?? "required" });
  await tell(tx, row.importId, { step: "withdrawing", done: 0, total: writtenOf(row.counts as Counts) });
  await writeForMany(tx);
  const [made] = await tx.execute<Withdrawn>(sql`
    with brought as (
      select r.statement_id, r.revision, exists (
        select from record.snapshots later where later.statement_id = r.statement_id and later.revision > r.revision) as changed
      from record.snapshots r where r.import_id = ${row.importId}
    ), written as (
      insert into record.snapshots (statement_id, revision, state, reason, recorded_by, published_by, recorded_at, country, measure, period_start,
        as_of, as_of_from, as_of_to, value, low, high, qualifier, wording, missing_reason, unchanged, children_share, note, rank, rank_reason,
        restates, source_id, warnings, confirmation, import_id)
      select b.statement_id, b.revision + 1, case when b.revision = 1 then 'withdrawn' else 'published' end, ${reason.data}::text,
        ${actor.personId}, ${actor.personId}, now(), c.country, c.measure, c.period_start, c.as_of, c.as_of_from, c.as_of_to, c.value, c.low,
        c.high, c.qualifier, c.wording, c.missing_reason, c.unchanged, c.children_share, c.note, c.rank, c.rank_reason, c.restates, c.source_id,
        c.warnings, c.confirmation, ${row.importId}
      from brought b
      join record.snapshots c on c.statement_id = b.statement_id and c.revision = greatest(1, b.revision - 1)
      where not b.changed
      returning state
    )
    select (select count(*)::int from written where state = 'withdrawn') as withdrawn,
      (select count(*)::int from written where state = 'published') as restored,
      (select count(*)::int from brought where changed) as left`);
  const withdrawn = made ?? { withdrawn: 0, restored: 0, left: 0 };
  await change(tx, actor, row, "withdraw", { state: "withdrawn", withdrawnBecause: reason.data, withdrawn }, now);
  for (const table of [importSources, importRows]) await tx.delete(table).where(eq(table.importId, row.importId));
  return done(withdrawn);
}
