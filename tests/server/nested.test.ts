import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nested, typedIn } from "@/app/_server/form";

describe("a form's fields as inputs have them", () => {
  test.each<[string, Record<string, string>, unknown]>([
    ["plain fields", { country: "KG", as_of: "2025" }, { country: "KG", as_of: "2025", source: {} }],
    ["a group", { "source.title": "x", "source.url": "y" }, { source: { title: "x", url: "y" } }],
    ["a list", { "figures.0.as_of": "a", "figures.1.as_of": "b" }, { source: {}, figures: [{ as_of: "a" }, { as_of: "b" }] }],
    ["a group in a list", { "figures.0.confirm.word": "w" }, { source: {}, figures: [{ confirm: { word: "w" } }] }],
    ["a field that is a group too", { source: "x", "source.title": "t" }, { source: { title: "t" } }],
    ["a group that is a field first", { "a.b": "1", a: "2" }, { source: {}, a: { b: "1" } }],
    ["a field before its group", { a: "2", "a.b": "1" }, { source: {}, a: { b: "1" } }],
  ])("%s", (_what, typed, result) => {
    expect(nested(typed)).toEqual(result);
  });
});

describe("names that a stranger made up", () => {
  test.each([
    "__proto__",
    "__proto__.polluted",
    "a.__proto__.polluted",
    "figures.0.__proto__.polluted",
    "figures.99999.as_of",
    "figures.-1.as_of",
    "figures.1e3.as_of",
    "figures..as_of",
    ".as_of",
    "as_of.",
    "0",
    "as of",
    "As_of",
    "a.b.c.d.e",
    "a.".repeat(100_000),
    "",
  ])("%.40j is dropped", (name) => {
    expect(nested({ [name]: "x" })).toEqual({ source: {} });
    expect({}).not.toHaveProperty("polluted");
  });

  test("constructor and prototype are names like any other and reach nothing", () => {
    const result = nested({ "constructor.prototype.polluted": "x", "source.constructor": "y", prototype: "z" });
    expect(Object.keys(result).sort()).toEqual(["constructor", "prototype", "source"]);
    expect({}).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect({}.constructor).toBe(Object);
  });

  test.each(["length", "push", "constructor", "length.a"])("a list takes no %s by a word", (word) => {
    const { figures } = nested({ "figures.0.as_of": "a", [`figures.${word}`]: "4000000000" });
    expect(figures).toEqual([{ as_of: "a" }]);
    expect(Object.keys(figures as object)).toEqual(["0"]);
  });

  test("no list is longer than a hundred", () => {
    expect(nested({ "figures.99.as_of": "a", "figures.100.as_of": "b" }).figures).toHaveLength(100);
  });

  test("whatever the names are, it throws nothing, changes no prototype and is at most four deep", () => {
    const part = fc.constantFrom(
      "a",
      "source",
      "figures",
      "length",
      "constructor",
      "prototype",
      "__proto__",
      "to_string",
      "0",
      "7",
      "99",
      "100",
      "",
    );
    const name = fc.oneof(
      fc.array(part, { maxLength: 7 }).map((parts) => parts.join(".")),
      fc.string(),
    );
    const depth = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string()), { maxLength: 20 }), (fields) => {
        const result = nested(Object.fromEntries(fields));
        expect(depth(result)).toBeLessThanOrEqual(4);
        expect(typeof result.source).toBe("object");
        expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
      }),
      { numRuns: 1000 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

test("typed are the texts of a form, without files and the framework's own", () => {
  const form = new FormData();
  form.set("as_of", "2025");
  form.set("$ACTION_ID_x", "y");
  form.set("__proto__", "z");
  form.set("copy", new File(["x"], "x.pdf"));
  expect(Object.entries(typedIn(form))).toEqual([["as_of", "2025"]]);
});
