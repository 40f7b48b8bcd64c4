import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MOST_STATEMENT_BYTES } from "@/lib/snapshots/input";
import { MAX_BODY_BYTES, MAX_STRANGERS_BYTES, withinLimit } from "@/server/body";

/** Answers how long the body was, as read behind the limit, and what its headers said. */
const answer = async (arrived: IncomingMessage, response: ServerResponse) => {
  const admitted = await withinLimit(arrived);
  if (!admitted) {
    arrived.resume();
    await once(arrived, "end");
    response.writeHead(413).end();
    return;
  }
  const { method, url, headers } = admitted;
  const size = (await text(admitted)).length;
  response.end(
    JSON.stringify({ method, url, size, said: headers["content-length"], chunked: headers["transfer-encoding"], own: headers["x-own"] }),
  );
};
// Who breaks off while sending needs no answer.
const server = createServer((arrived, response) => void answer(arrived, response).catch(() => {}));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => server.close());

async function send(size: number, said: boolean, path = "/a?b", cookie = "muhlat-session=x") {
  const { port } = server.address() as AddressInfo;
  const headers = {
    "x-own": "kept",
    ...(cookie && { cookie }),
    ...(said ? { "Content-Length": size } : { "Transfer-Encoding": "chunked" }),
  };
  const sent = request({ port, method: "POST", path, headers });
  for (let left = size; left > 0; left -= 65_536) sent.write(Buffer.alloc(Math.min(left, 65_536), "a"));
  sent.end();
  const [response] = await once(sent, "response");
  return { status: response.statusCode, body: await text(response) };
}

test.each([0, 1, 200_000, MAX_BODY_BYTES])("%i bytes arrive whole, their length said or not", async (size) => {
  const common = { method: "POST", url: "/a?b", size, said: String(size), own: "kept" };
  for (const said of [true, false]) expect(JSON.parse((await send(size, said)).body)).toEqual(common);
});

test("one byte more does not, its length said or not", async () => {
  for (const said of [true, false]) expect((await send(MAX_BODY_BYTES + 1, said)).status).toBe(413);
});

test("a program may send a statement's length and no more, its length said or not, and however the path goes around", async () => {
  for (const said of [true, false]) {
    expect((await send(MOST_STATEMENT_BYTES, said, "/api/v1/snapshots")).status).toBe(200);
    expect((await send(MOST_STATEMENT_BYTES + 1, said, "/api/v1/snapshots")).status).toBe(413);
    expect((await send(MOST_STATEMENT_BYTES + 1, said, "/x/../api/v1/snapshots")).status).toBe(413);
  }
});

test("of whom there is no session nothing large is taken in, its length said or not, whatever other cookies say", async () => {
  for (const said of [true, false])
    for (const cookie of ["", "a=muhlat-session", "notmuhlat-session=x"])
      for (const path of ["/staff/sign-in/password", "/staff/provider/logout", "/staff/record", "/en"]) {
        expect((await send(MAX_STRANGERS_BYTES, said, path, cookie)).status).toBe(200);
        expect((await send(MAX_STRANGERS_BYTES + 1, said, path, cookie)).status).toBe(413);
      }
});

test("so much is taken in at once and no more; what is small passes, and room comes free", async () => {
  const { port } = server.address() as AddressInfo;
  const begun = Array.from({ length: 40 }, () => {
    const sent = request({
      port,
      method: "POST",
      path: "/staff/record",
      headers: { cookie: "muhlat-session=x", "Content-Length": MAX_BODY_BYTES },
    });
    sent.on("error", () => {});
    sent.write("a");
    return sent;
  });
  await expect.poll(async () => (await send(MAX_BODY_BYTES, true)).status, { timeout: 10_000 }).toBe(413);
  expect((await send(10_000, true)).status).toBe(200);
  for (const sent of begun) sent.destroy();
  await expect.poll(async () => (await send(MAX_BODY_BYTES, true)).status, { timeout: 10_000 }).toBe(200);
});
