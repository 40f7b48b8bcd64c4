import { expect, test } from "vitest";
import { errorsOf, refused } from "@/app/_server/api/problems";
import { OPERATIONS, problem } from "@/app/api/v1/contract";
import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";

function errors(said: Record<string, string | string[]>) {
  const { query } = OPERATIONS.snapshots;
  const parsed = query.safeParse(said);
  return errorsOf(parsed.error?.issues ?? [], said, Object.keys(query.shape));
}

test.each<[string, Record<string, string | string[]>, string, string, RegExp]>([
  ["an unknown parameter", { since: "2025" }, "since", "2025", /^country, measure, .*limit, cursor, format$/],
  ["a name that objects have", JSON.parse('{"__proto__": "1"}'), "__proto__", "1", /^country, measure, /],
  ["one of none of the words", { measure: "grey" }, "measure", "grey", /^gray_list, black_list, /],
  ["a country that is none", { country: "XX" }, "country", "XX", /no such country/],
  ["a country in small letters", { country: "kg" }, "country", "kg", /A-Z/],
  ["too many", { limit: "1001" }, "limit", "1001", /^at most 1000$/],
  ["too few", { limit: "0" }, "limit", "0", /^at least 1$/],
  ["no number", { limit: "many" }, "limit", "many", /^number, once$/],
  ["a day of no calendar", { as_known_on: "2025-02-30" }, "as_known_on", "2025-02-30", /^date, as ISO 8601 has it$/],
  [
    "an instant without its offset",
    { as_recorded_at: "2025-07-01T00:00:00" },
    "as_recorded_at",
    "2025-07-01T00:00:00",
    /^datetime, as ISO/,
  ],
  ["a parameter twice", { from: ["2025", "2026"] }, "from", "2025,2026", /^string, once$/],
  ["a bound of another precision", { from: "2025-07-01T10:00Z" }, "from", "2025-07-01T10:00Z", /year|at most 10/],
])("%s is told with what was said and what is allowed", (_what, said, parameter, told, allowed) => {
  const found = errors(said);
  expect(found.length).toBeGreaterThan(0);
  for (const error of found) expect(error).toMatchObject({ parameter, said: told });
  expect(found.map((error) => error.allowed).join("\n")).toMatch(allowed);
});

test("every mistake of a question is told at once", () => {
  expect(
    errors({ limit: "0", measure: "x", other: "1" })
      .map(({ parameter }) => parameter)
      .sort(),
  ).toEqual(["limit", "measure", "other"]);
});

test("what is told back is short, however much was sent", () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, number) => [`p${number}`, "x".repeat(500)]));
  const found = errors({ ...many, ["n".repeat(5000)]: "y" });
  expect(found).toHaveLength(20);
  expect(JSON.stringify(found).length).toBeLessThan(8000);
});

test.each(Object.keys(PROBLEMS) as ProblemCode[])("%s is a problem as RFC 9457 has it", async (code) => {
  const answer = refused(code, { errors: errors({ limit: "0" }) });
  expect(answer.status).toBe(PROBLEMS[code].status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const body = await answer.json();
  expect(problem.strict().parse(body)).toEqual(body);
  expect(body).toMatchObject({ type: `/api/v1/problems/${code}`, status: answer.status });
});
