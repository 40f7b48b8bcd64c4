import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FileRefusal } from "@/lib/imports/files/refusal";
import { importOf, importRowsOf } from "@/lib/imports/read";
import { checkAgain, takeImport } from "@/lib/imports/write";
import { act } from "@/lib/ledger/write";
import { withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { cells, sentFiles, table } from "../imports/sent-files";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, COUNTRY_ADMIN, NOW, REVIEWER, recorded, rowCounts, source } from "../setup/record";

const fixtures = path.join(import.meta.dirname, "../imports/fixtures");
const files = sentFiles();

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER);
});
afterAll(async () => {
  files.remove();
  await database.close();
});

const take = (content: string | { file: string }, actor: Actor = CENTRAL) =>
  takeImport(database.staff, actor, { path: typeof content === "string" ? files.write(content) : content.file, fileName: "list.csv" }, NOW);

/** A dry run: the import and its rows. */
async function dryRun(content: string | { file: string }, actor: Actor = CENTRAL) {
  const importId = accepted(await take(content, actor));
  const found = await importOf(database.staff, actor, importId);
  if (!found) throw new Error("the import cannot be seen");
  return { found, rows: await importRowsOf(database.staff, importId, { most: 1_000 }) };
}

const verdicts = async (content: string, actor?: Actor) => (await dryRun(content, actor)).rows.map(({ verdict }) => verdict);

describe("files as Excel writes them", () => {
  test.each(["excel-ru-1251.csv", "excel-ru-utf8-bom.csv", "excel-ru-unicode.txt"])("%s", async (name) => {
    const { found, rows } = await dryRun({ file: path.join(fixtures, name) });
    expect(found).toMatchObject({ state: "checked", kind: "csv", countries: ["KG", "TJ", "UZ"], headerLine: 1 });
    expect(rows.map(({ line, verdict, country, value, qualifier }) => [line, verdict, country, value, qualifier])).toEqual([
      [2, "new", "KG", "103000", "about"],
      [3, "new", "TJ", "150000", "more_than"],
      [5, "new", "UZ", "1234", "exact"],
    ]);
    expect(found.counts).toEqual({ new: 3, same: 0, changes: 0, rivals: 0, warned: 0, faulty: 0 });
  });

  test("excel-en.csv and excel-en-1904.xlsx", async () => {
    const english = await dryRun({ file: path.join(fixtures, "excel-en.csv") });
    expect(english.rows.map(({ verdict, as_of }) => [verdict, as_of])).toEqual([
      ["new", "2025-07-22/2025-07-25"],
      ["new", "2025-11"],
    ]);
    const old = await dryRun({ file: path.join(fixtures, "excel-en-1904.xlsx") });
    expect(old.rows).toMatchObject([{ verdict: "new", as_of: "2025-07-24", value: "103000", qualifier: "exact" }]);
  });

  test("excel-ru.xlsx: a failed formula is told by its field, an hour without a zone too", async () => {
    const { found, rows } = await dryRun({ file: path.join(fixtures, "excel-ru.xlsx") });
    expect(found).toMatchObject({ kind: "xlsx", sheet: "Данные", headerLine: 4 });
    expect(rows.map(({ line, faults }) => [line, faults])).toEqual([
      [5, null],
      [7, { "source.published_on": "zone_missing" }],
      [8, expect.objectContaining({ value: "failed_formula", children_share: "failed_formula" })],
    ]);
    expect(rows[2]?.cells?.[3]).toBe("#REF!");
  });

  test("our own table of statements is understood", async () => {
    const { rows } = await dryRun({ file: path.resolve("data/starter/statements.csv") });
    expect(new Set(rows.map(({ faults }) => JSON.stringify(faults)))).toEqual(new Set(['{"id": "no_such_statement"}'.replace(": ", ":")]));
  });
});

