import { afterAll, beforeAll, expect } from "vitest";
import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout } from "@/lib/review/read";
import { mendSubmission, publishSubmission, returnSubmission, type Seen, takeBackSubmission } from "@/lib/review/write";
import { correctSnapshot, type Recorded, recordSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  differences,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  rowCounts,
  SECOND_REVIEWER,
  STRANGER,
  source,
} from "./record";

export const OTHER_RECORDER: Actor = { personId: "other-recorder", role: "recorder", countries: ["KG", "TJ"] };

export let database: FreshDatabase;
/** Brings a database with people for the tests of the file that calls it, and at its end compares what is derived. */
export function withReviewers(): void {
  beforeAll(async () => {
    database = await freshDatabase();
    await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, RECORDER, OTHER_RECORDER, REVIEWER, SECOND_REVIEWER, STRANGER);
  });
  afterAll(async () => {
    expect(await differences(database.owner)).toEqual([]);
    await database.close();
  });
}

export const run = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
export const change = (statementId: string, replacesRevision = 1) => ({ statementId, replacesRevision, reason: "A reason" });

/** What waits after a person's entry that only submits: the statement, and the submission as it is seen. */
export async function submitted(work: (tx: Database) => Promise<Outcome<Recorded>>): Promise<{ statementId: string; seen: Seen }> {
  const made = accepted(await run(work));
  expect(made.state).toBe("waiting");
  const open = await openAbout(database.staff, made.statementId);
  return { statementId: made.statementId, seen: { submissionId: open?.submissionId ?? "", version: open?.version ?? 0 } };
}

let made = 0;
export const newStatement = (actor = RECORDER, more: Record<string, unknown> = {}) => {
  made += 1;
  return submitted((tx) => recordSnapshot(tx, actor, figure({ value: 1000 + made, source: source(`Submitted ${made}`), ...more }), NOW));
};
export const correction = async (value = 2000) => {
  const id = await recorded(database.staff);
  return submitted((tx) => correctSnapshot(tx, RECORDER, change(id), figure({ value }), NOW));
};

export const publish = (of: Seen, actor = REVIEWER) => run((tx) => publishSubmission(tx, actor, of, NOW));
export const sendBack = (of: Seen, because: unknown = "Which day?", actor = REVIEWER) =>
  run((tx) => returnSubmission(tx, actor, of, because));
export const takeBack = (of: Seen, actor = RECORDER) => run((tx) => takeBackSubmission(tx, actor, of));
export const mend = (of: Seen, more: Record<string, unknown>, because: unknown = "A reason", actor = RECORDER) =>
  run((tx) => mendSubmission(tx, actor, of, figure(more), because, NOW));

export const verbs: [string, (of: Seen, actor: Actor) => Promise<Outcome<unknown>>][] = [
  ["publishSubmission", (of, actor) => publish(of, actor)],
  ["returnSubmission", (of, actor) => sendBack(of, "Which day?", actor)],
  ["takeBackSubmission", (of, actor) => takeBack(of, actor)],
  ["mendSubmission", (of, actor) => mend(of, { value: 7 }, "A reason", actor)],
];

export async function nothing(work: () => Promise<unknown>, failure: object): Promise<void> {
  const before = await rowCounts(database.staff);
  const rows = await database.owner`select * from staff.submissions order by submission_id`;
  expect(await work()).toEqual({ ok: false, failure });
  expect(await rowCounts(database.staff)).toEqual(before);
  expect([...(await database.owner`select * from staff.submissions order by submission_id`)]).toEqual([...rows]);
}

export const revisions = async (statementId: string) => [
  ...(await database.owner`
    select revision, state, value::int, rank, reason, recorded_by, published_by from record.snapshots where statement_id = ${statementId} order by 1`),
];
