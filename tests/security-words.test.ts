import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

// SECURITY.md promises a test beside each control; what it names is there, and what is there is named.

const root = path.resolve(import.meta.dirname, "..");
const words = readFileSync(path.join(root, "SECURITY.md"), "utf8");
const files = ["tests", "e2e"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
);
const threatFiles = files
  .filter((file) => /^(?:tests\/threats\/.*\.test|e2e\/threat-.*\.spec)\.ts$/.test(file))
  .sort()
  .map((file) => ({ file, text: readFileSync(path.join(root, file), "utf8") }));

/** The files that a name in SECURITY.md means: under `tests/` where nothing else is said, of a journey without its ending too. */
function meant(name: string): string[] {
  const pattern = name.replaceAll(".", "\\.").replaceAll("*", "[^/]*");
  const whole = new RegExp(`^(?:tests/)?${pattern}(?:(?:\\.scripted|\\.still)?\\.spec\\.ts)?$`);
  return files.filter((file) => whole.test(file));
}

/** What it names as a test. */
const named = [...words.matchAll(/`([\w./*-]+)`/g)]
  .map(([, name = ""]) => name)
  .filter((name) => /\.(?:test|spec)\.ts$/.test(name) || /^(?:tests|e2e)\//.test(name));

/** The chapters of OWASP's standard, 5.0. */
const CHAPTERS = Array.from({ length: 17 }, (_, index) => index + 1);
/** Requirements as they stand at the beginning of a table's row: `6.2.1, 6.2.5 to 6.2.9`, `4.1.x`. */
const rows = [...words.matchAll(/^\| (\d+\.[^|]*) \| ([^|]+) \|([^|]*)\|$/gm)].map(([, which = "", how = "", by = ""]) => ({
  which,
  how,
  by,
}));

describe("the tests that SECURITY.md names", () => {
  test("are there", () => {
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((name) => meant(name).length === 0)).toEqual([]);
  });

  test.each(threatFiles)("$file is named in its table", ({ file }) => {
    expect(named.flatMap(meant)).toContain(file);
  });
});

describe("how a threat's test was seen to fail", () => {
  test.each(threatFiles)("$file says it", ({ text }) => {
    const head = text.slice(0, 1500);
    expect(head).toMatch(/Seen to fail|says how it was seen to fail/);
    // A word in capitals at an end stands for one that was to be found out.
    expect(head).not.toMatch(/[ (][A-Z]{3,}[.;:]?(?= \*\/|\n|; )/);
  });
});

describe("OWASP's chapters", () => {
  const without = /^Chapter (\d+ \([^)]*\)) does not apply/m.exec(words)?.[1] ?? "";

  test.each(CHAPTERS)("%i has a row, or is said not to apply", (chapter) => {
    const begins = new RegExp(`(?:^|, |to )${chapter}\\.\\d`);
    const has = rows.some(({ which }) => begins.test(which)) || new RegExp(`\\b${chapter} \\(`).test(without);
    expect(has).toBe(true);
  });

  test("every row says how, and all but what is said to be short of it or the operator's by which test", () => {
    const excused = /\*\*(?:Not|Partly|Wider|The operator's)\*\*|no password grows old/;
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ how, by }) => by.trim() === "" && !excused.test(how)).map(({ which }) => which)).toEqual([]);
  });
});
