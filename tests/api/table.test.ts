import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { columnsOf } from "@/app/_server/api/columns";
import { csvOf } from "@/app/_server/api/table";
import { OPERATIONS } from "@/app/api/v1/contract";

const tables = Object.values(OPERATIONS).filter(({ table }) => table);

test("any text comes back from a reader of RFC 4180, one that a spreadsheet would work out behind an apostrophe", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ a: fc.string({ unit: "binary" }), b: fc.option(fc.integer()) })), (rows) => {
      const read = parse(csvOf(rows, ["a", "b"]), { columns: true, record_delimiter: "\r\n" });
      expect(read).toEqual(
        rows.map(({ a, b }) => ({
          a: /^\s*[=+\-@\t\r\n＝＋－＠|%]/.test(a) ? `'${a}` : a,
          b: b === null ? "" : String(b),
        })),
      );
    }),
    { numRuns: 200 },
  );
});

test("formulas are inert wherever they stand, and numbers below zero are numbers", () => {
  const formulas = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/c calc"!A1', "-x"];
  const csv = csvOf(
    formulas.map((note) => ({ note, source: { title: note }, list: [note, note], value: -1.5 })),
    ["note", "source_title", "list", "value"],
  );
  for (const row of parse(csv, { columns: true }) as Record<string, string>[]) {
    for (const name of ["note", "source_title", "list"]) expect(row[name]).toMatch(/^'/);
    expect(row.value).toBe("-1.5");
  }
});

test("every row has a cell for every column, whatever it lacks", () => {
  const csv = csvOf([{ a: 1, b: null }, { b: { c: "x", d: true } }, {}], ["a", "b_c", "b_d"]);
  expect(csv).toBe("a,b_c,b_d\r\n1,,\r\n,x,true\r\n,,\r\n");
});

test("columns follow from the schema alone, each once", () => {
  for (const { row, path } of tables) {
    const columns = columnsOf(row);
    expect(columns.length, path).toBeGreaterThan(3);
    expect(new Set(columns).size, path).toBe(columns.length);
    for (const column of columns) expect(column, path).toMatch(/^[a-z][a-z0-9_]*$/);
  }
  expect(columnsOf(OPERATIONS.countries.row)).toEqual(
    expect.arrayContaining(["code", "iso3", "names_en", "names_ru", "names_ky", "names_uz", "names_tg"]),
  );
  expect(columnsOf(OPERATIONS.snapshots.row)).toEqual(expect.arrayContaining(["value", "source_id", "source_title", "source_url"]));
  expect(columnsOf(OPERATIONS.corrections.row)).toEqual(expect.arrayContaining(["before_value", "after_value", "after_withdrawn"]));
  expect(columnsOf(z.object({ a: z.object({ b: z.string() }).nullable() }))).toEqual(["a_b"]);
});
