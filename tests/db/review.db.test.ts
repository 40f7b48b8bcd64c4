import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { openAbout, submissionOf } from "@/lib/review/read";
import { mendSubmission, publishSubmission, returnSubmission, type Seen, takeBackSubmission } from "@/lib/review/write";
import { correctSnapshot, type Recorded, rankSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import {
  accepted,
  addPeople,
  CENTRAL,
  COUNTRY_ADMIN,
  differences,
  figure,
  historyOf,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  rowCounts,
  SECOND_REVIEWER,
  STRANGER,
  source,
} from "../setup/record";

const OTHER_RECORDER: Actor = { personId: "other-recorder", role: "recorder", countries: ["KG", "TJ"] };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, RECORDER, OTHER_RECORDER, REVIEWER, SECOND_REVIEWER, STRANGER);
});
afterAll(async () => {
  expect(await differences(database.owner)).toEqual([]);
  await database.close();
});

const run = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
const change = (statementId: string, replacesRevision = 1) => ({ statementId, replacesRevision, reason: "A reason" });

/** What waits after a person's entry that only submits: the statement, and the submission as it is seen. */
async function submitted(work: (tx: Database) => Promise<Outcome<Recorded>>): Promise<{ statementId: string; seen: Seen }> {
  const made = accepted(await run(work));
  expect(made.state).toBe("waiting");
  const open = await openAbout(database.staff, made.statementId);
  return { statementId: made.statementId, seen: { submissionId: open?.submissionId ?? "", version: open?.version ?? 0 } };
}

let made = 0;
const newStatement = (actor = RECORDER, more: Record<string, unknown> = {}) => {
  made += 1;
  return submitted((tx) => recordSnapshot(tx, actor, figure({ value: 1000 + made, source: source(`Submitted ${made}`), ...more }), NOW));
};
const correction = async (value = 2000) => {
  const id = await recorded(database.staff);
  return submitted((tx) => correctSnapshot(tx, RECORDER, change(id), figure({ value }), NOW));
};

const publish = (of: Seen, actor = REVIEWER) => run((tx) => publishSubmission(tx, actor, of, NOW));
const sendBack = (of: Seen, because: unknown = "Which day?", actor = REVIEWER) => run((tx) => returnSubmission(tx, actor, of, because));
const takeBack = (of: Seen, actor = RECORDER) => run((tx) => takeBackSubmission(tx, actor, of));
const mend = (of: Seen, more: Record<string, unknown>, because: unknown = "A reason", actor = RECORDER) =>
  run((tx) => mendSubmission(tx, actor, of, figure(more), because, NOW));

const verbs: [string, (of: Seen, actor: Actor) => Promise<Outcome<unknown>>][] = [
  ["publishSubmission", (of, actor) => publish(of, actor)],
  ["returnSubmission", (of, actor) => sendBack(of, "Which day?", actor)],
  ["takeBackSubmission", (of, actor) => takeBack(of, actor)],
  ["mendSubmission", (of, actor) => mend(of, { value: 7 }, "A reason", actor)],
];

async function nothing(work: () => Promise<unknown>, failure: object): Promise<void> {
  const before = await rowCounts(database.staff);
  const rows = await database.owner`select * from staff.submissions order by submission_id`;
  expect(await work()).toEqual({ ok: false, failure });
  expect(await rowCounts(database.staff)).toEqual(before);
  expect([...(await database.owner`select * from staff.submissions order by submission_id`)]).toEqual([...rows]);
}

const revisions = async (statementId: string) => [
  ...(await database.owner`
    select revision, state, value::int, rank, reason, recorded_by, published_by from record.snapshots where statement_id = ${statementId} order by 1`),
];

