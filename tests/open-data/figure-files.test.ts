import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { wordsFor } from "@/lib/i18n/words";
import { figuresExcelCsv, figuresXlsx } from "@/lib/open-data/excel-figures";
import { figuresCsv, figuresJson } from "@/lib/open-data/figure-files";
import { FIGURE_COLUMNS, type FigureRow } from "@/lib/open-data/figure-rows";
import { figureOf } from "../snapshots/statements";
import { about, BASE, csv, series, sheets, shown } from "./figures";

describe("a file has what the table has", () => {
  test("every statement once, with its number, its bounds and its place", () => {
    const { rows, files } = shown(series);
    const read = csv(files);
    expect(Object.keys(read[0] ?? {})).toEqual([...FIGURE_COLUMNS]);
    expect(read.map((row) => row.statement_id)).toEqual(rows.map(({ statement }) => statement.statementId));
    expect(
      read.map(({ as_of, value, low, high, qualifier, role, missing_reason }) => [
        as_of,
        value,
        low,
        high,
        qualifier,
        role,
        missing_reason,
      ]),
    ).toEqual([
      ["2025-12-10", "", "", "", "", "missing", "declined"],
      ["2025-11", "124000", "123500", "124500", "about", "front", ""],
      ["2025-11", "128497", "128497", "", "more_than", "rival", ""],
      ["2025-07-22/2025-07-25", "", "102000", "104000", "between", "front", ""],
      ["2025-07-01/2025-07-05", "113000", "112500", "113500", "about", "front", ""],
    ]);
    expect(read[3]).toMatchObject({
      country: "KG",
      country_iso3: "KGZ",
      reading: "absolute",
      reading_value: "103000",
      as_of_from: "2025-07-21T21:00:00.000Z",
      as_of_to: "2025-07-25T21:00:00.000Z",
      url: `${BASE}snapshots/${series[1]?.statementId}`,
    });
  });

  test("a reading with what it was worked out with, and what it leaves out, said as left out", () => {
    const present = figureOf("2025-01", 352_000, { measure: "present" });
    const { files } = shown([...series, figureOf("2022-05", 500)], { reading: "per_1000" }, [present]);
    const read = csv(files);
    const last = read.find((row) => row.as_of === "2025-07-01/2025-07-05");
    expect(last).toMatchObject({ value: "113000", role: "front", worked_out_with: present.statementId });
    expect(Number(last?.reading_value)).toBeCloseTo(321.02, 2);
    expect(read.at(-1)).toMatchObject({ value: "500", role: "left", reading_value: "", reading_low: "", worked_out_with: "" });
  });

  test("a past day in the address of each statement", () => {
    const { files } = shown(series, { vintage: { knownOn: "2026-02-01" } });
    expect(files[0]?.url).toBe(`${BASE}as-known/2026-02-01/snapshots/${series[4]?.statementId}`);
  });

  test("headings alone where there is nothing", async () => {
    expect(figuresCsv([])).toBe(`${FIGURE_COLUMNS.join(",")}\r\n`);
    expect(parse(figuresExcelCsv([], wordsFor("ky")), { bom: true, delimiter: ";" })).toHaveLength(1);
    expect((await sheets(await figuresXlsx([], about, wordsFor("ky"))))[0]).toHaveLength(1);
  });

  test("JSON has the same rows with numbers as numbers, and what was asked", () => {
    const { files } = shown(series);
    const read = JSON.parse(figuresJson(files, { c: "kg", m: "gray_list" }, about));
    expect(read).toMatchObject({
      as_known_on: "2026-01-31",
      as_recorded_at: "2026-01-31T09:30:00.000Z",
      address: about.address,
      view: { c: "kg", m: "gray_list" },
    });
    expect(read.data).toHaveLength(5);
    expect(Object.keys(read.data[0])).toEqual([...FIGURE_COLUMNS]);
    expect(read.data[1]).toMatchObject({ value: 124_000, high: 124_500, recorded_at: "2026-01-01T00:00:00.000Z" });
    expect(read.data[2]).toMatchObject({ high: null, role: "rival" });
  });
});

describe("files for Excel", () => {
  test.each(["en", "ru", "uz"] as const)("speak %s, with its sign within numbers", (language) => {
    const words = wordsFor(language);
    const present = figureOf("2025-01", 352_000, { measure: "present" });
    const { files } = shown(series.slice(0, 1), { reading: "per_1000" }, [present]);
    const text = figuresExcelCsv(files, words);
    expect(text.startsWith("\ufeff")).toBe(true);
    const [row]: Record<string, string>[] = parse(text, { bom: true, delimiter: ";", columns: true });
    expect(row).toMatchObject({
      [words.t("explore.country")]: words.country("KG"),
      [words.t("files.columns.measure")]: words.t("measures.gray_list"),
      [words.t("files.columns.qualifier")]: words.t("record.qualifiers.about"),
      [words.t("files.columns.as_of_from")]: "2025-07-01 00:00",
      [words.t("files.columns.value")]: "113000",
    });
    expect(row?.[words.t("files.columns.reading_value")]).toMatch(language === "en" ? /^321\.02/ : /^321,02/);
  });

  test("a workbook has numbers as numbers, days as days in Moscow, and says on a second sheet what it is", async () => {
    const words = wordsFor("ru");
    const { files } = shown([figureOf("2025-07-24", 103_500.5, { periodStart: "2025-01-01" })]);
    const [figures = [], told = []] = await sheets(await figuresXlsx(files, about, words));
    const cell = (key: keyof FigureRow) => figures[1]?.[FIGURE_COLUMNS.indexOf(key as never) + 1];
    expect(figures[0]?.[FIGURE_COLUMNS.indexOf("value") + 1]).toBe(words.t("files.columns.value"));
    expect([cell("value"), cell("period_start"), cell("as_of_from"), cell("as_of_to"), cell("known_from")]).toEqual([
      "103500.5",
      "2025-01-01",
      "2025-07-24",
      "2025-07-25",
      "2026-01-01T03:00",
    ]);
    expect(told.map(([, text]) => text)).toEqual(
      expect.arrayContaining([about.title, "31 января 2026", "31 января 2026, 12:30 (Москва)", about.address, about.citation]),
    );
  });
});
