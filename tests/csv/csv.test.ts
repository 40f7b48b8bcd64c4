import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BYTE_ORDER_MARK, csvRows, excelCsvRows } from "@/lib/csv";

const comma = { delimiter: ",", decimal: "." } as const;
const semicolon = { delimiter: ";", decimal: "," } as const;

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "|x", "%x"])(
  "%j is no formula for Excel, and is as it was for programs",
  (text) => {
    expect(parse(excelCsvRows([[text]], comma))).toEqual([[`'${text}`]]);
    expect(parse(csvRows([[text]]), { record_delimiter: "\r\n" })).toEqual([[text]]);
  },
);

test("quotes, commas, semicolons, line breaks and five languages come back as they were", () => {
  const cells = ['say "no"', "a,b;c", "one\ntwo", "Кыргызча Тоҷикӣ Oʻzbekcha", ""];
  expect(parse(csvRows([cells]))).toEqual([cells]);
  expect(parse(excelCsvRows([cells], comma))).toEqual([cells]);
  expect(parse(excelCsvRows([cells], semicolon), { delimiter: ";" })).toEqual([cells]);
});

test("numbers have a point for programs, for Excel the language's sign, and none is taken for a formula", () => {
  expect(csvRows([[113_000, -52.4, null]])).toBe("113000,-52.4,\r\n");
  expect(excelCsvRows([[113_000, -52.4, null]], comma)).toBe("113000,-52.4,\r\n");
  expect(excelCsvRows([[113_000, -52.4, null]], semicolon)).toBe("113000;-52,4;\r\n");
});

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
