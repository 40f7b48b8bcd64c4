import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { contactInput } from "@/lib/contacts/input";
import { countryInput } from "@/lib/countries/input";
import { deadlineInput } from "@/lib/deadlines/input";
import { eventInput } from "@/lib/events/input";
import { historyFilter } from "@/lib/history/input";
import en from "@/lib/i18n/messages/en.json";
import { confirmInput, rankInput, reasonInput, snapshotInput } from "@/lib/snapshots/input";
import { sourceInput } from "@/lib/sources/input";
import { invitationInput, passwordInput, personInput, standingInput } from "@/lib/staff/input";
import { fieldsOf } from "@/lib/texts";
import { sourceTexts } from "./source-texts";

const now = new Date("2026-02-10T09:00:00Z");

const source = { title: "Times of Central Asia", published_on: "2025-07-29", url: "https://example.org" };
const snapshot = {
  country: "KG",
  measure: "left",
  period_start: "2025-01-01",
  as_of: "2025-07-01/2025-07-05",
  answer: "figure",
  value: "113 000",
  low: "",
  high: "",
  qualifier: "about",
  wording: "some",
  missing_reason: "",
  children_share: "30%",
  note: "a",
  restates: "b",
  source,
};
const deadline = {
  chain: "regularisation",
  replaces: "",
  cancelled: false,
  countries: ["ALL"],
  except_countries: ["BY"],
  scope_as_reported: true,
  measure: "gray_list",
  falls_on: "2025-09-10",
  zone: "Europe/Moscow",
  day_counts: true,
  basis: { en: "Decree" },
  basis_url: "https://example.org",
  consequence: {},
  afterwards: {},
  source,
};
const event = { happened_on: "2025-02-05", kind: "break", countries: ["ALL"], measures: ["left"], what: { en: "a" }, source };
const country = { country: "KG", union_member: true, zone: "Asia/Bishkek", remittances_share_of_gdp: 0.24, note: "a" };
const person = { name: "Aigul", email: "aigul@example.org", password: "a few words together" };
const standing = { name: "Aigul", role: "reviewer", countries: ["KG", "TJ"] };
const contact = {
  country: "KG",
  kind: "embassy",
  name: { en: "Embassy", ru: "Посольство" },
  telephone: "+996 312 661234",
  email: "embassy@example.org",
  url: "https://example.org",
  address: { en: "1 Main Street" },
  hours: {},
  languages: ["ky", "ru"],
  note: {},
  confirmed_on: "2026-02-01",
  hide_after_days: "90",
};
const filter = { person: "central", feature: "people", verb: "invite", country: "KG", from: "2026-01-01", to: "2026-02-01" };

/** Every schema that reads what a stranger sends, with something that it takes. */
const inputs: [name: string, schema: z.ZodType, taken: unknown][] = [
  ["a snapshot", snapshotInput(now), snapshot],
  ["a source", sourceInput(now), source],
  ["a deadline", deadlineInput(now), deadline],
  ["an event", eventInput(now), event],
  ["a country", countryInput, country],
  ["a person", personInput, person],
  ["an invited person", invitationInput, { ...standing, email: "aigul@example.org", language: "ky" }],
  ["a changed person", standingInput, standing],
  ["a password", passwordInput, { password: "a few words together" }],
  ["a contact", contactInput(now), contact],
  ["a filter of the history", historyFilter, filter],
  ["a reason", reasonInput, "a slip of the pen"],
  ["a rank", rankInput, "preferred"],
  ["a confirmation", confirmInput, { warnings: ["jump"], word: "So it was said" }],
];

const hostile = fc.oneof(
  fc.anything(),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "\0", "\ud800", "__proto__", "constructor", "2025-02-30", "2025-13/2025-01", "0000", "9".repeat(400), -0, 1e308),
  fc.tuple(fc.nat(9999), fc.nat(99), fc.nat(99)).map(([y, m, d]) => [y, m, d].map((n) => String(n).padStart(2, "0")).join("-")),
);

/** What was taken, with some of its fields, however deep, made hostile. */
function spoilt(taken: unknown): fc.Arbitrary<unknown> {
  if (typeof taken !== "object" || taken === null) return fc.oneof({ weight: 3, arbitrary: fc.constant(taken) }, hostile);
  const fields = Object.fromEntries(Object.entries(taken).map(([name, value]) => [name, spoilt(value)]));
  const whole = Array.isArray(taken) ? fc.tuple(...Object.values(fields)) : fc.record(fields, { requiredKeys: [] });
  return fc.oneof({ weight: 9, arbitrary: whole }, hostile);
}

