import { z } from "zod";
import { OPERATIONS, type OperationName, problem, SENT } from "@/app/api/v1/contract";
import { PROBLEMS, type ProblemCode, WHEN_ASKED, WHEN_SENT } from "@/lib/open-data/problems";
import { originOf, readSettings } from "@/settings";

type Schema = Record<string, unknown>;

/** A schema as OpenAPI 3.1 has it: JSON Schema 2020-12, without the line that says so. */
function schemaOf(type: z.ZodType, io: "input" | "output" = "output"): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: "any" }) as Schema;
  return schema;
}

const sentence = (text: string) => `${text}.`;

function parametersOf(name: OperationName): Schema[] {
  const { path, query } = OPERATIONS[name];
  const ids = [...path.matchAll(/\{(\w+)\}/g)].map(([, id]) => ({
    name: id,
    in: "path",
    required: true,
    schema: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$" },
  }));
  const schema = schemaOf(query, "input") as { properties: Record<string, Schema>; required?: string[] };
  const asked = Object.entries(schema.properties).map(([parameter, { description, ...rest }]) => ({
    name: parameter,
    in: "query",
    required: schema.required?.includes(parameter) ?? false,
    ...(description ? { description: sentence(String(description)) } : {}),
    schema: rest,
  }));
  return [...ids, ...asked];
}

const HEADERS = {
  ETag: { schema: { type: "string" } },
  "Muhlat-As-Known-On": { schema: { type: "string", format: "date" } },
  "Muhlat-As-Recorded-At": { schema: { type: "string", format: "date-time" } },
  RateLimit: { description: "What is left of the quota, and the seconds until it is whole again.", schema: { type: "string" } },
  "RateLimit-Policy": { schema: { type: "string" } },
};
const LINK = { Link: { description: "The address of the next page, where there is one.", schema: { type: "string" } } };
const RETRY = { "Retry-After": { description: "Seconds.", schema: { type: "integer" } } };

const CHALLENGE = { "WWW-Authenticate": { description: "RFC 6750.", schema: { type: "string" } } };

const headersOf = (status: number) => ({
  ...(status === 409 || status === 429 || status === 503 ? RETRY : {}),
  ...(status === 401 || status === 403 ? CHALLENGE : {}),
});

const refusals = (codes: readonly ProblemCode[]) =>
  Object.fromEntries(
    [...new Set(codes.map((code) => PROBLEMS[code].status))].map((status) => [
      String(status),
      {
        description: codes
          .filter((code) => PROBLEMS[code].status === status)
          .map((code) => sentence(`${code}: ${PROBLEMS[code].title}`))
          .join(" "),
        ...(Object.keys(headersOf(status)).length > 0 ? { headers: headersOf(status) } : {}),
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );

/** What programs with a token send, as one operation. */
function posted(name: keyof typeof SENT): Schema {
  const { summary, key, body, answer } = SENT[name];
  const { description, ...schema } = schemaOf(key, "input");
  const content = { "application/json": { schema: schemaOf(answer) } };
  const { RateLimit, "RateLimit-Policy": policy } = HEADERS;
  const location = { Location: { description: "Where it is read, once it is public.", schema: { type: "string" } } };
  const headers = { RateLimit, "RateLimit-Policy": policy, ...location };
  return {
    operationId: name,
    summary,
    description: sentence(summary),
    tags: ["entry"],
    security: [{ token: [] }],
    parameters: [{ name: "Idempotency-Key", in: "header", required: true, description: sentence(String(description)), schema }],
    requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } },
    responses: {
      "200": { description: "Recorded before under the same key; the body of the first answer.", headers, content },
      "201": { description: "Recorded: public, or waiting for a person.", headers, content },
      ...refusals(WHEN_SENT),
    },
  };
}

/** The OpenAPI 3.1 document, made from the same schemas that questions are checked by. */
export function openApi(): Schema {
  const paths = Object.fromEntries(
    (Object.keys(OPERATIONS) as OperationName[]).map((name) => {
      const { path, summary, table, answer } = OPERATIONS[name];
      const content = {
        "application/json": { schema: schemaOf(answer) },
        ...(table ? { "text/csv": { schema: { type: "string" } } } : {}),
      };
      const get = {
        operationId: name,
        summary,
        description: sentence(summary),
        tags: ["record"],
        parameters: parametersOf(name),
        responses: {
          "200": { description: sentence(summary), headers: { ...HEADERS, ...(table ? LINK : {}) }, content },
          "304": { description: "Unchanged." },
          ...refusals(WHEN_ASKED),
        },
      };
      const post = (Object.keys(SENT) as (keyof typeof SENT)[]).find((sent) => SENT[sent].path === path);
      return [path, { get, ...(post ? { post: posted(post) } : {}) }];
    }),
  );
  return {
    openapi: "3.1.0",
    info: {
      title: "Muhlat",
      version: "1.0.0",
      summary: "What was said of the gray and black lists",
      description:
        "Counts of migrants on Russia's gray and black lists as they were said, with their sources, bounds, revisions and deadlines. Reading needs no key.",
      license: { name: "MPL-2.0", identifier: "MPL-2.0" },
      contact: { name: "Muhlat", url: originOf(readSettings()) },
    },
    servers: [{ url: `${originOf(readSettings())}/api/v1` }],
    tags: [
      { name: "record", description: "Reads of the public record." },
      { name: "entry", description: "Statements recorded by programs of those who work on the record." },
    ],
    security: [],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem) },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Made by an admin, for certain countries and for recording alone." },
      },
    },
  };
}
