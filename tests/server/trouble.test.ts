import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Doors, type Kind } from "@/server/doors";
import { Front } from "@/server/front/front";
import { askInside } from "@/server/front/inside";
import { Keep } from "@/server/front/keep";

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-trouble-"));
let front: Front;
let server: Server;
let origin: string;
const small = { atOnce: 1, waiting: 1, patience: 10_000 };
const kinds: Kind[] = ["view", "question", "other", "file", "copy", "stranger"];
const doors = new Doors({
  page: { ...small, waiting: 99 },
  ...Object.fromEntries(kinds.map((kind) => [kind, small])),
} as ConstructorParameters<typeof Doors>[0]);
/** Whether the database is heard, and how often the pages were asked. */
let heard = true;
let asked = 0;
/** When what is made turns. */
let turns = "";
/** How long a page takes; milliseconds. */
let slow = 0;

beforeAll(async () => {
  const pages = askInside(async (request, response) => {
    asked += 1;
    if (slow) await sleep(slow);
    const bad = request.url?.includes("bad") || !heard;
    response.writeHead(bad ? 503 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(
      `<!DOCTYPE html><html lang="en" data-light="true"><body><main id="content"${turns && ` data-turns="${turns}"`}>${request.url}</main></body></html>`,
    );
  });
  front = new Front(new Keep(path.join(folder, "few")), pages, "localhost", new Keep(path.join(folder, "many")), doors);
  front.open();
  front.connected({ trusted: () => heard });
  server = createServer((request, response) => {
    if (!front.answerNow(request, response)) void front.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const status = async (address: string) => (await fetch(origin + address)).status;

test("a page that cannot be made while the database is heard keeps nobody from another", async () => {
  expect(await status("/en/deadlines/bad")).toBe(503);
  expect(await status("/en/deadlines/good")).toBe(200);
});

test("when too much is asked, what is dear is refused in words, pages are made, what was kept is shown, and nobody is in trouble", async () => {
  expect(await status("/ky/explore?c=uz")).toBe(200);
  front.changed();
  slow = 1000;
  // Each by itself, since those of one kind wait for those of another too; and in this order.
  const inOrder = async (addresses: string[]) => {
    const answers: Promise<Response>[] = [];
    for (const address of addresses) {
      answers.push(fetch(origin + address));
      await sleep(20);
    }
    return Promise.all(answers);
  };
  const told = await inOrder(["kg", "tj", "am", "md", "uz", "by"].map((country) => `/ky/explore?c=${country}`));
  expect(told.map((answer) => [answer.status, answer.headers.has("age")])).toEqual([
    [200, false],
    [200, false],
    [503, false],
    [503, false],
    [200, true],
    [503, false],
  ]);
  expect([told[2]?.headers.get("retry-after"), await told[2]?.text()]).toEqual([
    "2",
    expect.stringContaining("Азыр суроо-талаптар өтө көп"),
  ]);
  expect(await told[4]?.text()).toContain('<p class="band" role="status">');
  const asked = await inOrder([1, 2, 3, 4].map((n) => `/api/v1/snapshots?limit=${n}`));
  expect(asked.map((answer) => answer.status)).toEqual([200, 200, 503, 503]);
  expect(asked[3]?.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(await asked[3]?.json()).toMatchObject({ type: "/api/v1/problems/busy", status: 503 });
  slow = 200;
  const pages = await inOrder(["kg", "tj", "am", "md", "uz", "by"].map((country) => `/ky/countries/${country}`));
  for (const answer of pages) expect(answer.status).toBe(200);
  slow = 0;
  // In trouble one would ask for all.
  const after = await Promise.all([1, 2].map((n) => status(`/en/deadlines/after-${n}`)));
  expect(after).toEqual([200, 200]);
});

test("what a proxy may keep for a second is said of finished documents alone, and of none that turns or is old", async () => {
  const forProxies = async (address: string) => (await fetch(origin + address)).headers.get("x-accel-expires");
  expect([await forProxies("/en"), await forProxies("/en")]).toEqual(["1", "1"]);
  expect([await forProxies("/api/v1/countries"), await forProxies("/en/nowhere"), await forProxies("/en/deadlines/bad")]).toEqual([
    null,
    null,
    null,
  ]);
  turns = new Date(Date.now() + 1500).toISOString();
  expect(await forProxies("/ru")).toBeNull();
  turns = new Date(Date.now() + 60_000).toISOString();
  expect(await forProxies("/uz")).toBe("1");
  turns = "";
});

test("once the database is not heard, one asks for all, and what was kept is shown with its age", async () => {
  expect(await status("/en/explore?c=kg")).toBe(200);
  heard = false;
  expect(await status("/en/deadlines/other")).toBe(503);
  const before = asked;
  const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(`${origin}/en/explore?c=kg`)));
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(answers.every((answer) => answer.headers.has("age"))).toBe(true);
  expect(await answers[0]?.text()).toContain('<p class="band" role="status">');
  // Without the back-off each of them would have asked.
  expect(asked - before).toBeLessThanOrEqual(1);
});
