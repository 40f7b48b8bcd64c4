import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { csvRows, excelCsvRows } from "@/lib/csv";

const comma = { delimiter: ",", decimal: "." } as const;
const semicolon = { delimiter: ";", decimal: "," } as const;

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
