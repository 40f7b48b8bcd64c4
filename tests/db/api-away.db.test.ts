import { afterEach, expect, inject, test } from "vitest";
import { closePools } from "@/db/client";
import { ask, expectRefusal } from "../api/asking";
import { freshDatabase } from "../setup/fresh-database";

afterEach(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
});

test("where the database is away, a program is told to come again", async () => {
  process.env.DATABASE_URL = "postgres://nobody@127.0.0.1:1/nowhere";
  for (const path of ["/countries", "/snapshots?country=KG&as_recorded_at=2025-01-01T00:00:00Z", "/sources/a"]) {
    const answer = await ask(path);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("5");
    await expectRefusal(answer, path);
  }
  // What is refused needs no record.
  expect((await ask("/snapshots?measure=grey")).status).toBe(400);
});

test("a question that is broken off is told the same, and the next one is answered", async () => {
  const database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  expect((await ask("/countries")).status).toBe(200);
  await database.owner.begin(async (sql) => {
    await sql`lock table record.countries in access exclusive mode`;
    const waiting = ask("/countries");
    for (let ended = 0; ended === 0; )
      ended = (
        await database.owner`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'muhlat muhlat_reader' and wait_event_type = 'Lock'`
      ).length;
    const answer = await waiting;
    expect(answer.status).toBe(503);
    await expectRefusal(answer, "/countries");
  });
  expect((await ask("/countries")).status).toBe(200);
  await closePools();
  await database.close();
});

test("what fails for another reason is a fault of ours, which no time heals", async () => {
  // The server's own database has none of our tables.
  process.env.DATABASE_URL = inject("server");
  const answer = await ask("/countries");
  expect(answer.status).toBe(500);
  expect(answer.headers.get("retry-after")).toBeNull();
  const body = await answer.clone().text();
  expect(body).not.toMatch(/relation|schema|record\.|select/);
  await expectRefusal(answer, "/countries");
});
