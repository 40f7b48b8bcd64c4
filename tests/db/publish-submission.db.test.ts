import { describe, expect, test } from "vitest";
import { submissionOf } from "@/lib/review/read";
import { correctSnapshot, rankSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { accepted, COUNTRY_ADMIN, figure, historyOf, NOW, RECORDER, recorded, SECOND_REVIEWER, source } from "../setup/record";

import {
  change,
  correction,
  database,
  newStatement,
  nothing,
  publish,
  revisions,
  run,
  sendBack,
  submitted,
  withReviewers,
} from "../setup/review";

withReviewers();

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
