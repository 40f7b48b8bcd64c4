import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entryExampleOf } from "@/app/_server/open-files/examples";
import { SENT } from "@/app/api/v1/contract";
import { closePools } from "@/db/client";
import { PROBLEMS, WHEN_SENT } from "@/lib/open-data/problems";
import { entered, madeToken, refusedAs, send } from "../api/sending";
import { oddBodies, rightStatements } from "../api/statements";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL, differences } from "../setup/record";

let database: FreshDatabase;
let publishes: { token: string };
let waits: { token: string };
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  await addPeople(database.staff, CENTRAL);
  publishes = await madeToken(database.staff, CENTRAL, { countries: ["KG", "ALL"], publishes: "✓" });
  waits = await madeToken(database.staff, CENTRAL, { countries: ["KG", "ALL"] });
});
afterAll(async () => {
  expect(await differences(database.owner)).toEqual([]);
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});

test("the example of the page about data is recorded as it stands", async () => {
  const script = `curl() { printf '%s\\0' "$@"; }\nMUHLAT_TOKEN=${waits.token}\n${entryExampleOf("http://127.0.0.1:3000")}`;
  const said = execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0");
  const headers = Object.fromEntries(
    said.flatMap((word, index) => (said[index - 1] === "-H" ? [[word.split(": ")[0]?.toLowerCase(), word.split(": ")[1]]] : [])),
  );
  expect(said[0]).toBe("http://127.0.0.1:3000/api/v1/snapshots");
  const body = JSON.parse(said[said.indexOf("-d") + 1] ?? "");
  expect(await entered(await send(body, { key: "", headers }))).toMatchObject({ state: "waiting", country: "KG", value: body.value });
});

test.each(["published", "waiting"] as const)(
  "right statements of which each becomes %s are recorded",
  { timeout: 120_000 },
  async (state) => {
    const { token } = state === "published" ? publishes : waits;
    await fc.assert(
      fc.asyncProperty(rightStatements, async (statement) => {
        const said = await entered(await send(statement, { token }));
        expect(said).toMatchObject({
          state,
          country: statement.country,
          measure: statement.measure,
          unchanged: statement.unchanged ?? false,
        });
      }),
      { numRuns: 40 },
    );
  },
);

test("odd bodies are recorded or refused, as the contract says, and never break anything", { timeout: 120_000 }, async () => {
  const met = new Set<number>();
  await fc.assert(
    fc.asyncProperty(oddBodies, async (body) => {
      const response = await send(body, publishes);
      met.add(response.status);
      if (response.status === 201) return void (await entered(response));
      const { type } = await response.clone().json();
      const code = WHEN_SENT.find((one) => type === `/api/v1/problems/${one}`);
      expect(code, `${type} ${Buffer.from(body)}`).toBeDefined();
      if (!code) return;
      const { fields = [] } = await refusedAs(response, PROBLEMS[code].status, code);
      if (code === "fields") expect(fields.length).toBeGreaterThan(0);
      for (const { code: fault, detail } of fields) expect(detail, fault).toMatch(/^\S.+\.$/);
      // What has not the contract's shape is recorded by nobody.
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
  expect([...met].sort()).toEqual(expect.arrayContaining([201, 400, 403, 422]));
});

test("what the contract's own schema refuses is refused, and with the same fields", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(oddBodies, async (body) => {
      let sent: unknown;
      try {
        sent = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
      } catch {
        return;
      }
      const parsed = SENT.enter.body.safeParse(sent);
      if (parsed.success) return;
      const { fields = [] } = await refusedAs(await send(body, publishes), 422, "fields");
      const named = parsed.error.issues.flatMap(({ code, path }) => (code === "unrecognized_keys" ? [] : [path.join(".")]));
      if (fields.length < 20) expect(fields.map(({ field }) => field)).toEqual(expect.arrayContaining([...new Set(named)]));
    }),
    { numRuns: 300 },
  );
});
