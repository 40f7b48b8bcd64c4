import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { announceDeadline, correctDeadline, withdrawDeadline } from "@/lib/deadlines/write";
import { correctEvent, recordEvent, withdrawEvent } from "@/lib/events/write";
import { act } from "@/lib/ledger/write";
import { answered, ask, type Rows } from "../api/asking";
import { correct, database, withStarterRecord } from "../api/starter";
import { accepted, CENTRAL, deadline, event, recorded, source } from "../setup/record";

withStarterRecord();

const now = new Date();
const [fallsOn, later] = [`${now.getFullYear() + 1}-09-10`, `${now.getFullYear() + 1}-10-01`];
const ids = { figure: "", deadline: "", event: "" };
const change = (statementId: string, replacesRevision: number, reason: string) => ({ statementId, replacesRevision, reason });

beforeAll(async () => {
  const { staff } = database;
  const begun = deadline({ falls_on: fallsOn, countries: ["ALL"], except_countries: ["AM"], consequence: { ru: "Выдворение" } });
  ids.deadline = accepted(await act(staff, (tx) => announceDeadline(tx, CENTRAL, begun, now)));
  ids.event = accepted(await act(staff, (tx) => recordEvent(tx, CENTRAL, event({ what: { en: "=1+1" } }), now)));
  ids.figure = await recorded(staff, { as_of: "2024-05-01", value: 5, wording: "five" });
  const moved = deadline({ ...begun, falls_on: later, countries: ["KG", "UZ"], except_countries: [] });
  accepted(await act(staff, (tx) => correctDeadline(tx, CENTRAL, change(ids.deadline, 1, "The decree says October"), moved, now)));
  const other = event({ countries: ["TJ"], what: { en: "=1+1", ru: "Встреча" }, happened_on: "2025-09" });
  accepted(await act(staff, (tx) => correctEvent(tx, CENTRAL, change(ids.event, 1, "+another country"), other, now)));
  await correct(ids.figure, 1, { as_of: "2024-05-01", value: 5, wording: "some five", note: "of adults" });
  accepted(await act(staff, (tx) => withdrawEvent(tx, CENTRAL, change(ids.event, 2, "It did not happen"))));
  accepted(await act(staff, (tx) => withdrawDeadline(tx, CENTRAL, change(ids.deadline, 2, "No decree"))));
});

const listed = async (query = "") => (await answered<Rows>("corrections", `/corrections${query}`)).data;

test("changes of figures, deadlines and events are one list, newest first, each with all that was said before and after", async () => {
  const list = await listed();
  expect(list.map((row) => [row.statement_kind, row.statement_id, row.revision, row.reason])).toEqual([
    ["deadline", ids.deadline, 3, "No decree"],
    ["event", ids.event, 3, "It did not happen"],
    ["snapshot", ids.figure, 2, "mistyped"],
    ["event", ids.event, 2, "+another country"],
    ["deadline", ids.deadline, 2, "The decree says October"],
  ]);
  const times = list.map((row) => Date.parse(`${row.corrected_at}`));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(list[4]).toMatchObject({
    before: { falls_on: fallsOn, countries: ["ALL"], except_countries: ["AM"], consequence: { ru: "Выдворение" }, withdrawn: false },
    after: { falls_on: later, countries: ["KG", "UZ"], except_countries: [], withdrawn: false },
    source_title: expect.any(String),
    url: "http://127.0.0.1:3000/en/deadlines/stay",
  });
  expect(list[3]).toMatchObject({
    before: { happened_on: "2025-09-01", countries: ["KG"], what: { en: "=1+1" } },
    after: { happened_on: "2025-09", countries: ["TJ"], what: { en: "=1+1", ru: "Встреча" }, withdrawn: false },
  });
  expect(list[2]).toMatchObject({
    before: { value: 5, wording: "five", note: null },
    after: { value: 5, wording: "some five", note: "of adults" },
    url: `http://127.0.0.1:3000/en/snapshots/${ids.figure}`,
  });
  for (const row of list.slice(0, 2)) expect(row).toMatchObject({ before: { withdrawn: false }, after: { withdrawn: true } });
});

test("of a country are those that concern it, before the change or after", async () => {
  const of = async (country: string) => (await listed(`?country=${country}`)).map((row) => `${row.statement_kind} ${row.revision}`);
  expect(await of("KG")).toEqual(["deadline 3", "snapshot 2", "event 2", "deadline 2"]);
  expect(await of("TJ")).toEqual(["event 3", "event 2", "deadline 2"]);
  expect(await of("UZ")).toEqual(["deadline 3", "deadline 2"]);
  // Left out before the change, and not named after it.
  expect(await of("AM")).toEqual([]);
  expect(await of("ALL")).toEqual(["deadline 2"]);
});

test("as a table it has the columns of every kind, empty where a kind has none, and nothing to be worked out", async () => {
  const response = await ask("/corrections?format=csv");
  const rows: Record<string, string>[] = parse(await response.text(), { columns: true, record_delimiter: "\r\n" });
  expect(rows).toHaveLength(5);
  for (const name of [
    "statement_kind",
    "before_value",
    "after_as_of",
    "before_falls_on",
    "after_basis_en",
    "after_what_ru",
    "after_withdrawn",
  ])
    expect(Object.keys(rows[0] ?? {})).toContain(name);
  expect(rows[4]).toMatchObject({ statement_kind: "deadline", before_falls_on: fallsOn, after_countries: "KG UZ", before_value: "" });
  expect(rows[3]).toMatchObject({ statement_kind: "event", before_falls_on: "", after_what_en: "'=1+1", reason: "'+another country" });
  expect(rows[2]).toMatchObject({ statement_kind: "snapshot", before_value: "5", after_note: "of adults", after_what_en: "" });
});

describe("in a vintage", () => {
  test("are the changes that were recorded by then", async () => {
    const [third] = (await listed()).slice(2);
    const { data, as_recorded_at } = await answered<Rows>("corrections", `/corrections?as_recorded_at=${third?.corrected_at}`);
    expect(as_recorded_at).toBe(third?.corrected_at);
    // The instant is cut to a millisecond: the change itself may lie behind it.
    expect(data.map((row) => row.revision)).toEqual(expect.arrayContaining([2, 2]));
    expect(data.length).toBeLessThan(4);
    expect(await listed("?as_known_on=2020-01-01")).toEqual([]);
  });

  test("is none of a statement that is not known yet", async () => {
    const { staff } = database;
    // Said "in this year": public for certain only when the year is over.
    const said = { source: source("Of this year", { published_on: `${now.getFullYear()}` }) };
    const id = await recorded(staff, { as_of: "2024-06-01", value: 6, ...said });
    await correct(id, 1, { as_of: "2024-06-01", value: 7, ...said });
    const known = async (list: string) =>
      (await answered<Rows>(list as "snapshots", `/${list}?limit=1000`)).data.map((row) => row.statement_id);
    expect(await known("snapshots")).not.toContain(id);
    expect(await known("corrections")).not.toContain(id);
  });
});
