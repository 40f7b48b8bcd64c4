import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { act } from "@/lib/ledger/write";
import { MOST_FIGURES, recordBriefing } from "@/lib/snapshots/write";
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
  rowCounts,
  source,
} from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, RECORDER, REVIEWER);
});
afterAll(async () => {
  expect(await differences(database.owner)).toEqual([]);
  await database.close();
});

/** One figure of a briefing: as it is recorded alone, without its source. */
const row = (more: Record<string, unknown> = {}) => {
  const { source: _source, ...fields } = figure(more);
  return fields;
};
const send = (actor: Actor, figures: Record<string, unknown>[], from: unknown = source()) =>
  act(database.staff, (tx) => recordBriefing(tx, actor, { source: from, figures }, NOW));

/** What a refused briefing answers; nothing of it may be written. */
async function refusal(actor: Actor, figures: Record<string, unknown>[], from?: unknown) {
  const before = await rowCounts(database.staff);
  const outcome = await send(actor, figures, from);
  expect(await rowCounts(database.staff)).toEqual(before);
  if (outcome.ok) throw new Error("recorded");
  return outcome.failure;
}

describe("a briefing", () => {
  test("becomes as many statements of one source, in their order, by whom and when", async () => {
    const sent = [row(), row({ measure: "black_list", value: 2000 }), row({ country: "TJ", value: 3000 })];
    const recorded = accepted(await send(CENTRAL, sent, source("Three figures")));
    expect(recorded.map((one) => one.state)).toEqual(["published", "published", "published"]);
    const ids = recorded.map((one) => one.statementId);
    const rows = await database.owner`
      select country, measure, value::int, source_id, recorded_by, published_by from record.snapshots
      where statement_id = any(${ids}) order by array_position(${ids}, statement_id)`;
    const by = { source_id: rows[0]?.source_id, recorded_by: "central", published_by: "central" };
    expect([...rows]).toEqual([
      { ...by, country: "KG", measure: "gray_list", value: 1000 },
      { ...by, country: "KG", measure: "black_list", value: 2000 },
      { ...by, country: "TJ", measure: "gray_list", value: 3000 },
    ]);
    expect(await historyOf(database.owner, ids[2] ?? "")).toEqual([
      {
        person_id: "central",
        published_by: "central",
        feature: "snapshots",
        verb: "record",
        revision: 1,
        countries: ["TJ"],
        reason: null,
        just_now: true,
      },
    ]);
    expect(await historyOf(database.owner, rows[0]?.source_id)).toMatchObject([
      { feature: "sources", verb: "record", person_id: "central" },
    ]);
  });

  test("of somebody who may only submit waits as a whole, held together by a name", async () => {
    const recorded = accepted(await send(RECORDER, [row({ measure: "left" }), row({ measure: "present" })], source("Waiting")));
    const ids = recorded.map((one) => one.statementId);
    expect(recorded.map((one) => one.state)).toEqual(["waiting", "waiting"]);
    const rows = await database.owner`
      select distinct briefing_id, submitted_by, state, content #>> '{source,title}' as title from staff.submissions
      where statement_id = any(${ids})`;
    expect([...rows]).toEqual([{ briefing_id: expect.any(String), submitted_by: "recorder", state: "waiting", title: "Waiting" }]);
    expect(await database.owner`select from record.snapshots where statement_id = any(${ids})`).toHaveLength(0);
    const acts = await database.owner`
      select person_id, verb, countries, after ->> 'statementId' as about from staff.acts where after ->> 'statementId' = any(${ids})`;
    expect(acts).toHaveLength(2);
    expect(acts[0]).toMatchObject({ person_id: "recorder", verb: "submit", countries: ["KG"] });
  });

  test("another one is held together by another name", async () => {
    const [a] = accepted(await send(RECORDER, [row({ value: 7 })], source("One")));
    const [b] = accepted(await send(RECORDER, [row({ value: 8 })], source("Another")));
    const rows = await database.owner`
      select distinct briefing_id from staff.submissions where statement_id in (${a?.statementId ?? ""}, ${b?.statementId ?? ""})`;
    expect(rows).toHaveLength(2);
  });

  test(`of ${MOST_FIGURES} figures is taken`, async () => {
    const sent = Array.from({ length: MOST_FIGURES }, (_, i) =>
      row({ country: "UZ", as_of: `2025-0${1 + (i % 9)}-${10 + (i % 17)}`, value: i }),
    );
    expect(accepted(await send(CENTRAL, sent, source("Many")))).toHaveLength(MOST_FIGURES);
  });
});

