import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Underway } from "@/server/underway";

const CHUNK = Buffer.alloc(64 * 1024, "x");
/** More than sockets and streams have room for. */
const CHUNKS = 400;

let server: Server;
let underway: Underway;
let port = 0;

/** It would keep its connections. */
const agent = new Agent({ keepAlive: true });

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === "/file") {
      const chunks = function* () {
        for (let n = 0; n < CHUNKS; n += 1) yield CHUNK;
      };
      void pipeline(Readable.from(chunks()), response).catch(() => {});
    } else if (request.url === "/slow") setTimeout(() => response.end("late"), 300);
    else response.end("page");
  });
  underway = new Underway(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(() => {
  agent.destroy();
  server.closeAllConnections();
});

const ask = (path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => get({ port, path, agent }, resolve).on("error", reject));

test("a file that is in its middle is sent to its end", async () => {
  const file = await ask("/file");
  file.pause();
  await sleep(200);
  const ended = underway.end(20_000);
  await sleep(200);
  await expect(ask("/page")).rejects.toThrow("ECONNREFUSED");
  let bytes = 0;
  for await (const chunk of file) bytes += chunk.length;
  expect([bytes, file.complete, await ended]).toEqual([CHUNK.length * CHUNKS, true, 0]);
});

test("who takes nothing of it is cut off after the limit, and counted", async () => {
  const file = await ask("/file");
  file.pause();
  const began = performance.now();
  expect(await underway.end(500)).toBe(1);
  expect(performance.now() - began).toBeLessThan(5000);
  await expect(
    (async () => {
      for await (const _ of file);
    })(),
  ).rejects.toThrow("aborted");
});

test("connections on which nothing is under way end at once: kept ones, silent ones, and those in the middle of a question", async () => {
  const sockets = ["", "GET /page HTTP/1.1\r\nHost: x\r\n\r\n", "GET /page HTTP/1.1\r\nHos"].map((text) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    return socket.on("error", () => {}).resume();
  });
  await sleep(300);
  expect(underway.connections).toBe(3);
  const closed = sockets.map((socket) => once(socket, "close"));
  const began = performance.now();
  expect(await underway.end(20_000)).toBe(0);
  expect(performance.now() - began).toBeLessThan(5000);
  await Promise.all(closed);
});

test("an answer given while it ends says that the connection ends", async () => {
  const arrived = once(server, "request");
  const asking = ask("/slow");
  await arrived;
  const ended = underway.end(20_000);
  const answer = await asking;
  expect([answer.statusCode, answer.headers.connection]).toEqual([200, "close"]);
  answer.resume();
  expect(await ended).toBe(0);
});
