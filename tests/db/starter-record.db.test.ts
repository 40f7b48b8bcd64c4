import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadStarterRecord, StarterRecordError } from "@/lib/imports/starter-record";
import { snapshotsOfCountry } from "@/lib/snapshots/read";
import { answerOf } from "@/lib/snapshots/rules";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { differences, NOW, rowCounts } from "../setup/record";

const folder = path.resolve(import.meta.dirname, "../../data/starter");

/** Rows of a CSV text (RFC 4180) by column name; written here so that the loader's own parser is not what it is compared with. */
function parsed(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const token = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const [, quoted, plain = "", end] = token.exec(text) ?? [];
    if (end === undefined) throw new Error(`unreadable at ${at}`);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end.endsWith("\n")) rows.push([]);
  }
  const [names = [], ...others] = rows.filter((row) => row.length > 0);
  return others.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ""])));
}

const rowsOf = (file: string) => parsed(readFileSync(path.join(folder, file), "utf8").replace(/^\ufeff/, ""));
const SOURCE_FIELDS = ["source_title", "source_publisher", "speaker", "speaker_role", "published_on", "source_url"];

let database: FreshDatabase;

describe("loaded into an empty database", () => {
  const statements = rowsOf("statements.csv");

  beforeAll(async () => {
    database = await freshDatabase();
    expect(await loadStarterRecord(database.staff, folder, NOW)).toEqual({ countries: 9, statements: 41, deadlines: 2, events: 5 });
  });
  afterAll(() => database.close());

  test("holds 41 statements, 2 deadlines, 5 events and 9 countries", async () => {
    const counts = await rowCounts(database.staff);
    for (const schema of ["record", "derived"])
      expect(counts).toMatchObject({
        [`${schema}.snapshots`]: 41,
        [`${schema}.deadlines`]: 2,
        [`${schema}.events`]: 5,
        [`${schema}.countries`]: 9,
      });
    expect(statements.length).toBe(41);
    expect(await differences(database.owner)).toEqual([]);
  });

  test.each(statements.map((row) => [row.id ?? "", row] as const))("%s says what its row says", async (id, row) => {
    const [found] = await database.owner`
      select s.country, s.measure, s.period_start::text as period_start, s.as_of, s.value::text as value, s.low, s.high, s.qualifier,
        trim_scale(s.children_share)::text as children_share, s.restates, s.wording, s.note, s.missing_reason, s.unchanged, s.rank,
        s.state, s.reason, s.recorded_by, s.published_by, s.revision,
        o.title, o.publisher, o.speaker, o.speaker_role, o.published_on, o.url
      from record.snapshots s join record.sources o on o.statement_id = s.source_id where s.statement_id = ${id}`;
    const orNull = (text: string | undefined) => text || null;
    expect(found).toEqual({
      country: row.country,
      measure: row.measure,
      period_start: orNull(row.period_start),
      as_of: row.as_of,
      value: row.value,
      low: null,
      high: null,
      qualifier: row.qualifier,
      children_share: row.children_share ? String(Number(row.children_share)) : null,
      restates: orNull(row.restates),
      wording: orNull(row.wording),
      note: orNull(row.note),
      missing_reason: null,
      unchanged: false,
      rank: "normal",
      state: "published",
      reason: null,
      recorded_by: "system",
      published_by: "system",
      revision: 1,
      title: row.source_title,
      publisher: null,
      speaker: orNull(row.speaker),
      speaker_role: orNull(row.speaker_role),
      published_on: orNull(row.published_on),
      url: orNull(row.source_url),
    });
  });

  test("rows with the same source fields share one source", async () => {
    const all = ["statements.csv", "deadlines.csv", "events.csv"].flatMap(rowsOf);
    const distinct = new Set(all.map((row) => JSON.stringify(SOURCE_FIELDS.map((field) => row[field] ?? ""))));
    const counts = await rowCounts(database.staff);
    expect(counts["record.sources"]).toBe(distinct.size);
    expect(distinct.size).toBeLessThan(all.length);
  });

  test("loading again loads nothing", async () => {
    const before = await rowCounts(database.staff);
    expect(await loadStarterRecord(database.staff, folder, NOW)).toBeUndefined();
    expect(await rowCounts(database.staff)).toEqual(before);
  });

  const valuesOn = async (knownOn: string, measure: string) => {
    const known = await snapshotsOfCountry(database.reader, "KG", { knownOn });
    return known
      .filter((snapshot) => snapshot.measure === measure)
      .map(({ answer }) => (answer.kind === "figure" && answer.figure.qualifier !== "between" ? answer.figure.value : undefined));
  };

  test("a restated statement stands until its restater is known", async () => {
    const idsOn = async (knownOn: string) => (await snapshotsOfCountry(database.reader, "KG", { knownOn })).map((one) => one.statementId);
    expect(await idsOn("2025-09-10")).not.toContain("kg-regularised-2025-09-11");
    for (const day of ["2025-09-11", "2025-09-12", "2025-09-16"]) {
      expect(await idsOn(day), day).toContain("kg-regularised-2025-09-11");
      expect(await idsOn(day), day).not.toContain("kg-regularised-2025-09-10");
    }
    for (const day of ["2025-09-17", "2025-09-18"]) {
      expect(await idsOn(day), day).not.toContain("kg-regularised-2025-09-11");
      expect(await idsOn(day), day).toContain("kg-regularised-2025-09-10");
    }
  });

  test("Kyrgyzstan as it was known on 26 July 2025", async () => {
    expect(new Set(await valuesOn("2025-07-26", "gray_list"))).toEqual(new Set([113_000, 103_000]));
    expect(await valuesOn("2025-07-26", "black_list")).toEqual([80_000]);
    expect(new Set(await valuesOn("2025-07-26", "regularised"))).toEqual(new Set([4_000, 7_000]));
  });

  test("the record as it was before anything was recorded is empty", async () => {
    const recordedAt = new Date("2020-01-01T00:00:00Z");
    expect(await snapshotsOfCountry(database.reader, "KG", { knownOn: "2026-03-01", recordedAt })).toEqual([]);
  });

  test("every row can be read as an answer", async () => {
    const rows = await database.staff.query.snapshots.findMany();
    expect(rows.filter((row) => answerOf(row).kind !== "figure")).toEqual([]);
  });
});

