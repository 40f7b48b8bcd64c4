import fc from "fast-check";
import { z } from "zod";
import { OPERATIONS, type OperationName } from "@/app/api/v1/contract";
import { countryCodes } from "@/lib/countries/rules";

type Schema = { enum?: string[]; type?: string; minimum?: number; maximum?: number; pattern?: string; format?: string };
export type Question = { name: OperationName; path: string; parameters: [string, string][] };

const ids = ["kg-gray-list-2025-07-01", "src-nowhere", "a", `${"x".repeat(80)}`];
const dates = (min: string) => fc.date({ min: new Date(min), max: new Date("2026-06-01"), noInvalidDate: true });
// Mostly of the years that something is recorded of, and of an instant at which something was recorded.
const day = fc.oneof({ weight: 4, arbitrary: dates("2025-01-01") }, dates("1000-01-02")).map((date) => date.toISOString().slice(0, 10));
const instant = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0).map(() => new Date().toISOString()) },
  dates("1000-01-02").map((date) => date.toISOString().replace(/\.\d+Z/, "+05:00")),
);
/** What a schema cannot say in JSON: codes that exist, dates that have been. */
const known: Record<string, fc.Arbitrary<string>> = {
  country: fc
    .uniqueArray(fc.constantFrom("KG", "TJ", "UZ", ...countryCodes), { minLength: 1, maxLength: 24 })
    .map((codes) => codes.join(",")),
  as_known_on: day,
  as_recorded_at: instant,
  at: day,
  deadline: fc.oneof(fc.constantFrom(...ids), fc.constant("stay-2025-09-10")),
  from: fc.oneof(
    day,
    day.map((text) => text.slice(0, 7)),
    day.map((text) => text.slice(0, 4)),
  ),
};
known.to = known.from as fc.Arbitrary<string>;

function parameterOf(name: string, schema: Schema, takes: (value: string) => boolean): fc.Arbitrary<string> {
  const value =
    known[name] ??
    (schema.enum
      ? fc.constantFrom(...schema.enum)
      : schema.type === "integer"
        ? fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 9 }).map(String)
        : fc.stringMatching(new RegExp(schema.pattern ?? ".*")));
  return value.filter(takes);
}

/** Questions of one operation that its schema takes; none goes on from a cursor. */
export function rightQuestions(name: OperationName, knownIds: readonly string[]): fc.Arbitrary<Question> {
  const { path, query } = OPERATIONS[name];
  const { properties, required = [] } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" }) as {
    properties: Record<string, Schema>;
    required?: string[];
  };
  const { cursor: _, ...asked } = properties;
  const values = Object.fromEntries(
    Object.entries(asked).map(([parameter, schema]) => {
      const takes = (value: string) => (query.shape as Record<string, z.ZodType>)[parameter]?.safeParse(value).success ?? false;
      return [parameter, parameterOf(parameter, schema, takes)];
    }),
  );
  return fc
    .tuple(fc.constantFrom(...ids, ...knownIds), fc.record(values, { requiredKeys: required }))
    .map(([id, parameters]) => ({ name, path: path.replace(/\{\w+\}/, id), parameters: Object.entries(parameters) as [string, string][] }));
}

/** Whatever a stranger may write as a value, encoded or not. */
const anything = fc.oneof(
  fc.string({ unit: "binary" }).map(encodeURIComponentLoosely),
  fc.constantFrom(
    "%00",
    "%",
    "%FF%FE",
    "%C0%80",
    "+",
    "",
    "null",
    "-1",
    "1e9",
    "0x10",
    "0000",
    "9999",
    "0000-01-01",
    "9999-12-31",
    "2025-02-30",
  ),
  fc.constantFrom(
    "'%3Bdrop table record.snapshots--",
    "__proto__",
    "constructor",
    "KG,",
    ",",
    "KG,KG,XX",
    "KG%00",
    "infinity",
    "NaN",
    "2026-01-01T00:00:00+99:99",
  ),
  fc.nat(9000).map((length) => "x".repeat(length)),
);

function encodeURIComponentLoosely(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}

/** The query of a right question with something wrong in it, or at least odd. */
export function oddQueries(question: fc.Arbitrary<Question>, names: readonly string[]): fc.Arbitrary<Question & { search: string }> {
  const name = fc.oneof(
    fc.constantFrom(...names),
    fc.constantFrom("__proto__", "Limit", "limit[]", "cursor", "x", "%00", "country%00"),
    anything,
  );
  const oddity = fc.oneof(
    fc.tuple(name, anything).map(([parameter, value]) => (said: string[]) => [...said, `${parameter}=${value}`]),
    fc.tuple(fc.nat(9), anything).map(
      ([at, value]) =>
        (said: string[]) =>
          said.map((each, index) => (index === at % said.length ? `${each.split("=")[0]}=${value}` : each)),
    ),
    fc.nat(9).map((at) => (said: string[]) => [...said, said[at % Math.max(1, said.length)] ?? "limit=1&limit=1"]),
    fc.nat(9).map((at) => (said: string[]) => said.filter((_, index) => index !== at % Math.max(1, said.length))),
  );
  return fc.tuple(question, fc.array(oddity, { minLength: 1, maxLength: 3 })).map(([asked, oddities]) => {
    const said = asked.parameters.map(([parameter, value]) => `${parameter}=${encodeURIComponent(value)}`);
    return { ...asked, search: oddities.reduce((so, oddly) => oddly(so), said).join("&") };
  });
}

/** Paths that name no operation, or an id that none can have. */
export const oddPaths: fc.Arbitrary<string> = fc.oneof(
  fc.webPath().map((path) => `/x${path}`),
  anything.map((id) => `/snapshots/.${id}`),
  anything.map((id) => `/sources/~${id}`),
  fc.constantFrom(
    "",
    "/",
    "/snapshots/",
    "/snapshots/a/b",
    "/sources",
    "/sources/",
    "/openapi",
    "/Countries",
    "/countries%00",
    "/%2e%2e/staff",
    "/constructor",
  ),
);
