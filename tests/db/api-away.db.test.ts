import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, expect, inject, test } from "vitest";
import { closePools } from "@/db/client";
import { ask, expectRefusal } from "../api/asking";
import { refusedAs, send, statement } from "../api/sending";
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
  // A program that sends, too: with the same key it may send again, whatever became of the first.
  const sent = await send(statement(), { token: `muhlat_${"a".repeat(43)}` });
  expect(sent.headers.get("retry-after")).toBe("5");
  await refusedAs(sent, 503, "unavailable");
  // What is refused needs no record.
  expect((await ask("/snapshots?measure=grey")).status).toBe(400);
});

test("a question whose connection is cut is told the same, the process goes on, and the next one is answered", {
  timeout: 60_000,
}, async () => {
  const database = await freshDatabase();
  const script = path.resolve(import.meta.dirname, "../setup/asks-while-cut.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", DATABASE_URL: database.url },
  });
  let said = "";
  child.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, "close");
  expect(said.trim().split("\n")).toEqual(["200", ...Array.from({ length: 5 }, () => ["503", "200"]).flat()]);
  expect(code).toBe(0);
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
