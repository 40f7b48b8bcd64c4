import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actOnce } from "@/lib/ledger/once";
import { done } from "@/lib/outcome";
import { recordBriefing, recordSnapshot } from "@/lib/snapshots/write";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, figure, NOW, rowCounts, source } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN);
});
afterAll(() => database.close());

const send = (key: string | undefined, sent: object, actor = CENTRAL) =>
  actOnce(database.staff, actor, key, sent, (tx) => recordSnapshot(tx, actor, sent, NOW));
const titled = (title: string, more: Record<string, unknown> = {}) => figure({ source: source(title), ...more });
const recordedAs = async (title: string) =>
  (await database.owner`select from record.snapshots join record.sources s on s.statement_id = source_id where title = ${title}`).length;

test("the same form sent again is answered the same and written once", async () => {
  const first = await send("a-first-key", titled("Once"));
  const before = await rowCounts(database.staff);
  expect(await send("a-first-key", titled("Once"))).toEqual(first);
  expect(await send("a-first-key", structuredClone(titled("Once")))).toEqual(first);
  expect(await rowCounts(database.staff)).toEqual(before);
  expect(await recordedAs("Once")).toBe(1);
  const [row] = await database.owner`
    select person_id, answer, body_hash, at between now() - interval '1 minute' and now() as just_now from staff.sends where key = 'a-first-key'`;
  expect(row).toEqual({
    person_id: "central",
    answer: accepted(first),
    body_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    just_now: true,
  });
});

test("the same key with other contents is refused, and nothing is written", async () => {
  accepted(await send("another-key", titled("Sent")));
  const before = await rowCounts(database.staff);
  expect(await send("another-key", titled("Sent otherwise"))).toEqual({ ok: false, failure: { code: "sent_otherwise" } });
  expect(await rowCounts(database.staff)).toEqual(before);
});

test("two at the same time are one", async () => {
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => send("a-key-in-a-hurry", titled("Twice at once"))));
  expect(new Set(outcomes.map((one) => accepted(one).statementId)).size).toBe(1);
  expect(await recordedAs("Twice at once")).toBe(1);
});

test("two at the same time with other contents: one is written, the other refused", async () => {
  const outcomes = await Promise.all([titled("One way"), titled("Other way")].map((sent) => send("a-key-for-two", sent)));
  expect(outcomes.map((one) => one.ok).sort()).toEqual([false, true]);
  expect(outcomes).toContainEqual({ ok: false, failure: { code: "sent_otherwise" } });
  expect((await recordedAs("One way")) + (await recordedAs("Other way"))).toBe(1);
});

test("the key of another person is another key", async () => {
  accepted(await send("a-shared-key", titled("Of two people")));
  accepted(await send("a-shared-key", titled("Of two people", { confirm: { warnings: ["already_there"], word: "x" } }), COUNTRY_ADMIN));
  expect(await recordedAs("Of two people")).toBe(2);
});

describe("what was refused is not remembered", () => {
  test("a mended form is sent with the same key", async () => {
    const before = await rowCounts(database.staff);
    expect(await send("a-key-to-mend", titled("Mended", { value: -1 }))).toMatchObject({ ok: false, failure: { code: "invalid" } });
    expect(await rowCounts(database.staff)).toEqual(before);
    accepted(await send("a-key-to-mend", titled("Mended")));
    expect(await recordedAs("Mended")).toBe(1);
  });

  test("so is one whose warnings are answered", async () => {
    const row = ({ source: _source, ...fields } = titled("Asked"), more = {}) => ({ ...fields, confirm: undefined, ...more });
    const briefing = (confirm: unknown) => ({ source: source("Asked"), figures: [row(), row(undefined, { confirm })] });
    const brief = (sent: ReturnType<typeof briefing>) =>
      actOnce(database.staff, CENTRAL, "a-key-that-was-asked", sent, (tx) => recordBriefing(tx, CENTRAL, sent, NOW));
    expect(await brief(briefing(undefined))).toMatchObject({ ok: false, failure: { code: "warned", rows: [{ row: 1 }] } });
    const answered = briefing({ warnings: ["already_there"], word: "Twice" });
    const recorded = accepted(await brief(answered));
    expect(recorded).toHaveLength(2);
    expect(accepted(await brief(answered))).toEqual(recorded);
    expect(await recordedAs("Asked")).toBe(2);
  });

  test("and one that broke off leaves neither the act nor its key", async () => {
    const before = await rowCounts(database.staff);
    const broken = actOnce(database.staff, CENTRAL, "a-broken-key", {}, async (tx) => {
      accepted(await recordSnapshot(tx, CENTRAL, titled("Broken off"), NOW));
      throw new Error("broken off");
    });
    await expect(broken).rejects.toThrow("broken off");
    expect(await rowCounts(database.staff)).toEqual(before);
  });
});

test.each([undefined, "", "short", "with a space", "a/b/c/d/e", "x".repeat(201), "key\u0000key\u0000"])(
  "the key %.30j is none: it is done as often as it is sent",
  async (key) => {
    const before = (await rowCounts(database.staff))["staff.sends"];
    let times = 0;
    const work = async () => {
      times += 1;
      return done(times);
    };
    expect(await actOnce(database.staff, CENTRAL, key, {}, work)).toEqual(done(1));
    expect(await actOnce(database.staff, CENTRAL, key, {}, work)).toEqual(done(2));
    expect((await rowCounts(database.staff))["staff.sends"]).toBe(before);
  },
);

test("an answer of nothing is remembered as well", async () => {
  let times = 0;
  const work = async () => {
    times += 1;
    return done(null);
  };
  for (const _time of [1, 2]) expect(await actOnce(database.staff, CENTRAL, "a-key-for-nothing", {}, work)).toEqual(done(null));
  expect(times).toBe(1);
});
