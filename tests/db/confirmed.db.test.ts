import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { snapshotInput } from "@/lib/snapshots/input";
import { correctSnapshot, recordSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { warningsAbout } from "@/lib/snapshots/write/confirmed";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, confirm, figure, NOW, RECORDER, recorded, rowCounts, source } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, RECORDER);
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), NOW);
});
afterAll(() => database.close());

/** A slip for 34,000, on a series that the starter record has. */
const slip = (more: Record<string, unknown> = {}) =>
  figure({
    as_of: "2026-02-10",
    value: 340_000,
    qualifier: "exact",
    source: source("Briefing", { published_on: "2026-02-11" }),
    confirm: undefined,
    ...more,
  });
const record = (sent: unknown, actor = CENTRAL) => act(database.staff, (tx) => recordSnapshot(tx, actor, sent, NOW));
const asked = { ok: false, failure: { code: "warned", rows: [{ row: 0, warnings: [{ code: "jump", kind: "warning" }] }] } };
const confirmedOf = async (statementId: string) => [
  ...(await database.owner`select revision, warnings, confirmation from record.snapshots where statement_id = ${statementId} order by 1`),
];

describe("a figure that is warned about", () => {
  let before: Record<string, number>;
  beforeEach(async () => {
    before = await rowCounts(database.staff);
  });

  test.each<[string, unknown]>([
    ["without an answer", undefined],
    ["with nothing in it", {}],
    ["with null", null],
    ["with a word and no warning shown", { word: "Right" }],
    ["with a word for other warnings", { warnings: ["rival", "already_there"], word: "Right" }],
    ["with a word for others, as a form sends them", { warnings: "rival already_there", word: "Right" }],
    ["with the warning and no word", { warnings: ["jump"] }],
    ["with the warning and a blank word", { warnings: ["jump"], word: " \t " }],
  ])("%s is refused, and nothing is written", async (_what, answer) => {
    expect(await record(slip({ confirm: answer }))).toMatchObject(asked);
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test.each<[unknown, string]>([
    [7, "not_text"],
    ["jump", "not_text"],
    [{ warnings: 7, word: "x" }, "not_text"],
    [{ warnings: [{}], word: "x" }, "not_text"],
    [{ warnings: Array.from({ length: 51 }, () => "jump"), word: "x" }, "too_long"],
    [{ warnings: ["jump"], word: "x".repeat(1001) }, "too_long"],
    [{ warnings: ["jump"], word: "a\u0000b" }, "unreadable_characters"],
    [{ warnings: ["jump"], word: { x: 1 } }, "not_text"],
  ])("an answer that is none is refused by field: %#", async (answer, code) => {
    expect(await record(slip({ confirm: answer }))).toEqual({ ok: false, failure: { code: "invalid", fields: { "confirm.word": code } } });
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("the same for somebody who submits", async () => {
    expect(await record(slip(), RECORDER)).toMatchObject(asked);
    expect(await rowCounts(database.staff)).toEqual(before);
  });
});

describe("answered with a word", () => {
  test.each([[["jump"]], [["jump", "rival"]], ["rival jump"]])("for %j it is kept, with the warnings there were", async (warnings) => {
    const { statementId } = accepted(await record(slip({ confirm: { warnings, word: " So it was said " } })));
    expect(await confirmedOf(statementId)).toEqual([{ revision: 1, warnings: ["jump"], confirmation: "So it was said" }]);
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId, replacesRevision: 1, reason: "x" })));
  });

  test("a submission holds it beside what was sent, and nothing else of the answer", async () => {
    const { statementId } = accepted(await record(slip({ confirm: { warnings: ["jump"], word: "Said" } }), RECORDER));
    const [row] = await database.owner`select content from staff.submissions where statement_id = ${statementId}`;
    expect(row?.content.confirmed).toEqual({ warnings: ["jump"], confirmation: "Said" });
    expect(row?.content).not.toHaveProperty("confirm");
  });

  test("a correction is asked about anew, by its own series without itself, and keeps its own answer", async () => {
    const { statementId } = accepted(await record(slip({ value: 34_500, confirm })));
    const correct = (replacesRevision: number, sent: unknown) =>
      act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, { statementId, replacesRevision, reason: "Misread" }, sent, NOW));
    const before = await rowCounts(database.staff);
    expect(await correct(1, slip())).toMatchObject(asked);
    expect(await rowCounts(database.staff)).toEqual(before);
    accepted(await correct(1, slip({ confirm: { warnings: ["jump"], word: "It is so" } })));
    accepted(await correct(2, slip({ value: 34_600, confirm })));
    const change = { statementId, replacesRevision: 3, reason: "Not said" };
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change)));
    expect(await confirmedOf(statementId)).toEqual([
      { revision: 1, warnings: [], confirmation: null },
      { revision: 2, warnings: ["jump"], confirmation: "It is so" },
      { revision: 3, warnings: [], confirmation: null },
      { revision: 4, warnings: [], confirmation: null },
    ]);
  });

  test("to nothing that was asked it is not kept", async () => {
    const id = await recorded(database.staff, { country: "UZ", confirm: { warnings: ["jump"], word: "Right" } });
    expect(await confirmedOf(id)).toEqual([{ revision: 1, warnings: [], confirmation: null }]);
  });
});

test("notes ask for no word", async () => {
  const first = figure({ country: "AM", as_of: "2025-10-01", confirm: undefined });
  const parsed = snapshotInput(NOW).parse(first);
  expect((await warningsAbout(database.staff, parsed, NOW)).map((w) => [w.code, w.kind])).toEqual([["too_few_figures", "note"]]);
  expect(await record(first)).toMatchObject({ ok: true });
});

test("looking at what is warned of writes nothing", async () => {
  const before = await rowCounts(database.staff);
  const { confirm: _none, ...sent } = slip();
  expect((await warningsAbout(database.reader, snapshotInput(NOW).parse(sent), NOW)).map((w) => w.code)).toEqual(["jump"]);
  expect(await rowCounts(database.staff)).toEqual(before);
});

test("the database itself refuses warnings without a word", async () => {
  const insert = database.owner`
    insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from,
      as_of_to, value, qualifier, source_id, warnings, confirmation)
    select 'unanswered', 1, state, recorded_by, published_by, now(), country, measure, as_of, as_of_from, as_of_to, value, qualifier, source_id,
      '{jump}', ' ' from record.snapshots where statement_id = 'kg-gray-list-2025-09-11' and revision = 1`;
  await expect(insert).rejects.toMatchObject({ code: "23514", constraint_name: "snapshots_confirmed" });
});