describe("publishSubmission", () => {
  test("a new statement is entered by its author and published by the reviewer", async () => {
    const { statementId, seen } = await newStatement(RECORDER, { value: 4321 });
    expect(await publish(seen)).toEqual({ ok: true, value: { statementId, state: "published", revision: 1 } });
    const by = { recorded_by: "recorder", published_by: "reviewer" };
    expect(await revisions(statementId)).toEqual([{ ...by, revision: 1, state: "published", value: 4321, rank: "normal", reason: null }]);
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({ state: "published", version: 2, decidedBy: "reviewer" });
    const own = { feature: "submissions", countries: ["KG"], revision: null, reason: null, just_now: true };
    expect(await historyOf(database.owner, seen.submissionId)).toEqual([
      { ...own, verb: "submit", person_id: "recorder", published_by: "recorder" },
      { ...own, verb: "publish", person_id: "reviewer", published_by: "reviewer" },
    ]);
    expect(await historyOf(database.owner, statementId)).toMatchObject([
      { feature: "snapshots", verb: "record", person_id: "recorder", published_by: "reviewer", just_now: true },
    ]);
    const [act] = await database.owner`
      select before, after from staff.acts where object_id = ${seen.submissionId} and verb = 'publish'`;
    expect(act).toMatchObject({
      before: { state: "waiting", content: { value: 4321 } },
      after: { state: "published", content: { value: 4321 } },
    });
  });

  test("its source is entered by its author, too", async () => {
    const { statementId, seen } = await newStatement();
    accepted(await publish(seen));
    const [row] = await database.owner`
      select s.recorded_by, s.published_by from record.sources s join record.snapshots on source_id = s.statement_id
      where snapshots.statement_id = ${statementId}`;
    expect(row).toEqual({ recorded_by: "recorder", published_by: "reviewer" });
  });

  test("the warnings its author answered are kept on the revision", async () => {
    const same = { as_of: "2025-05-05", value: 55, source: source("Said twice") };
    await recorded(database.staff, same);
    const { statementId, seen } = await newStatement(RECORDER, { ...same, confirm: { warnings: ["already_there"], word: "Asked again" } });
    accepted(await publish(seen));
    const [row] = await database.owner`select warnings, confirmation from record.snapshots where statement_id = ${statementId}`;
    expect(row).toEqual({ warnings: ["already_there"], confirmation: "Asked again" });
  });

  test("a correction, a rank and a withdrawal become what was asked for, with the author's reason", async () => {
    const { statementId, seen } = await correction(2500);
    accepted(await publish(seen));
    const ranked = await submitted((tx) => rankSnapshot(tx, RECORDER, change(statementId, 2), "deprecated"));
    accepted(await publish(ranked.seen));
    const withdrawn = await submitted((tx) => withdrawSnapshot(tx, RECORDER, change(statementId, 3)));
    accepted(await publish(withdrawn.seen, SECOND_REVIEWER));
    const by = { recorded_by: "recorder", published_by: "reviewer", reason: "A reason" };
    expect((await revisions(statementId)).slice(1)).toEqual([
      { ...by, revision: 2, state: "published", value: 2500, rank: "normal" },
      { ...by, revision: 3, state: "published", value: 2500, rank: "deprecated" },
      { ...by, revision: 4, state: "withdrawn", value: 2500, rank: "deprecated", published_by: "second-reviewer" },
    ]);
  });

  test("a reviewer's own waits for another one; a country admin publishes alone", async () => {
    const own = await newStatement(REVIEWER);
    await nothing(() => publish(own.seen, REVIEWER), { code: "forbidden" });
    await nothing(() => sendBack(own.seen, "x", REVIEWER), { code: "forbidden" });
    accepted(await publish(own.seen, SECOND_REVIEWER));
    const another = await newStatement();
    accepted(await publish(another.seen, COUNTRY_ADMIN));
    const alone = accepted(await run((tx) => recordSnapshot(tx, COUNTRY_ADMIN, figure({ source: source("Alone") }), NOW)));
    expect(await revisions(alone.statementId)).toMatchObject([{ recorded_by: "country-admin", published_by: "country-admin" }]);
  });

  test("of two reviewers at the same time exactly one publishes, the other is told", async () => {
    const { statementId, seen } = await newStatement();
    const outcomes = await Promise.all([publish(seen), publish(seen, SECOND_REVIEWER), sendBack(seen, "No", COUNTRY_ADMIN)]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    for (const one of outcomes.filter((other) => !other.ok)) expect(one).toEqual({ ok: false, failure: { code: "conflict", current: 2 } });
    expect((await revisions(statementId)).length).toBe(outcomes[2]?.ok ? 0 : 1);
  });

  test("one that a newer revision overtook is a conflict, and goes on waiting", async () => {
    for (const open of [await correction(), await overtakenRank(), await overtakenWithdrawal()]) {
      accepted(await run((tx) => correctSnapshot(tx, COUNTRY_ADMIN, change(open.statementId), figure({ value: 9 }), NOW)));
      await nothing(() => publish(open.seen), { code: "conflict", current: 2 });
      expect(await submissionOf(database.staff, open.seen.submissionId)).toMatchObject({ state: "waiting", version: 1 });
    }
  });

  const overtakenRank = async () => {
    const id = await recorded(database.staff);
    return submitted((tx) => rankSnapshot(tx, RECORDER, change(id), "preferred"));
  };
  const overtakenWithdrawal = async () => {
    const id = await recorded(database.staff);
    return submitted((tx) => withdrawSnapshot(tx, RECORDER, change(id)));
  };

  test("what cannot stand any more is refused by field, and goes on waiting", async () => {
    const day = { as_of: "2025-04-04" };
    const [a, b] = [await recorded(database.staff, day), await recorded(database.staff, day)];
    const open = await submitted((tx) => correctSnapshot(tx, RECORDER, change(a), figure({ ...day, restates: b }), NOW));
    accepted(await run((tx) => correctSnapshot(tx, COUNTRY_ADMIN, change(b), figure({ ...day, measure: "black_list" }), NOW)));
    await nothing(() => publish(open.seen), { code: "invalid", fields: { restates: "other_series" } });
  });
});

describe("returnSubmission and mendSubmission", () => {
  test("sent back, mended and sent again, published in the end: every step is in the history", async () => {
    const { statementId, seen } = await newStatement(RECORDER, { as_of: "2025-09", note: "first" });
    expect(await sendBack(seen, "  Which day? ")).toEqual({ ok: true, value: null });
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({
      state: "returned",
      version: 2,
      returnedBecause: "Which day?",
      decidedBy: "reviewer",
    });
    expect(await mend({ ...seen, version: 2 }, { as_of: "2025-09-05", note: "second", source: source("Mended") })).toEqual({
      ok: true,
      value: null,
    });
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({
      state: "waiting",
      version: 3,
      content: { as_of: "2025-09-05", note: "second", confirmed: { warnings: [], confirmation: null } },
    });
    accepted(await publish({ ...seen, version: 3 }));
    const [row] = await database.owner`select as_of, note, recorded_by from record.snapshots where statement_id = ${statementId}`;
    expect(row).toEqual({ as_of: "2025-09-05", note: "second", recorded_by: "recorder" });
    expect((await historyOf(database.owner, seen.submissionId)).map((one) => [one.verb, one.person_id, one.reason])).toEqual([
      ["submit", "recorder", null],
      ["return", "reviewer", "Which day?"],
      ["submit", "recorder", null],
      ["publish", "reviewer", null],
    ]);
  });

  test.each([undefined, null, " ", 7, "x".repeat(1001), "a\u0000b"])("sent back for the reason %j is refused", async (because) => {
    const { seen } = await newStatement();
    await nothing(() => sendBack(seen, because === undefined ? null : because), {
      code: "invalid",
      fields: { because: expect.stringMatching(/^(required|not_text|too_long|unreadable_characters)$/) },
    });
  });

  test("a correction is mended with a reason, of its own statement", async () => {
    const { statementId, seen } = await correction();
    await nothing(() => mend(seen, { value: -1 }, " "), { code: "invalid", fields: { value: "below_zero", reason: "required" } });
    await nothing(() => mend(seen, {}, 7), { code: "invalid", fields: { reason: "not_text" } });
    await nothing(() => mend(seen, { restates: statementId }), { code: "invalid", fields: { restates: "restates_in_a_circle" } });
    accepted(await mend(seen, { value: 2600 }, "Read once more"));
    accepted(await publish({ ...seen, version: 2 }));
    expect((await revisions(statementId)).at(-1)).toMatchObject({ revision: 2, value: 2600, reason: "Read once more" });
  });

  test("warnings are asked anew when it is mended", async () => {
    const same = { as_of: "2025-03-03", value: 33, source: source("There already") };
    await recorded(database.staff, same);
    const { seen } = await newStatement();
    const before = await rowCounts(database.staff);
    expect(await mend(seen, { ...same, confirm: undefined })).toMatchObject({
      ok: false,
      failure: {
        code: "warned",
        rows: [{ row: 0, warnings: expect.arrayContaining([expect.objectContaining({ code: "already_there" })]) }],
      },
    });
    expect(await rowCounts(database.staff)).toEqual(before);
    accepted(await mend(seen, { ...same, confirm: { warnings: ["already_there"], word: "Once more" } }));
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({
      content: { confirmed: { warnings: ["already_there"], confirmation: "Once more" } },
    });
  });

  test("moved to another country it is for the reviewers of that one; beyond one's own it is forbidden", async () => {
    const own = await newStatement(RECORDER);
    await nothing(() => mend(own.seen, { country: "TJ" }), { code: "forbidden" });
    const { seen } = await newStatement(OTHER_RECORDER);
    accepted(await mend(seen, { country: "TJ" }, "", OTHER_RECORDER));
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({ countries: ["TJ"] });
    await nothing(() => publish({ ...seen, version: 2 }), { code: "forbidden" });
    accepted(await publish({ ...seen, version: 2 }, STRANGER));
    const moved = await recorded(database.staff);
    const open = await submitted((tx) => correctSnapshot(tx, OTHER_RECORDER, change(moved), figure({ value: 1001 }), NOW));
    accepted(await mend(open.seen, { country: "TJ" }, "x", OTHER_RECORDER));
    for (const actor of [REVIEWER, STRANGER]) await nothing(() => publish({ ...open.seen, version: 2 }, actor), { code: "forbidden" });
    accepted(await publish({ ...open.seen, version: 2 }, CENTRAL));
  });

  test("a rank and a withdrawal have nothing to mend", async () => {
    const id = await recorded(database.staff);
    const { seen } = await submitted((tx) => withdrawSnapshot(tx, RECORDER, change(id)));
    await nothing(() => mend(seen, {}), { code: "forbidden" });
  });
});

describe("takeBackSubmission", () => {
  test("one's own, waiting or sent back, is taken back; the record never shows it", async () => {
    const { statementId, seen } = await newStatement();
    expect(await takeBack(seen)).toEqual({ ok: true, value: null });
    expect(await submissionOf(database.staff, seen.submissionId)).toMatchObject({ state: "discarded", version: 2, decidedBy: "recorder" });
    expect(await revisions(statementId)).toEqual([]);
    expect((await historyOf(database.owner, seen.submissionId)).at(-1)).toMatchObject({
      verb: "discard",
      person_id: "recorder",
      just_now: true,
    });
    const returned = await newStatement();
    accepted(await sendBack(returned.seen));
    accepted(await takeBack({ ...returned.seen, version: 2 }));
  });

  test("makes room for a second recorder, who was told before that somebody's change waits", async () => {
    const { statementId, seen } = await correction();
    const again = () => run((tx) => correctSnapshot(tx, OTHER_RECORDER, change(statementId), figure({ value: 3 }), NOW));
    await nothing(again, { code: "already_waiting", by: "recorder" });
    accepted(await sendBack(seen));
    await nothing(again, { code: "already_waiting", by: "recorder" });
    accepted(await takeBack({ ...seen, version: 2 }));
    expect(await again()).toMatchObject({ ok: true, value: { state: "waiting" } });
  });
});

describe.each(verbs)("%s", (name, verb) => {
  const author = name === "takeBackSubmission" || name === "mendSubmission";
  const right = author ? RECORDER : REVIEWER;

  test("is a conflict against another version, and sent twice", async () => {
    const { seen } = await newStatement();
    for (const version of [0, 2, -1, 1.5, Number.NaN])
      await nothing(() => verb({ ...seen, version }, right), { code: "conflict", current: 1 });
    expect(await verb(seen, right)).toMatchObject({ ok: true });
    await nothing(() => verb(seen, right), { code: "conflict", current: 2 });
  });

  test("is not found where there is none", async () => {
    await nothing(() => verb({ submissionId: "nobody", version: 1 }, right), { code: "not_found" });
  });

  test("is forbidden to others", async () => {
    const { seen } = await newStatement();
    const others = author ? [OTHER_RECORDER, REVIEWER, COUNTRY_ADMIN, CENTRAL, STRANGER] : [RECORDER, OTHER_RECORDER, STRANGER];
    for (const actor of others) await nothing(() => verb(seen, actor), { code: "forbidden" });
  });

  test("is forbidden once it is decided", async () => {
    const { seen } = await newStatement();
    accepted(await publish(seen, COUNTRY_ADMIN));
    await nothing(() => verb({ ...seen, version: 2 }, right), { code: "forbidden" });
    const discarded = await newStatement();
    accepted(await takeBack(discarded.seen));
    await nothing(() => verb({ ...discarded.seen, version: 2 }, right), { code: "forbidden" });
  });

  test("of two at the same time one wins", async () => {
    const { seen } = await newStatement();
    const outcomes = await Promise.all([verb(seen, right), verb(seen, right)]);
    expect(outcomes.map((one) => one.ok).sort()).toEqual([false, true]);
    expect(outcomes.find((one) => !one.ok)).toEqual({ ok: false, failure: { code: "conflict", current: 2 } });
  });
});
