import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { revisionsOf, snapshotsOfCountry } from "@/lib/snapshots/read";
import { newestFigure, type Rank } from "@/lib/snapshots/rules";
import { correctSnapshot, rankSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
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
  STRANGER,
  source,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, RECORDER, REVIEWER, STRANGER);
});
afterAll(async () => {
  expect(await differences(database.owner)).toEqual([]);
  await database.close();
});

type Sent = { actor?: Actor; replaces?: number; reason?: unknown };
const change = (statementId: string, { replaces = 1, reason = "A reason" }: Sent) => ({ statementId, replacesRevision: replaces, reason });
const rank = (id: string, to: unknown, sent: Sent = {}) =>
  act(database.staff, (tx) => rankSnapshot(tx, sent.actor ?? CENTRAL, change(id, sent), to));
const withdraw = (id: string, sent: Sent = {}) =>
  act(database.staff, (tx) => withdrawSnapshot(tx, sent.actor ?? CENTRAL, change(id, sent)));
const correct = (id: string, more: Record<string, unknown>, sent: Sent = {}) =>
  act(database.staff, (tx) => correctSnapshot(tx, sent.actor ?? CENTRAL, change(id, sent), figure(more), NOW));

const current = async (of = "KG") => snapshotsOfCountry(database.reader, of, today(NOW));
const found = async (id: string) => (await current()).find((one) => one.statementId === id);

async function nothing(work: () => Promise<unknown>, answer: object): Promise<void> {
  const before = await rowCounts(database.staff);
  expect(await work()).toEqual({ ok: false, failure: answer });
  expect(await rowCounts(database.staff)).toEqual(before);
}

describe("rankSnapshot", () => {
  test("puts the better ranked in front, and a figure back in its place", async () => {
    const day = { country: "TJ", as_of: "2025-08-01" };
    const [first, second] = [
      await recorded(database.staff, { ...day, value: 10, source: source("First", { published_on: "2025-08-02" }) }),
      await recorded(database.staff, { ...day, value: 20, source: source("Second", { published_on: "2025-08-03" }) }),
    ];
    const inFront = async () => newestFigure(await current("TJ"))?.figure.statementId;
    expect(await inFront()).toBe(second);
    accepted(await rank(first, "preferred"));
    expect(await inFront()).toBe(first);
    accepted(await rank(first, "deprecated", { replaces: 2 }));
    expect(await inFront()).toBe(second);
    accepted(await rank(first, "normal", { replaces: 3 }));
    expect(await inFront()).toBe(second);
    const rows = await database.owner`select rank, rank_reason from record.snapshots where statement_id = ${first} order by revision`;
    expect([...rows]).toEqual([
      { rank: "normal", rank_reason: null },
      { rank: "preferred", rank_reason: "A reason" },
      { rank: "deprecated", rank_reason: "A reason" },
      { rank: "normal", rank_reason: null },
    ]);
  });

  test("changes nothing else of the statement; who, when and why is kept", async () => {
    const id = await recorded(database.staff, { value: 1234, note: "A note", wording: "some" });
    const before = await found(id);
    expect(await rank(id, "preferred", { actor: REVIEWER, reason: " By the ministry " })).toEqual({
      ok: true,
      value: { statementId: id, state: "published", revision: 2 },
    });
    expect(await found(id)).toEqual({ ...before, revision: 2, rank: "preferred", recordedAt: expect.any(Date) });
    const act = { feature: "snapshots", countries: ["KG"], just_now: true };
    expect(await historyOf(database.owner, id)).toEqual([
      { ...act, verb: "record", revision: 1, reason: null, person_id: "central", published_by: "central" },
      { ...act, verb: "correct", revision: 2, reason: "By the ministry", person_id: "reviewer", published_by: "reviewer" },
    ]);
  });

  test("keeps its rank through a correction", async () => {
    const id = await recorded(database.staff);
    accepted(await rank(id, "preferred"));
    accepted(await correct(id, { value: 1100 }, { replaces: 2 }));
    expect(await found(id)).toMatchObject({ rank: "preferred", revision: 3 });
  });

  test("of a recorder waits, and the record shows nothing of it", async () => {
    const id = await recorded(database.staff);
    expect(await rank(id, "preferred", { actor: RECORDER })).toEqual({ ok: true, value: { statementId: id, state: "waiting" } });
    expect(await found(id)).toMatchObject({ rank: "normal", revision: 1 });
    const [row] = await database.owner`
      select verb, content, reason, replaces_revision, submitted_by from staff.submissions where statement_id = ${id}`;
    expect(row).toEqual({
      verb: "rank",
      content: { rank: "preferred" },
      reason: "A reason",
      replaces_revision: 1,
      submitted_by: "recorder",
    });
  });

  test.each<[unknown, string]>([
    [undefined, "required"],
    [null, "required"],
    ["", "required"],
    ["best", "unknown_choice"],
    [7, "unknown_choice"],
    [["preferred"], "unknown_choice"],
    ["normal" satisfies Rank, "unchanged_rank"],
  ])("a rank of %j is refused", async (to, code) => {
    const id = await recorded(database.staff);
    await nothing(() => rank(id, to), { code: "invalid", fields: { rank: code } });
    await nothing(() => rank(id, to, { reason: " " }), { code: "invalid", fields: { rank: code, reason: "required" } });
  });

  test("of a withdrawn statement is refused", async () => {
    const id = await recorded(database.staff);
    accepted(await withdraw(id));
    await nothing(() => rank(id, "preferred", { replaces: 2 }), { code: "invalid", fields: { statement: "already_withdrawn" } });
  });
});

