import { eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { submissions } from "@/db/schema";
import { knownEvents } from "../../events/read";
import { momentOf } from "../../moments/rules";
import { done, invalid, type Outcome, refused } from "../../outcome";
import { type Actor, SYSTEM } from "../../staff/rules";
import { today } from "../../vintage";
import { type Answering, answerColumns, confirmInput, type SnapshotInput } from "../input";
import { historyAround } from "../nearby";
import { answerOf } from "../rules";
import { asSnapshot, type Candidate, type History, needsConfirmation, type Warning, warningsFor } from "../warnings";
import type { Confirmed } from "./publish";

const candidateOf = (input: SnapshotInput, statementId?: string): Candidate => ({
  statementId,
  restates: input.restates ?? null,
  country: input.country,
  measure: input.measure,
  periodStart: input.period_start ?? null,
  asOf: momentOf(input.as_of),
  answer: answerOf(answerColumns(input)),
  source: {
    title: input.source.title,
    publisher: input.source.publisher ?? null,
    speaker: input.source.speaker ?? null,
    publishedOn: input.source.published_on ?? null,
    url: input.source.url ?? null,
  },
});

/** What should be looked at before an entry is saved, from what is known of its country today and what else was said with it. */
export async function warningsAbout(
  db: Database,
  input: SnapshotInput,
  now: Date,
  statementId?: string,
  saidWith: readonly SnapshotInput[] = [],
): Promise<Warning[]> {
  const known = today(now);
  // Asked together, as whoever comes next waits for both.
  const [statements, events] = await Promise.all([
    historyAround(db, input.country, momentOf(input.as_of), known, statementId ? [statementId] : []),
    knownEvents(db, known),
  ]);
  const history = { statements, events };
  const beside = saidWith.map((other) => asSnapshot(candidateOf(other), history, now));
  return warningsFor(candidateOf(input, statementId), { ...history, statements: [...history.statements, ...beside] }, now);
}

/** What should be looked at before an entry is saved, by a history that was read already. */
export const warningsBy = (input: SnapshotInput, history: History, now: Date): Warning[] => warningsFor(candidateOf(input), history, now);

/** What the same briefing gave before, where it waits for review: the record does not have it yet. */
async function waitingWith(tx: Database, briefingId: string | undefined): Promise<SnapshotInput[]> {
  if (briefingId === undefined) return [];
  const rows = await tx.select({ content: submissions.content }).from(submissions).where(eq(submissions.briefingId, briefingId));
  return rows.map((row) => row.content as SnapshotInput);
}

/** The word with which warnings were answered: refused as "warned" while one of them was not shown before or has no word. */
export function answered(warnings: Warning[], { warnings: shown, word }: Answering): Outcome<Confirmed> {
  const asked = warnings.filter(needsConfirmation).map((warning) => warning.code);
  if (asked.length === 0) return done({ warnings: [], confirmation: null });
  if (word === undefined || !asked.every((code) => shown.includes(code))) return refused({ code: "warned", rows: [{ row: 0, warnings }] });
  return done({ warnings: asked, confirmation: word });
}

/**
 * The warnings about an entry, answered by the word sent with it: refused as "warned" while one of them
 * was not shown before or has no word. Notes ask for none; nor does the product's own starter record.
 * @param sent what came with the entry; its `confirm` holds the warnings shown and the word
 */
export async function checkConfirmed(
  tx: Database,
  actor: Actor,
  input: SnapshotInput,
  sent: unknown,
  now: Date,
  statementId?: string,
  briefingId?: string,
): Promise<Outcome<Confirmed>> {
  if (actor.role === SYSTEM.role) return done({ warnings: [], confirmation: null });
  const confirm = confirmInput.safeParse((sent as { confirm?: unknown } | null)?.confirm ?? {});
  if (!confirm.success) return invalid({ "confirm.word": confirm.error.issues[0]?.message ?? "not_text" });
  return answered(await warningsAbout(tx, input, now, statementId, await waitingWith(tx, briefingId)), confirm.data);
}