describe("a broken row", () => {
  let copy: string;
  beforeEach(async () => {
    database = await freshDatabase();
    copy = mkdtempSync(path.join(tmpdir(), "muhlat-starter-"));
    cpSync(folder, copy, { recursive: true });
  });
  afterEach(async () => {
    rmSync(copy, { recursive: true, force: true });
    await database.close();
  });

  const damage = (file: string, whole: string, broken: string) => {
    const text = readFileSync(path.join(copy, file), "utf8");
    expect(text).toContain(whole);
    writeFileSync(path.join(copy, file), text.replace(whole, broken));
  };

  test.each([
    ["statements.csv", "2025-09-15,72739,exact", "2025-09-15,-72739,exact", "statement kg-gray-list-2025-09-15", "value"],
    ["statements.csv", "uz-regularised-2025-11,UZ", "uz-regularised-2025-11,ZU", "statement uz-regularised-2025-11", "country"],
    [
      "statements.csv",
      "33532817.html,kg-regularised-2025-09-11",
      "33532817.html,nobody",
      "statement kg-regularised-2025-09-10",
      "restates",
    ],
    ["countries.csv", "Asia/Tashkent", "Asia/Nowhere", "country UZ", "zone"],
    ["deadlines.csv", "gray_list,2025-09-10", "gray_list,2025-02-30", "deadline ru-regularisation-2025-09-10", "falls_on"],
    [
      "events.csv",
      "stay-90-days-2025-11-03,2025-11-03,law",
      "stay-90-days-2025-11-03,2025-11-03,rumour",
      "event stay-90-days-2025-11-03",
      "kind",
    ],
  ])("in %s is named with its field, and nothing is kept", async (file, whole, broken, row, field) => {
    const empty = await rowCounts(database.staff);
    damage(file, whole, broken);
    const failed = loadStarterRecord(database.staff, copy, NOW);
    await expect(failed).rejects.toBeInstanceOf(StarterRecordError);
    await expect(failed).rejects.toThrow(new RegExp(`${row}: .*"${field}"`));
    expect(await rowCounts(database.staff)).toEqual(empty);

    cpSync(folder, copy, { recursive: true });
    expect(await loadStarterRecord(database.staff, copy, NOW)).toMatchObject({ statements: 41 });
  });
});

test("two processes that load at the same time load it once", async () => {
  database = await freshDatabase();
  const loaded = await Promise.all([1, 2, 3].map(() => loadStarterRecord(database.staff, folder, NOW)));
  expect(loaded.filter((one) => one !== undefined)).toHaveLength(1);
  expect((await rowCounts(database.staff))["record.snapshots"]).toBe(41);
  await database.close();
});
