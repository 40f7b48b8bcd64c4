import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { openApi } from "@/app/_server/api/openapi";
import { OPERATIONS } from "@/app/api/v1/contract";

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
});
