import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { people } from "@/db/schema";
import { jsonLine, wordsLine } from "@/server/seeing/log";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL } from "../setup/record";

// What the log is made of is the errors that the database and its driver really throw.

const EMAIL = "gulnara@mfa.example.org";
const NAME = "Gulnara Abdyldaeva";
let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

async function thrown(work: () => PromiseLike<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

const row = { personId: "gulnara", email: EMAIL, name: NAME, role: "recorder" as const, passwordHash: "x" };

test.each<[string, string, () => PromiseLike<unknown>]>([
  [
    "somebody who is there already",
    "23505",
    async () => {
      await database.staff.insert(people).values(row);
      await database.staff.insert(people).values({ ...row, personId: "again" });
    },
  ],
  [
    "a row that breaks a rule",
    "23514",
    () => database.staff.insert(people).values({ ...row, personId: "x", role: "emperor" as "recorder", email: `x${EMAIL}` }),
  ],
  ["a text that is no number", "22P02", () => database.staff.execute(sql`select ${EMAIL}::int`)],
  ["a raw statement of the driver", "22P02", () => database.owner`select ${`${NAME} ${EMAIL}`}::uuid`],
])("%s leaves code and place in the log, and nothing of the person", async (_, code, work) => {
  const error = await thrown(work);
  const lines = [jsonLine("error", ["a form could not be saved:", error], new Date()), wordsLine(["a form could not be saved:", error])];
  for (const line of lines) {
    expect(line).toContain(code);
    expect(line).not.toContain(EMAIL);
    expect(line).not.toContain("Gulnara");
  }
});