describe("files that are refused", () => {
  test.each(readdirSync(path.join(fixtures, "broken")))("%s leaves no row anywhere", async (name) => {
    const before = await rowCounts(database.staff);
    await expect(take({ file: path.join(fixtures, "broken", name) })).rejects.toBeInstanceOf(FileRefusal);
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  test("a file that dies behind thousands of good rows leaves none of them", async () => {
    const before = await rowCounts(database.staff);
    const many = table(Array.from({ length: 5_000 }, (_, i) => cells({ value: String(i + 1) })));
    const refused = take(`${many}\r\nKG;gray_list;;"2025-10-01;1;exact;never closed`);
    await expect(refused).rejects.toMatchObject({ code: "unclosed_quote", line: 5_002 });
    expect(await rowCounts(database.staff)).toEqual(before);
  });
});

describe("what a row would do", () => {
  test("a statement not there yet is new; the same row again is the same as the first", async () => {
    const { rows } = await dryRun(
      table([cells({ country: "AM" }), cells({ country: "AM" }), cells({ country: "AM", as_of: "2025-09-01" })]),
    );
    expect(rows.map(({ line, verdict, same_line }) => [line, verdict, same_line])).toEqual([
      [2, "new", null],
      [3, "same", 2],
      [4, "new", null],
    ]);
  });

  test("what the record has is the same, with another figure a change, from another source a rival", async () => {
    const id = await recorded(database.staff, { country: "AZ", source: source("A list", { published_on: "2025-10-05" }) });
    const { rows } = await dryRun(table([cells({ country: "AZ", as_of: "01.10.2025" })]));
    expect(rows).toMatchObject([{ verdict: "same", statement_id: id, replaces_revision: 0 }]);
    const changed = await dryRun(table([cells({ country: "AZ", value: "1100" })]));
    expect(changed.rows).toMatchObject([{ verdict: "changes", statement_id: id, replaces_revision: 1, before: { value: 1000 } }]);
    const rival = await dryRun(table([cells({ country: "AZ", value: "1100", as_of: "2025-09-30/2025-10-02", "source.title": "Another" })]));
    expect(rival.rows).toMatchObject([{ verdict: "rivals", rival: { statement_id: id, value: 1000 } }]);
    const agreeing = await dryRun(table([cells({ country: "AZ", "source.title": "Another" })]));
    expect(agreeing.rows).toMatchObject([{ verdict: "new" }]);
  });

  test("a source that gave both figures of a moment has neither changed", async () => {
    const id = await recorded(database.staff, { country: "MD", source: source("A list", { published_on: "2025-10-05" }) });
    const { rows } = await dryRun(table([cells({ country: "MD", value: "1200" }), cells({ country: "MD" })]));
    expect(rows).toMatchObject([
      { verdict: "rivals", rival: { statement_id: id } },
      { verdict: "same", statement_id: id },
    ]);
  });

  test("two changes of one statement are not both made", async () => {
    await recorded(database.staff, { country: "GE", source: source("A list", { published_on: "2025-10-05" }) });
    const { rows } = await dryRun(table([cells({ country: "GE", value: "1200" }), cells({ country: "GE", value: "1300" })]));
    expect(rows).toMatchObject([{ verdict: "changes" }, { verdict: "faulty", faults: { value: "named_twice" } }]);
  });

  test("rivals within the file are told by their line", async () => {
    const spans = ["2025-01-01/2025-06-30", "2025-02-01", "2025-08-01", "2025-03-01"];
    const { rows } = await dryRun(table(spans.map((as_of, i) => cells({ country: "BY", as_of, value: String(1000 + i) }))));
    expect(rows.map(({ line, verdict, rival_line }) => [line, verdict, rival_line])).toEqual([
      [2, "new", null],
      [3, "rivals", 2],
      [4, "new", null],
      [5, "rivals", 2],
    ]);
  });

  test("a statement can be named: equal content is the same, other content a change, an unknown or withdrawn one a fault", async () => {
    const id = await recorded(database.staff, { country: "VN", source: source("A list", { published_on: "2025-10-05" }) });
    const gone = await recorded(database.staff, { country: "VN", as_of: "2025-05-01", source: source("Gone") });
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId: gone, replacesRevision: 1, reason: "x" })));
    const named = (id: string, more = {}) => dryRun(table([cells({ country: "VN", ...more })], { id: [id] }));
    expect((await named(id)).rows).toMatchObject([{ verdict: "same", statement_id: id }]);
    expect((await named(id, { as_of: "2025-09-01" })).rows).toMatchObject([{ verdict: "changes", statement_id: id }]);
    expect((await named("1")).rows).toMatchObject([{ verdict: "faulty", faults: { id: "no_such_statement" } }]);
    expect((await named(gone)).rows).toMatchObject([{ verdict: "faulty", faults: { id: "already_withdrawn" } }]);
    const twice = await dryRun(table([cells({ country: "VN" }), cells({ country: "VN", value: "7" })], { id: [id, id] }));
    expect(twice.rows).toMatchObject([{ verdict: "same" }, { verdict: "faulty", faults: { id: "named_twice" } }]);
  });

  test("what it restates must be there and of its series", async () => {
    const id = await recorded(database.staff, { country: "IN", source: source("A list", { published_on: "2025-10-05" }) });
    const later = cells({ country: "IN", as_of: "2025-11-01", "source.published_on": "2025-11-05" });
    const { rows } = await dryRun(table([later, { ...later, country: "KG" }, { ...later, value: "9" }], { restates: [id, id, "nothing"] }));
    expect(rows).toMatchObject([
      { verdict: "new" },
      { verdict: "faulty", faults: { restates: "other_series" } },
      { verdict: "faulty", faults: { restates: "no_such_statement" } },
    ]);
    const other = await recorded(database.staff, {
      country: "IN",
      as_of: "2025-12-01",
      restates: id,
      source: source("Once more", { published_on: "2025-12-02" }),
    });
    const circle = await dryRun(table([cells({ country: "IN" })], { id: [id], restates: [other] }));
    expect(circle.rows).toMatchObject([{ verdict: "faulty", faults: { restates: "restates_in_a_circle" } }]);
  });

  test("what should be looked at is warned about, beside the record and the other rows", async () => {
    const months = ["01", "02", "03", "04", "05", "06", "07"];
    const rows = months.map((month, i) =>
      cells({ country: "TM", as_of: `2025-${month}-01`, value: String(10_000 + i * 100 + (i % 2) * 37) }),
    );
    const jump = cells({ country: "TM", as_of: "2025-08-01", value: "103000" });
    const run = await dryRun(table([...rows, jump, cells({ country: "UA", value: "5", as_of: "2025-09-01" })], { children: [] }));
    const warned = run.rows.filter(({ verdict }) => verdict === "warned").map(({ line, warnings }) => [line, ...warnings]);
    expect(warned).toContainEqual([9, "jump"]);
    expect(warned.length).toBeLessThan(3);
    expect(run.found.shortRules).toEqual([]);
  });

  test("a file too long for that is looked at by the short rules, and says so", async () => {
    const day = (i: number) => new Date(Date.UTC(2019, 0, 1 + i)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 2_050 }, (_, i) => cells({ country: "CN", as_of: day(i), value: String(1 + ((i * 7919) % 90_000)) }));
    const share = rows.map((_, i) => (i === 3 ? "100%" : ""));
    const run = await dryRun(table(rows, { "children share": share }));
    expect(run.found).toMatchObject({ shortRules: ["CN"], counts: { new: 2_049, warned: 1 } });
    const [warned] = await importRowsOf(database.staff, run.found.importId, { verdict: "warned", most: 5 });
    expect(warned).toMatchObject({ line: 5, warnings: ["children_share_unusual"] });
  });

  test("a row of a country that is not theirs is faulty, and those who may record nothing are refused", async () => {
    expect(await verdicts(table([cells({ as_of: "2024-01-01" }), cells({ country: "TJ" })]), COUNTRY_ADMIN)).toEqual(["new", "faulty"]);
    const nobody: Actor = { personId: "country-admin", role: "country_admin", countries: [] };
    expect(await take(table([cells()]), nobody)).toEqual({ ok: false, failure: { code: "forbidden" } });
  });

  test("whatever is in a cell, the row is told as faulty and shown", async () => {
    const { rows } = await dryRun(table([cells({ country: "=1+1\u0007\ufffe", "source.title": "x".repeat(600) })]));
    expect(rows).toMatchObject([{ verdict: "faulty", faults: { country: "unknown_country", "source.title": "too_long" } }]);
  });
});

