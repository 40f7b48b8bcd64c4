/**
 * Threat: a text that a program of tables takes for a formula, in what others download and open.
 *
 * Seen to fail without its control: without `inert` each of the eleven beginnings, the property and the files for Excel failed.
 */
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BYTE_ORDER_MARK, csvRows, excelCsvRows } from "@/lib/csv";
import { wordsFor } from "@/lib/i18n/words";
import { figuresExcelCsv, figuresXlsx } from "@/lib/open-data/excel-figures";
import type { Snapshot } from "@/lib/snapshots/rules";
import { about, sheets, shown } from "../open-data/figures";
import { figureOf } from "../snapshots/statements";

const comma = { delimiter: ",", decimal: "." } as const;

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "|x", "%x"])(
  "%j is no formula for Excel, and is as it was for programs",
  (text) => {
    expect(parse(excelCsvRows([[text]], comma))).toEqual([[`'${text}`]]);
    expect(parse(csvRows([[text]]), { record_delimiter: "\r\n" })).toEqual([[text]]);
  },
);

test("no cell ends the row or becomes a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
      const file = BYTE_ORDER_MARK + excelCsvRows([cells, ["end"]], comma);
      const rows: string[][] = parse(file, { bom: true, relax_column_count: true, skip_empty_lines: false });
      expect(rows).toHaveLength(2);
      expect(rows[0]).toHaveLength(cells.length);
      for (const [index, cell] of (rows[0] ?? []).entries()) {
        expect(cell).not.toMatch(/^\s*[=+\-@]/);
        expect(cell.endsWith(cells[index] ?? "")).toBe(true);
      }
    }),
  );
});

test("what anybody wrote stays text", async () => {
  const formulas = ["=1+1", "+7 996", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")'];
  const source = (text: string) => ({
    id: "s",
    title: text,
    publisher: text,
    speaker: text,
    speakerRole: null,
    publishedOn: "2025",
    url: text,
  });
  const of = (text: string): Snapshot => ({
    ...figureOf("2025-07-24", 1, { source: source(text) }),
    answer: { kind: "figure", figure: { qualifier: "exact", value: 1 }, wording: text, childrenShare: null },
  });
  for (const text of formulas) {
    const { files } = shown([of(text)]);
    const rows: string[][] = parse(figuresExcelCsv(files, wordsFor("tg")), { bom: true, delimiter: ";" });
    expect(rows[1]?.filter((cell) => cell === `'${text}`)).toHaveLength(5);
    expect(rows[1]?.some((cell) => /^[=+\-@\t\r]/.test(cell))).toBe(false);
    const workbook = await figuresXlsx(files, about, wordsFor("tg"));
    // A formula that no program has worked out would be read as an error.
    expect((await sheets(workbook))[0]?.[1]?.filter((cell) => cell === text)).toHaveLength(5);
  }
});