describe("withdrawSnapshot", () => {
  test("takes a statement away, once; who, when and why is kept", async () => {
    const id = await recorded(database.staff);
    accepted(await withdraw(id, { actor: COUNTRY_ADMIN, reason: "Never said" }));
    expect(await found(id)).toBeUndefined();
    await nothing(() => withdraw(id, { replaces: 2 }), { code: "invalid", fields: { statement: "already_withdrawn" } });
    await nothing(() => withdraw(id, { replaces: 2, reason: "" }), {
      code: "invalid",
      fields: { statement: "already_withdrawn", reason: "required" },
    });
    expect((await historyOf(database.owner, id)).at(-1)).toEqual({
      person_id: "country-admin",
      published_by: "country-admin",
      feature: "snapshots",
      verb: "withdraw",
      revision: 2,
      countries: ["KG"],
      reason: "Never said",
      just_now: true,
    });
  });

  test("a correction brings it back, all its revisions kept", async () => {
    const id = await recorded(database.staff);
    accepted(await withdraw(id));
    expect(await correct(id, { value: 1500 }, { replaces: 2 })).toEqual({
      ok: true,
      value: { statementId: id, state: "published", revision: 3 },
    });
    expect(await found(id)).toMatchObject({ revision: 3, answer: { figure: { value: 1500 } } });
    expect((await revisionsOf(database.reader, id)).map((one) => one.state)).toEqual(["published", "withdrawn", "published"]);
    accepted(await withdraw(id, { replaces: 3 }));
    expect(await found(id)).toBeUndefined();
  });
});

describe.each([
  ["rankSnapshot", (id: string, sent: Sent) => rank(id, "preferred", sent)],
  ["withdrawSnapshot", (id: string, sent: Sent) => withdraw(id, sent)],
])("%s", (_name, verb) => {
  test("is a conflict against an older revision, and sent twice", async () => {
    const id = await recorded(database.staff);
    accepted(await correct(id, { value: 1100 }));
    await nothing(() => verb(id, {}), { code: "conflict", current: 2 });
    accepted(await verb(id, { replaces: 2 }));
    await nothing(() => verb(id, { replaces: 2 }), { code: "conflict", current: 3 });
  });

  test("of two at the same time exactly one is taken", async () => {
    const id = await recorded(database.staff);
    const outcomes = await Promise.all([CENTRAL, COUNTRY_ADMIN, REVIEWER].map((actor) => verb(id, { actor })));
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    for (const one of outcomes.filter((other) => !other.ok)) expect(one).toEqual({ ok: false, failure: { code: "conflict", current: 2 } });
  });

  test("is forbidden for another country, and of a statement that is not there", async () => {
    const id = await recorded(database.staff);
    await nothing(() => verb(id, { actor: STRANGER }), { code: "forbidden" });
    await nothing(() => verb("nobody", {}), { code: "not_found" });
  });

  test("needs a reason", async () => {
    const id = await recorded(database.staff);
    for (const reason of [undefined, " ", 7, "x".repeat(1001)])
      await nothing(() => verb(id, { reason: reason === undefined ? null : reason }), {
        code: "invalid",
        fields: { reason: expect.stringMatching(/^(required|not_text|too_long)$/) },
      });
  });

  test("of a second recorder is told who was first; one who may publish goes ahead", async () => {
    const id = await recorded(database.staff);
    accepted(await verb(id, { actor: RECORDER }));
    await nothing(() => verb(id, { actor: RECORDER }), { code: "already_waiting", by: "recorder" });
    accepted(await verb(id, { actor: COUNTRY_ADMIN }));
  });
});