describe("columns chosen by hand", () => {
  const unnamed = table([cells({ country: "BD" })]).replace("Value", "How many of them");

  test("are checked again, and remembered for the same header", async () => {
    const { found } = await dryRun(unnamed);
    expect(found.counts).toMatchObject({ faulty: 1 });
    accepted(await checkAgain(database.staff, CENTRAL, found, { 4: "value" }, NOW));
    const again = await importOf(database.staff, CENTRAL, found.importId);
    expect(again).toMatchObject({ counts: { new: 1, faulty: 0 }, version: 2, columns: expect.arrayContaining(["value"]) });
    expect((await dryRun(unnamed)).found).toMatchObject({ counts: { new: 1 }, byHand: { 4: "value" } });
  });

  test("one field in two columns, an unknown field, an old version and another person are refused", async () => {
    const { found } = await dryRun(unnamed);
    const again = (actor: Actor, version: number, chosen: Record<string, string>) =>
      checkAgain(database.staff, actor, { importId: found.importId, version }, chosen, NOW);
    expect(await again(CENTRAL, 1, { 4: "value", 5: "value" })).toMatchObject({ failure: { fields: { "columns.5": "column_twice" } } });
    expect(await again(CENTRAL, 1, { 4: "nothing" })).toMatchObject({ failure: { fields: { "columns.4": "unknown_choice" } } });
    expect(await again(CENTRAL, 7, { 4: "" })).toEqual({ ok: false, failure: { code: "conflict", current: 1 } });
    expect(await again(COUNTRY_ADMIN, 1, { 4: "" })).toEqual({ ok: false, failure: { code: "forbidden" } });
  });
});
