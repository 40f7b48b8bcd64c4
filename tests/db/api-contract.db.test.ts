import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { DELETE, PATCH, POST, PUT } from "@/app/api/v1/[[...path]]/route";
import { OPERATIONS, type OperationName } from "@/app/api/v1/contract";
import * as entering from "@/app/api/v1/snapshots/route.staff";
import { ask, expectAnswer, expectRefusal } from "../api/asking";
import { oddPaths, oddQueries, type Question, rightQuestions } from "../api/questions";
import { database, names, withStarterRecord } from "../api/starter";

withStarterRecord();
const knownIds: string[] = [];
/** A cursor of each question that had more to say: what came of it is asked again with other things. */
const cursors = new Set<string>();

beforeAll(async () => {
  const rows = await database.owner<{ id: string }[]>`
    (select statement_id as id from record.sources limit 20) union all (select statement_id from record.snapshots limit 20)`;
  knownIds.push(...rows.map(({ id }) => id));
});

const search = (parameters: Question["parameters"]) => new URLSearchParams(parameters).toString();

/** Asks, and holds whatever comes to the contract. */
async function held(name: OperationName, address: string): Promise<Response> {
  const response = await ask(address);
  expect(response.status, address).toBeLessThan(500);
  if (response.status !== 200) {
    await expectRefusal(response.clone(), address);
    return response;
  }
  const text = await response.clone().text();
  if (response.headers.get("content-type")?.startsWith("text/csv")) {
    expect(text.split("\r\n")[0], address).toMatch(/^[a-z0-9_,]+$/);
    return response;
  }
  expect(response.headers.get("content-type"), address).toBe("application/json");
  expectAnswer(name, address, response, text);
  const { next } = JSON.parse(text);
  if (typeof next === "string") cursors.add(next);
  return response;
}

test.each(names)("right questions of %s are answered", { timeout: 60_000 }, async (name) => {
  await fc.assert(
    fc.asyncProperty(rightQuestions(name, knownIds), async ({ path, parameters }) => {
      const { status } = await held(name, `${path}?${search(parameters)}`);
      // An id may name nothing.
      if (path !== OPERATIONS[name].path || parameters.some(([parameter]) => parameter === "deadline"))
        expect([200, 404]).toContain(status);
      else expect(status, `${path}?${search(parameters)}`).toBe(200);
    }),
    { numRuns: 100 },
  );
});

test.each(names)("odd questions of %s are answered or refused by name", { timeout: 60_000 }, async (name) => {
  const { query } = OPERATIONS[name];
  const parameters = Object.keys(query.shape);
  await fc.assert(
    fc.asyncProperty(oddQueries(rightQuestions(name, knownIds), parameters), async ({ path, search }) => {
      const response = await held(name, `${path}?${search}`);
      const said = new URLSearchParams(new URL(`http://x/?${search}`).search);
      const once = [...said.keys()].every((key) => said.getAll(key).length === 1);
      const named = [...said.keys()].every((key) => parameters.includes(key));
      if (once && named && query.safeParse(Object.fromEntries(said)).success) return;
      expect(response.status, search).toBe(400);
      const { errors } = (await response.json()) as { errors: { parameter: string; allowed: string }[] };
      expect(errors.length, search).toBeGreaterThan(0);
      const sent = [...said.keys(), ...parameters].map((key) => key.slice(0, 80));
      for (const { parameter, allowed } of errors) {
        expect(sent, search).toContain(parameter);
        expect(allowed, search).toMatch(/^[a-z][^\\^$|{}]{9,}$/);
      }
    }),
    { numRuns: 300 },
  );
});

test("cursors that were given out go on with their own question alone", async () => {
  expect(cursors.size).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cursors),
      fc.constantFrom(...names),
      fc.nat(600),
      fc.base64String({ maxLength: 1 }),
      async (cursor, name, at, other) => {
        const required = "country=KG&measure=gray_list&";
        const asked = name === "series" || name === "projection" ? required : name === "latest" ? "measure=left&" : "";
        const position = at % cursor.length;
        await held(name, `${OPERATIONS[name].path.replace(/\{\w+\}/, "a")}?${asked}cursor=${cursor}`);
        const changed = cursor.slice(0, position) + other.replace(/[^A-Za-z0-9]/g, "_") + cursor.slice(position + 1);
        await held(name, `${OPERATIONS[name].path.replace(/\{\w+\}/, "a")}?${asked}cursor=${changed}`);
      },
    ),
    { numRuns: 300 },
  );
});

test("what is no question is not found, and other methods are refused", async () => {
  await fc.assert(
    fc.asyncProperty(oddPaths, async (odd) => {
      const response = await ask(odd);
      expect(response.status, odd).toBe(404);
      await expectRefusal(response, odd);
    }),
    { numRuns: 500 },
  );
  for (const [refuses, allow] of [
    [[POST, PUT, PATCH, DELETE], "GET, HEAD, OPTIONS"],
    [[entering.PUT, entering.PATCH, entering.DELETE], "GET, HEAD, OPTIONS, POST"],
  ] as const)
    for (const refuse of refuses) {
      const response = refuse();
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe(allow);
      await expectRefusal(response, "method");
    }
});
