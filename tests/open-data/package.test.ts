import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { columnsOf } from "@/app/_server/api/columns";
import { type About, descriptorOf } from "@/app/_server/open-files/descriptor";
import { fieldsOf } from "@/app/_server/open-files/fields";
import { papersOf } from "@/app/_server/open-files/papers";
import { TABLES } from "@/app/_server/open-files/tables";
import { OPERATIONS } from "@/app/api/v1/contract";
import { wordsFor } from "@/lib/i18n/words";
import { faultOf, type Resource } from "./table-schema";

const about: About = {
  pinned: { knownOn: "2026-11-25", recordedAt: new Date("2026-11-25T10:00:00.123Z") },
  version: "1.88.3",
  origin: "https://muhlat.example",
  contact: "desk@muhlat.example",
  t: wordsFor("en").t,
};
const descriptor = JSON.parse(JSON.stringify(descriptorOf(about)));
const resources: Resource[] = descriptor.resources;

const profile = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "profiles/datapackage-2.0.json"), "utf8"));
// The profile's own words for editors are no part of JSON Schema.
const ajv = new Ajv({ strict: false, allErrors: true, formats: { textarea: true } });
addFormats(ajv);
const fits = ajv.compile(profile);

describe("the descriptor", () => {
  test("keeps to the published profile of data packages, version 2", () => {
    fits(descriptor);
    expect(fits.errors).toBeNull();
  });

  test.each([
    ["without tables", { resources: [] }],
    ["with a licence that is none", { licenses: [{ title: "mine" }] }],
    ["with a table that is nowhere", { resources: [{ name: "lost" }] }],
    [
      "with a field of a type that there is not",
      { resources: [{ name: "a", path: "a.csv", schema: { fields: [{ name: "a", type: "instant" }] } }] },
    ],
    ["made on no day", { created: "yesterday" }],
  ])("would not, %s", (_what, wrong) => {
    expect(fits({ ...descriptor, ...wrong })).toBe(false);
  });

  test("says who made it, when, under which licence and version", () => {
    expect(descriptor).toMatchObject({
      $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
      name: "muhlat",
      id: "https://muhlat.example/data/muhlat.zip",
      homepage: "https://muhlat.example/en/data",
      version: "1.88.3",
      created: "2026-11-25T10:00:00.123Z",
      licenses: [{ name: "CC-BY-4.0", path: "https://creativecommons.org/licenses/by/4.0/" }],
      contributors: [{ title: "Muhlat", email: "desk@muhlat.example", roles: ["publisher", "compiler"] }],
    });
  });

  test.each(TABLES)("$name has its columns in order, a meaning for each, and keys and references that exist", (table) => {
    const resource = resources.find(({ name }) => name === table.name);
    const { fields, primaryKey, uniqueKeys, foreignKeys = [], missingValues } = resource?.schema ?? ({} as Resource["schema"]);
    const names = fields.map(({ name }) => name);
    expect(names).toEqual(columnsOf(table.row));
    expect(new Set(names).size).toBe(names.length);
    expect(fields.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
    expect(missingValues).toEqual([""]);
    for (const key of [primaryKey, ...uniqueKeys]) for (const field of key) expect(names).toContain(field);
    for (const { fields: own, reference } of foreignKeys) {
      const other = resources.find(({ name }) => name === reference.resource);
      for (const field of own) expect(names).toContain(field);
      for (const field of reference.fields) expect(other?.schema.fields.map(({ name }) => name)).toContain(field);
    }
  });
});

test.each(Object.entries(OPERATIONS))("the fields of %s are its columns, in order", (_name, { row }) => {
  expect(fieldsOf(row).map(({ name }) => name)).toEqual(columnsOf(row));
});

test("fields have the types of what stands in them, and are required where something always does", () => {
  const fields = Object.fromEntries((resources[0]?.schema.fields ?? []).map((field) => [field.name, field]));
  expect(fields).toMatchObject({
    statement_id: { type: "string", constraints: { required: true } },
    revision: { type: "integer", constraints: { required: true, minimum: 1 } },
    period_start: { type: "date" },
    as_of_from: { type: "datetime", constraints: { required: true } },
    value: { type: "integer", constraints: { minimum: 0 } },
    unchanged: { type: "boolean", constraints: { required: true } },
    conf_status: { constraints: { enum: ["F"] } },
    rank: { constraints: { enum: ["preferred", "normal", "deprecated"] } },
    url: { type: "string", format: "uri" },
  });
  for (const name of ["wording", "note", "value", "superseded_at", "source_url", "restates"])
    expect(fields[name]?.constraints?.required, name).toBeUndefined();
});

test.each([
  ["", { required: true }, "required"],
  ["x", { enum: ["y"] }, "enum"],
  ["x", { pattern: "[A-Z]+" }, "pattern"],
  ["xy", { maxLength: 1 }, "length"],
] as const)("%j is told as %j", (cell, constraints, fault) => {
  expect(faultOf(cell, { name: "a", type: "string", constraints } as never)).toBe(fault);
  expect(faultOf("1.5", { name: "a", type: "integer" })).toBe("type");
  expect(faultOf("2025-13-01", { name: "a", type: "date" })).toBe("type");
});

test("the papers have nothing left to fill in, and every column is in the codebook", () => {
  const papers = papersOf(about);
  expect(Object.keys(papers)).toEqual(["README.md", "README.ru.md", "CODEBOOK.md", "CITATION.cff"]);
  for (const [name, text] of Object.entries(papers)) {
    expect(text, name).not.toMatch(/\{\w+\}|undefined/);
    if (name !== "CODEBOOK.md") expect(text, name).toContain("1.88.3");
  }
  expect(papers["README.md"]).toContain(wordsFor("en").t("files.licenceText"));
  expect(papers["README.ru.md"]).toContain(wordsFor("ru").t("files.licenceText"));
  for (const { name, row } of TABLES) {
    expect(papers["CODEBOOK.md"]).toContain(`## data/${name}.csv`);
    for (const column of columnsOf(row)) expect(papers["CODEBOOK.md"]).toContain(`| ${column} |`);
  }
});
