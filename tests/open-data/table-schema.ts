import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import type { Field } from "@/app/_server/open-files/fields";

/** A table of a data package as its descriptor has it. */
export type Resource = {
  name: string;
  path: string;
  encoding: string;
  schema: {
    fields: Field[];
    missingValues: string[];
    primaryKey: string[];
    uniqueKeys: string[][];
    foreignKeys?: { fields: string[]; reference: { resource: string; fields: string[] } }[];
  };
};

const LEXICAL: Record<Field["type"], RegExp> = {
  string: /^/,
  integer: /^-?\d+$/,
  number: /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/,
  boolean: /^(?:true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
};

const NUMBERS: readonly Field["type"][] = ["integer", "number"];

/** What is wrong with a cell by the field's own type and constraints, in a word; undefined where nothing is. */
export function faultOf(cell: string, { type, format, constraints = {} }: Field): string | undefined {
  const { required, enum: values, pattern, minLength, maxLength, minimum, maximum } = constraints;
  if (cell === "") return required ? "required" : undefined;
  if (!LEXICAL[type].test(cell)) return "type";
  if (/^date/.test(type) && Number.isNaN(Date.parse(cell))) return "type";
  if (format === "uri" && !URL.canParse(cell)) return "format";
  if (values && !values.map(String).includes(cell)) return "enum";
  if (pattern && !new RegExp(`^(?:${pattern})$`).test(cell)) return "pattern";
  if (cell.length < (minLength ?? 0) || cell.length > (maxLength ?? Number.POSITIVE_INFINITY)) return "length";
  if (NUMBERS.includes(type) && (Number(cell) < (minimum ?? -Infinity) || Number(cell) > (maximum ?? Infinity))) return "range";
  return undefined;
}

export type Rows = Record<string, string>[];

const keyOf = (row: Record<string, string>, fields: readonly string[]) => JSON.stringify(fields.map((field) => row[field]));

/** Reads the tables of a package and holds each to its own schema: columns, types, constraints, keys and references. */
export function readTables(resources: readonly Resource[], textOf: (path: string) => string): Map<string, Rows> {
  const tables = new Map<string, Rows>();
  for (const { name, path, schema } of resources) {
    const [head = [], ...lines]: string[][] = parse(textOf(path), { record_delimiter: "\r\n" });
    expect(head, path).toEqual(schema.fields.map((field) => field.name));
    const rows = lines.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index] ?? "", cell])));
    const faults = rows.flatMap((row, at) =>
      schema.fields.flatMap((field) => {
        const fault = faultOf(row[field.name] ?? "", field);
        return fault ? [`${path}:${at + 2} ${field.name}: ${fault}: ${row[field.name]}`] : [];
      }),
    );
    expect(faults).toEqual([]);
    for (const key of [schema.primaryKey, ...schema.uniqueKeys])
      expect(new Set(rows.map((row) => keyOf(row, key))).size, `${path} by ${key}`).toBe(rows.length);
    tables.set(name, rows);
  }
  for (const { path, name, schema } of resources)
    for (const { fields, reference } of schema.foreignKeys ?? []) {
      const there = new Set(tables.get(reference.resource)?.map((row) => keyOf(row, reference.fields)));
      const lost = (tables.get(name) ?? []).filter((row) => !there.has(keyOf(row, fields)));
      expect(lost, `${path}: ${fields} names what ${reference.resource} has`).toEqual([]);
    }
  return tables;
}
