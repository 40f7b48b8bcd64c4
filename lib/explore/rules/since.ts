import type { Snapshot } from "../../snapshots/rules";

/** What has become of statements that were shown as of a past day: those that count no more, those that say something else now, and how many others there are. */
export type Since = { marks: ReadonlyMap<string, "gone" | "corrected">; added: number };

/**
 * What has changed since a past day.
 * @param then statements that counted then
 * @param now statements about the same that count today
 */
export function sinceThen(then: readonly Snapshot[], now: readonly Snapshot[]): Since {
  const present = new Map(now.map((statement) => [statement.statementId, statement]));
  const before = new Set(then.map(({ statementId }) => statementId));
  const marks = new Map<string, "gone" | "corrected">();
  for (const statement of then) {
    const today = present.get(statement.statementId);
    if (!today) marks.set(statement.statementId, "gone");
    else if (said(today) !== said(statement)) marks.set(statement.statementId, "corrected");
  }
  return { marks, added: now.filter(({ statementId }) => !before.has(statementId)).length };
}

const said = ({ answer, asOf, periodStart, rank }: Snapshot) => JSON.stringify([answer, asOf.text, periodStart, rank]);
