import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BYTE_ORDER_MARK, csvRow } from "@/lib/history/csv";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "|x", "%x"])(
  "%j is no formula for a spreadsheet",
  (text) => {
    expect(parse(csvRow([text]))).toEqual([[`'${text}`]]);
  },
);

test("quotes, commas, line breaks and five languages come back as they were", () => {
  const cells = ['say "no"', "a,b;c", "one\ntwo", "Кыргызча Тоҷикӣ Oʻzbekcha", ""];
  expect(parse(csvRow(cells))).toEqual([cells]);
});

test("no cell ends the row or becomes a formula", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (cells) => {
      const rows: string[][] = parse(BYTE_ORDER_MARK + csvRow(cells) + csvRow(["end"]), { bom: true, relax_column_count: true });
      expect(rows).toHaveLength(2);
      expect(rows[0]).toHaveLength(cells.length);
      for (const [index, cell] of (rows[0] ?? []).entries()) {
        expect(cell).not.toMatch(/^\s*[=+\-@]/);
        expect(cell.endsWith(cells[index] ?? "")).toBe(true);
      }
    }),
  );
});
