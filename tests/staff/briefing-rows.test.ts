import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isBlank, nextRow, ROW_FIELDS, type Row, rowsOf, stepped, withRows } from "@/app/staff/_forms/briefing-rows";

const MOST = 50;
const row: fc.Arbitrary<Row> = fc
  .dictionary(fc.constantFrom(...ROW_FIELDS), fc.string())
  .map((fields) => ({ ...fields }) as Row)
  .filter((fields) => Object.keys(fields).length > 0);
const someRows = fc.array(row, { minLength: 1, maxLength: 12 });
const others = fc.dictionary(fc.constantFrom("source.title", "send_key", "source.url", "step"), fc.string());

describe("the figures of a form", () => {
  test("are read in their order, whatever order the fields come in", () => {
    const typed = { "figures.1.figure": "2", "source.title": "x", "figures.0.confirm.word": "w", "figures.0.figure": "1" };
    expect(rowsOf(typed)).toEqual([{ figure: "1", "confirm.word": "w" }, { figure: "2" }]);
  });

  test("are closed up where a number is missing, and one empty one where there are none", () => {
    expect(rowsOf({ "figures.7.figure": "2", "figures.3.figure": "1" })).toEqual([{ figure: "1" }, { figure: "2" }]);
    expect(rowsOf({ "source.title": "x" })).toEqual([{}]);
  });

  test("written into a form and read again are the same, and leave its other fields", () => {
    fc.assert(
      fc.property(others, someRows, someRows, (typed, before, rows) => {
        const written = withRows(withRows(typed, before), rows);
        expect(rowsOf(written)).toEqual(rows);
        expect(withRows(written, [])).toEqual({ ...typed });
      }),
    );
  });

  test.each([
    "figures.0.__proto__",
    "figures.0.constructor",
    "figures.0.planted",
    "figures.100.figure",
    "figures.99999.figure",
    "figures.-1.figure",
    "figures.1.5.figure",
    "figures.__proto__.figure",
    "figures.0",
    "figures.length",
    "__proto__",
  ])("a field named %s is none of them", (name) => {
    expect(rowsOf({ [name]: "x", "figures.2.figure": "1" })).toEqual([{ figure: "1" }]);
    expect({}).not.toHaveProperty("planted");
  });

  test("whatever the names are, there are 1 to 100 and none holds a field of its own making", () => {
    const part = fc.constantFrom("figures", "0", "1", "99", "100", "__proto__", "constructor", "figure", "confirm", "word", "");
    const name = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(".")),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string()), { maxLength: 20 }), (fields) => {
        const rows = rowsOf(Object.fromEntries(fields));
        expect(rows.length).toBeGreaterThanOrEqual(1);
        expect(rows.length).toBeLessThanOrEqual(100);
        for (const one of rows) for (const field of Object.keys(one)) expect(ROW_FIELDS).toContain(field);
      }),
      { numRuns: 500 },
    );
  });
});

describe("one step of the form", () => {
  const rows: Row[] = [
    { country: "KG", as_of: "2025-10-01", figure: "1", "confirm.warnings": "jump", "confirm.word": "w" },
    { country: "TJ", as_of: "2025-11-01", figure: "2" },
  ];

  test("a further figure is about the country and moment of the last one", () => {
    expect(stepped(rows, "add", MOST)).toEqual([...rows, { country: "TJ", as_of: "2025-11-01" }]);
    expect(nextRow(undefined)).toEqual({ country: "", as_of: "" });
  });

  test("a copy stands behind its original, and its warnings are to be answered anew", () => {
    expect(stepped(rows, "copy.0", MOST)).toEqual([rows[0], { ...rows[0], "confirm.warnings": "", "confirm.word": "" }, rows[1]]);
  });

  test("the last figure that is removed leaves an empty one", () => {
    expect(stepped(rows, "remove.0", MOST)).toEqual([rows[1]]);
    expect(stepped([{ figure: "1" }], "remove.0", MOST)).toEqual([{}]);
  });

  test("no more than the most are added or copied, but removed they can be", () => {
    expect(stepped(rows, "add", 2)).toEqual(rows);
    expect(stepped(rows, "copy.1", 2)).toEqual(rows);
    expect(stepped(rows, "remove.1", 2)).toEqual([rows[0]]);
  });

  test.each([
    "",
    "save",
    "look",
    "copy",
    "remove",
    "remove.",
    "copy.",
    "remove.2",
    "remove.-1",
    "remove.0x1",
    "remove.1e0",
    "remove.0.1",
    "copy.NaN",
  ])("%j changes nothing", (step) => {
    expect(stepped(rows, step, MOST)).toEqual(rows);
  });

  test("loses and changes no other figure's text", () => {
    const step = fc.oneof(
      fc.constant("add"),
      fc.tuple(fc.constantFrom("copy", "remove"), fc.nat(14)).map(([verb, index]) => `${verb}.${index}`),
      fc.string(),
    );
    fc.assert(
      fc.property(someRows, step, fc.integer({ min: 1, max: 14 }), (before, what, most) => {
        const kept = structuredClone(before);
        const after = stepped(before, what, most);
        expect(before).toEqual(kept);
        const [verb, number] = what.split(".");
        const removed = verb === "remove" && after.length === before.length - 1 ? Number(number) : undefined;
        const left = before.filter((_, i) => i !== removed);
        if (verb === "remove" && before.length === 1 && after[0] !== before[0]) expect(after).toEqual([{}]);
        else for (const [i, one] of left.entries()) expect(after.indexOf(one)).toBeGreaterThanOrEqual(i);
        expect(after.length).toBeLessThanOrEqual(Math.max(before.length, most));
        expect(after.length).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });
});

test("a figure is blank while nothing is typed but what it was given", () => {
  expect(isBlank({})).toBe(true);
  expect(isBlank(nextRow({ country: "KG", as_of: "2025" }))).toBe(true);
  expect(isBlank({ country: "KG", answer: "figure", note: "" })).toBe(true);
  for (const field of ROW_FIELDS) {
    const given = field === "country" || field === "as_of" || field === "confirm.warnings";
    expect(isBlank({ [field]: "x" }), field).toBe(given);
  }
});
