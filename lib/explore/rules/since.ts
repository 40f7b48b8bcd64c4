import { frontOf, type Snapshot } from "../../snapshots/rules";

/**
 * What has become of statements that were shown as of a past day: those that count no more, those that say something
 * else now, those that stand otherwise beside others (in front no more, or now), and how many others there are.
 */
export type Since = { marks: ReadonlyMap<string, "gone" | "corrected" | "moved">; added: number };

/**
 * What has changed since a past day.
 * @param then statements that counted then
 * @param now statements about the same that count today
 */
export function sinceThen(then: readonly Snapshot[], now: readonly Snapshot[]): Since {
  const present = new Map(now.map((statement) => [statement.statementId, statement]));
  const before = new Set(then.map(({ statementId }) => statementId));
  const marks = new Map<string, "gone" | "corrected" | "moved">();
  const [front, frontNow] = [inFront(then), inFront(now)];
  for (const statement of then) {
    const today = present.get(statement.statementId);
    if (!today) marks.set(statement.statementId, "gone");
    else if (said(today) !== said(statement)) marks.set(statement.statementId, "corrected");
    else if (front.has(statement.statementId) !== frontNow.has(statement.statementId)) marks.set(statement.statementId, "moved");
  }
  return { marks, added: now.filter(({ statementId }) => !before.has(statementId)).length };
}

/** The statements that stand in front, of every country. */
function inFront(statements: readonly Snapshot[]): Set<string> {
  const countries = [...new Set(statements.map(({ country }) => country))];
  const front = countries.flatMap((code) => frontOf(statements.filter(({ country }) => country === code)));
  return new Set(front.map(({ statementId }) => statementId));
}

const said = ({ answer, asOf, periodStart, rank }: Snapshot) => JSON.stringify([answer, asOf.text, periodStart, rank]);
