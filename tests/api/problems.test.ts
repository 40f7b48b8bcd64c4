import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { errorsOf, refused } from "@/app/_server/api/problems";
import { OPERATIONS, type OperationName, problem } from "@/app/api/v1/contract";
import { PROBLEMS, type ProblemCode } from "@/lib/open-data/problems";

function errors(said: Record<string, string | string[]>) {
  const { query } = OPERATIONS.snapshots;
  const parsed = query.safeParse(said);
  return errorsOf(parsed.error?.issues ?? [], said, Object.keys(query.shape));
}

test.each<[string, Record<string, string | string[]>, string, string, RegExp]>([
  ["an unknown parameter", { since: "2025" }, "since", "2025", /^one of these parameters: country, measure, .*limit, cursor, format$/],
  ["a name that objects have", JSON.parse('{"__proto__": "1"}'), "__proto__", "1", /^one of these parameters: country, measure, /],
  ["one of none of the words", { measure: "grey" }, "measure", "grey", /^one of: gray_list, black_list, /],
  ["a country that is none", { country: "XX" }, "country", "XX", /^up to 24 countries .*: KG,TJ$/],
  ["a country in small letters", { country: "kg" }, "country", "kg", /two capitals/],
  ["too many", { limit: "1001" }, "limit", "1001", /^a whole number from 1 to 1000$/],
  ["too few", { limit: "0" }, "limit", "0", /^a whole number from 1 to 1000$/],
  ["too few and not whole", { limit: "-0.5" }, "limit", "-0.5", /^a whole number from 1 to 1000$/],
  ["a number only to a program", { limit: "1e2" }, "limit", "1e2", /^a whole number from 1 to 1000$/],
  ["a number with a blank", { limit: " 10" }, "limit", " 10", /^a whole number from 1 to 1000$/],
  ["no number", { limit: "many" }, "limit", "many", /^a whole number from 1 to 1000$/],
  ["a day of no calendar", { as_known_on: "2025-02-30" }, "as_known_on", "2025-02-30", /^a day .*: 2025-07-26$/],
  [
    "an instant without its offset",
    { as_recorded_at: "2025-07-01T00:00:00" },
    "as_recorded_at",
    "2025-07-01T00:00:00",
    /with Z or its offset/,
  ],
  ["a parameter twice", { from: ["2025", "2026"] }, "from", "2025,2026", /^once, a year, a month or a day/],
  ["a bound of another precision", { from: "2025-07-01T10:00Z" }, "from", "2025-07-01T10:00Z", /^a year, a month or a day/],
])("%s is told once, with what was said and what is allowed", (_what, said, parameter, told, allowed) => {
  expect(errors(said)).toEqual([{ parameter, said: told, allowed: expect.stringMatching(allowed) }]);
});

/** Every parameter of every operation. */
const PARAMETERS = (Object.keys(OPERATIONS) as OperationName[]).flatMap((name) =>
  Object.keys(OPERATIONS[name].query.shape).map((parameter) => [name, parameter] as const),
);
/** What no person writes in a sentence: signs of a pattern, names of types and formats of a program. */
const NO_WORDS = /[\\^$|{}]|\[.*\]|\b(?:string|datetime|undefined|NaN|regex|invalid|expected)\b/i;

test.each(PARAMETERS)(
  "what is allowed of %s as %s is said in words, the same whatever was wrong, with an example that is taken",
  (name, parameter) => {
    const { query } = OPERATIONS[name];
    const schema = (query.shape as Record<string, z.ZodType>)[parameter] as z.ZodType;
    const refusal = (value: string | string[] | undefined) => {
      const said = value === undefined ? {} : { [parameter]: value };
      const parsed = query.safeParse(said);
      return errorsOf(parsed.error?.issues ?? [], said, Object.keys(query.shape)).filter((error) => error.parameter === parameter);
    };
    const [{ allowed } = { allowed: "" }] = refusal("~");
    expect(allowed).toMatch(/^[a-z].{10,}/);
    expect(allowed).not.toMatch(NO_WORDS);
    let refusedOnes = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom("", "0", "-1", "1e99", "9999999", "0001-01-01", "2025-13", "KG", "KG;TJ", "Infinity", "2025-07-26T12:00"),
        ),
        (value) => {
          if (schema.safeParse(value).success) return;
          refusedOnes += 1;
          expect(refusal(value)).toEqual([{ parameter, said: value.slice(0, 80), allowed }]);
        },
      ),
    );
    expect(refusedOnes).toBeGreaterThan(10);
    expect(refusal(["a", "b"])).toEqual([{ parameter, said: "a,b", allowed: `once, ${allowed}` }]);
    if (!schema.safeParse(undefined).success) expect(refusal(undefined)).toEqual([{ parameter, said: "", allowed }]);

    const bounds = /^a whole number (?:from|of at least) (\d+)(?: to (\d+))?$/.exec(allowed);
    const examples = bounds
      ? bounds.slice(1).filter((each) => each !== undefined)
      : allowed.startsWith("one of: ")
        ? allowed.slice("one of: ".length).split(", ")
        : [/: (\S+)$/.exec(allowed)?.[1] ?? "eyJxIjoiYSJ9"];
    for (const example of examples) expect(schema.safeParse(example).success, example).toBe(true);
  },
);

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
