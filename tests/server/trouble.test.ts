import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Front } from "@/server/front/front";
import { askInside } from "@/server/front/inside";
import { Keep } from "@/server/front/keep";

const folder = mkdtempSync(path.join(tmpdir(), "muhlat-trouble-"));
let front: Front;
let server: Server;
let origin: string;
/** Whether the database is heard, and how often the pages were asked. */
let heard = true;
let asked = 0;

beforeAll(async () => {
  const pages = askInside((request, response) => {
    asked += 1;
    const bad = request.url?.includes("bad") || !heard;
    response.writeHead(bad ? 503 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!DOCTYPE html><html lang="en" data-light="true"><body><main id="content">${request.url}</main></body></html>`);
  });
  front = new Front(new Keep(path.join(folder, "few")), pages, "localhost", new Keep(path.join(folder, "many")));
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