describe("all or nothing", () => {
  test("one slip among several, and nothing is written; fields are named by their row", async () => {
    const failure = await refusal(CENTRAL, [row(), row({ as_of: "soon", value: "many" }), row({ country: undefined })]);
    expect(failure).toEqual({
      code: "invalid",
      fields: { "figures.1.as_of": "moment_unreadable", "figures.1.value": "not_a_number", "figures.2.country": "required" },
    });
  });

  test("a slip in the source is named once", async () => {
    const failure = await refusal(CENTRAL, [row(), row()], { title: " ", url: "javascript:alert(1)" });
    expect(failure).toEqual({ code: "invalid", fields: { "source.title": "required", "source.url": "not_a_web_address" } });
    expect(await refusal(CENTRAL, [row()], "TASS")).toEqual({ code: "invalid", fields: { source: "required" } });
  });

  test("one country that is not theirs, and nothing is written", async () => {
    for (const actor of [RECORDER, REVIEWER, COUNTRY_ADMIN])
      expect(await refusal(actor, [row(), row({ country: "TJ" }), row({ country: "ALL" })])).toEqual({
        code: "invalid",
        fields: { "figures.1.country": "not_your_country", "figures.2.country": "not_your_country" },
      });
  });

  test("a copy of the source that is not there, and nothing is written", async () => {
    const failure = await refusal(CENTRAL, [row()], source("Copied", { copy_id: "a".repeat(64) }));
    expect(failure).toEqual({ code: "invalid", fields: { "source.copy_id": "no_such_copy" } });
  });

  test.each([
    ["none", 0, "required"],
    ["too many", MOST_FIGURES + 1, "too_many_figures"],
  ])("%s is refused", async (_what, length, code) => {
    expect(
      await refusal(
        CENTRAL,
        Array.from({ length }, () => row()),
      ),
    ).toEqual({ code: "invalid", fields: { figures: code } });
  });

  test.each([null, 7, "x", [], {}])("figures that are %j are refused by field, not thrown", async (odd) => {
    expect(await refusal(CENTRAL, [odd as unknown as Record<string, unknown>])).toMatchObject({ code: "invalid" });
  });
});

describe("warnings within a briefing", () => {
  const unanswered = (more: Record<string, unknown> = {}) => row({ country: "BY", ...more, confirm: undefined });

  test("the same figure twice is told at the second, and nothing is written", async () => {
    const twice = [unanswered(), unanswered({ measure: "black_list" }), unanswered()];
    expect(await refusal(CENTRAL, twice, source("Twice"))).toMatchObject({
      code: "warned",
      rows: [
        {
          row: 2,
          warnings: [
            { code: "already_there", kind: "warning" },
            { code: "too_few_figures", kind: "note" },
          ],
        },
      ],
    });
  });

  test("so it is where they wait for review, and no longer in the next briefing", async () => {
    const twice = [row({ as_of: "2025-06-01", confirm: undefined }), row({ as_of: "2025-06-01", confirm: undefined })];
    expect(await refusal(RECORDER, twice, source("Both wait"))).toMatchObject({
      code: "warned",
      rows: [{ row: 1, warnings: [{ code: "already_there" }, { code: "too_few_figures" }] }],
    });
    for (const _time of [1, 2]) expect(accepted(await send(RECORDER, twice.slice(0, 1), source("Both wait")))).toHaveLength(1);
  });

  test("several rows are told at once; slips come first", async () => {
    const rows = [unanswered(), unanswered(), unanswered({ children_share: 1, measure: "present", value: 7 })];
    expect(await refusal(CENTRAL, rows)).toMatchObject({ code: "warned", rows: [{ row: 1 }, { row: 2 }] });
    expect(await refusal(CENTRAL, [...rows, unanswered({ value: -1 })])).toEqual({
      code: "invalid",
      fields: { "figures.3.value": "below_zero" },
    });
  });

  test("answered with a word it is written, and the word stands at the row that was asked about", async () => {
    const answered = { warnings: ["already_there"], word: "Said twice" };
    const recorded = accepted(await send(CENTRAL, [unanswered(), { ...unanswered(), confirm: answered }], source("Twice said")));
    const rows = await database.owner`
      select warnings, confirmation from record.snapshots where statement_id = any(${recorded.map((one) => one.statementId)}) order by recorded_at`;
    expect([...rows]).toEqual([
      { warnings: [], confirmation: null },
      { warnings: ["already_there"], confirmation: "Said twice" },
    ]);
  });
});
