import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { openApi } from "@/app/_server/api/openapi";
import { OPERATIONS, SENT } from "@/app/api/v1/contract";
import { PROBLEMS, type ProblemCode, WHEN_ASKED, WHEN_SENT } from "@/lib/open-data/problems";

const document = openApi();
const published = JSON.parse(JSON.stringify(document)) as typeof document;

async function lint(source: object, base: "recommended-strict" | "spec") {
  const config = await createConfig({ extends: [base] });
  const found = await lintFromString({ source: JSON.stringify(source), config, absoluteRef: "openapi.json" });
  return found.map(({ ruleId, severity, message, location }) => ({ ruleId, severity, message, at: location[0]?.pointer }));
}

describe("the OpenAPI document", () => {
  test("passes a public linter without a word", async () => {
    expect(await lint(published, "recommended-strict")).toEqual([]);
    expect(await lint(published, "spec")).toEqual([]);
  });

  test("would not pass it with a mistake in it", async () => {
    const paths = published.paths as object;
    const found = await lint(
      { ...published, paths: { ...paths, "/wrong/{id}": { get: { operationId: "wrong", responses: {} } } } },
      "spec",
    );
    expect(found.map(({ ruleId }) => ruleId)).toContain("path-parameters-defined");
  });

  test("has every operation with every parameter that its schema takes, and no other", () => {
    const paths = published.paths as Record<
      string,
      { get: { operationId: string; parameters: { name: string; in: string; required: boolean }[] } }
    >;
    expect(Object.keys(paths).sort()).toEqual(
      Object.values(OPERATIONS)
        .map(({ path }) => path)
        .sort(),
    );
    for (const [name, { path, query }] of Object.entries(OPERATIONS)) {
      const { get } = paths[path] ?? {};
      expect(get?.operationId).toBe(name);
      const named = get?.parameters.filter((one) => one.in === "query").map((one) => one.name);
      expect(named).toEqual(Object.keys(query.shape));
      for (const id of path.match(/(?<=\{)\w+/g) ?? [])
        expect(get?.parameters).toContainEqual(expect.objectContaining({ name: id, in: "path", required: true }));
    }
  });

  test("has what may be sent, under a token and a key, with every field and every way to be refused", () => {
    type Answer = { content: Record<string, { schema: { properties?: object } }> };
    type Posted = {
      operationId: string;
      security: object[];
      parameters: { name: string; in: string; required: boolean; schema: { pattern: string } }[];
      requestBody: { content: Record<string, { schema: { properties: object; required: string[]; additionalProperties: boolean } }> };
      responses: Record<string, Answer>;
    };
    const paths = published.paths as Record<string, { get: { responses: object }; post?: Posted }>;
    expect(Object.entries(paths).flatMap(([path, { post }]) => (post ? [path] : []))).toEqual([SENT.enter.path]);
    const { get, post } = paths[SENT.enter.path] ?? {};
    if (!post) throw new Error("nothing may be sent");
    expect(post).toMatchObject({ operationId: "enter", security: [{ token: [] }] });
    expect(published).toMatchObject({ security: [], components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } } });
    const [key] = post.parameters;
    expect(key).toMatchObject({ name: "Idempotency-Key", in: "header", required: true });
    expect(new RegExp(key?.schema.pattern ?? "").test("moscow:2026-11-26T06:00")).toBe(true);
    const schema = post.requestBody.content["application/json"]?.schema;
    expect(Object.keys(schema?.properties ?? {})).toEqual(Object.keys(SENT.enter.body.shape));
    expect(schema).toMatchObject({ required: ["country", "measure", "as_of", "source"], additionalProperties: false });
    const statuses = (codes: readonly ProblemCode[]) => new Set(codes.map((code) => String(PROBLEMS[code].status)));
    expect(Object.keys(post.responses).sort()).toEqual([...statuses(WHEN_SENT), "200", "201"].sort());
    expect(Object.keys(get?.responses ?? {}).sort()).toEqual([...statuses(WHEN_ASKED), "200", "304"].sort());
  });

  test("tells of every problem that there is", () => {
    expect(new Set<string>([...WHEN_ASKED, ...WHEN_SENT])).toEqual(new Set(Object.keys(PROBLEMS)));
  });
});
