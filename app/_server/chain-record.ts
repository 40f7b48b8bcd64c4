import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { type DeadlineRevision, deadlineRevisions, knownDeadlines } from "@/lib/deadlines/read";
import { lastDay } from "@/lib/deadlines/rules";
import type { Vintage } from "@/lib/vintage";

/** Everything the page of one chain shows; undefined when nothing of this name is known. */
export async function chainRecord(db: Database, chain: string, vintage: Vintage) {
  const members = (await knownDeadlines(db, vintage)).filter((d) => d.chain === chain);
  if (members.length === 0) return undefined;
  const revisions: DeadlineRevision[] = [];
  for (const { statementId } of members) revisions.push(...(await deadlineRevisions(db, statementId)));
  return { members, zones: zonesOf(await listedCountries(db, vintage)), corrections: correctionsOf(revisions) };
}

/** The zones of the listed countries' capitals, each once. */
const zonesOf = (countries: readonly { zone: string }[]): string[] => [...new Set(countries.map(({ zone }) => zone))];

export type DeadlineCorrection = { key: string; at: Date; before: string; after: string; reason: string };

/** What was changed of deadlines that were public already, newest first; days are the last ones that count. */
function correctionsOf(revisions: readonly DeadlineRevision[]): DeadlineCorrection[] {
  const corrected = revisions.flatMap(({ deadline, reason, recordedAt }) => {
    const earlier = revisions.find((r) => r.deadline.statementId === deadline.statementId && r.deadline.revision === deadline.revision - 1);
    if (!earlier) return [];
    const key = `${deadline.statementId} ${deadline.revision}`;
    return [{ key, at: recordedAt, before: lastDay(earlier.deadline), after: lastDay(deadline), reason: reason ?? "" }];
  });
  return corrected.sort((a, b) => b.at.getTime() - a.at.getTime());
}
