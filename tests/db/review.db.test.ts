import { describe, expect, test } from "vitest";
import { submissionOf } from "@/lib/review/read";
import { correctSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import {
  accepted,
  CENTRAL,
  COUNTRY_ADMIN,
  figure,
  historyOf,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  rowCounts,
  STRANGER,
  source,
} from "../setup/record";

import {
  change,
  correction,
  database,
  mend,
  newStatement,
  nothing,
  OTHER_RECORDER,
  publish,
  revisions,
  run,
  sendBack,
  submitted,
  takeBack,
  verbs,
  withReviewers,
} from "../setup/review";

withReviewers();

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