describe.each(inputs)("whatever is sent as %s", (_name, schema, taken) => {
  test("it is taken where nothing is wrong with it", () => {
    expect(schema.safeParse(taken).error?.issues).toBeUndefined();
  });

  test("it is read without an exception, and refused in codes that have a sentence", () => {
    let refused = 0;
    fc.assert(
      fc.property(spoilt(taken), (sent) => {
        const parsed = schema.safeParse(sent);
        if (parsed.success) return;
        refused += 1;
        for (const code of Object.values(fieldsOf(parsed.error))) expect(en.errors).toHaveProperty([code]);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  test("a megabyte in any field is answered at once", () => {
    const fields = typeof taken === "object" && taken !== null ? Object.keys(taken) : [];
    const began = performance.now();
    for (const letter of ["a", "1", "/", "1,000", "\0", " ", "\ud800", "https://"]) {
      const long = letter.repeat(1_000_000 / letter.length);
      expect(schema.safeParse(long).success).toBe(false);
      for (const field of fields) schema.safeParse({ ...(taken as object), [field]: long });
    }
    // A pattern that backtracks would take minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  }, 30_000);
});

const IN_SCHEMAS = [
  /, "(\w+)"(?=,?\s*\))/g,
  /^ *"(\w+)",?\n *\)/gm,
  /\.(?:string|number|boolean|int|email)\("(\w+)"\)/g,
  /\bmessage: "(\w+)"/g,
  /issue\.input === undefined \? "(\w+)" : "(\w+)"/g,
];
const IN_SPELLINGS = [/\bwrong\("(\w+)"\)/g];
const IN_VERBS = [/\binvalid\(\{(?: \.\.\.fields,)? (?:\w+|"[\w.]+"): "(\w+)" \}\)/g, /\]: "(\w+)" \};/g, /\{ copy: "(\w+)" \}/g];
const IN_CELLS = [/\bfailed\[field\] = "(\w+)"/g];
/** Of the rows of an import, in SQL for the most part, and of its columns. */
const IN_IMPORTS = [
  /\bfaulty\("\w+", "(\w+)"\)/g,
  /\bwhen c\.\w+ > 1 then '(\w+_\w+)'/g,
  /\bfields\.\w+ = "(\w+)"/g,
  /\[`columns\.[^`]*`\]: "(\w+)" \}\)/g,
];
/** Of a file that was sent. */
const IN_CONTENT = [/(?:return|\?) "(\w+)"/g];

const codesIn = (text: string, written: RegExp[]) =>
  written.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, ...codes]) => codes)).filter(Boolean);

describe("every code has a sentence, and every sentence a code", () => {
  const inSchemas = sourceTexts("lib", /^texts\.ts$|\/input\.ts$/).flatMap(({ text }) => codesIn(text, IN_SCHEMAS));
  const inSpellings = sourceTexts("lib", /\/spelling\.ts$/).flatMap(({ text }) => codesIn(text, IN_SPELLINGS));
  const inVerbs = sourceTexts("lib", /\/write(\.ts$|\/)/).flatMap(({ text }) => codesIn(text, IN_VERBS));
  const inCells = sourceTexts("lib", /\/files\/sent\.ts$/).flatMap(({ text }) => codesIn(text, IN_CELLS));
  const inContent = sourceTexts("lib/copies", /content\.ts$/).flatMap(({ text }) =>
    codesIn(text.slice(text.indexOf("function copyRefusal")), IN_CONTENT),
  );
  const inImports = sourceTexts("lib/imports", /(judge|dry-run|write)\.ts$/).flatMap(({ text }) => codesIn(text, IN_IMPORTS));
  const codes = [...new Set([...inSchemas, ...inSpellings, ...inVerbs, ...inCells, ...inContent, ...inImports])];

  test("a planted code is found, however it is written", () => {
    const schemas = `
      refuse("as_of", "first");
      z.string("second").max(5, "third").refine((text) => !CONTROL.test(text), "fourth");
      ctx.addIssue({ code: "custom", message: "fifth" });
      z.email({ error: (issue) => (issue.input === undefined ? "sixth" : "seventh") });
      z.enum(["gray_list"], "eighth");
      z.object({ name },
        "ninth",
      );`;
    const names = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];
    expect(codesIn(schemas, IN_SCHEMAS).sort()).toEqual(names.sort());
    expect(codesIn('return known ? wrong("unclear") : wrong("unreadable");', IN_SPELLINGS)).toEqual(["unclear", "unreadable"]);
    expect(codesIn('return invalid({ email: "taken" });', IN_VERBS)).toEqual(["taken"]);
    expect(codesIn('invalid({ ...fields, "source.copy_id": "gone" }); return { [name]: "not_theirs" };', IN_VERBS)).toEqual([
      "gone",
      "not_theirs",
    ]);
    expect(codesIn('failed[field] = "planted";', IN_CELLS)).toEqual(["planted"]);
  });

  test("no code is without a sentence", () => {
    expect(codes.filter((code) => !(code in en.errors))).toEqual([]);
  });

  test("no sentence is without a code", () => {
    expect(Object.keys(en.errors).filter((code) => !codes.includes(code))).toEqual([]);
  });
});
