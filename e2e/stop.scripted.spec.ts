import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Instances, nthStatement, openInstances } from "../tests/setup/instances";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// SIGTERM while something is under way: what was begun is finished, nothing else begins, and it ends with 0.
// A file in its middle is in tests/server/underway.test.ts.

let instances: Instances;
let port = 0;

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  port = await freePort();
  instances = await openInstances([port], undefined, { DRAIN_SECONDS: "2" });
});
test.afterAll(() => instances?.close());

const open = (text = ""): Promise<{ socket: Socket; closed: Promise<unknown>; said: () => string }> =>
  new Promise((resolve, reject) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text, () => resolve({ socket, closed, said: () => said })));
    const closed = new Promise((over) => socket.once("close", over));
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      said += chunk;
    });
  });

/** A statement of which the last bytes are sent when the answer is asked for. */
function sendSlowly() {
  const { statement } = nthStatement(1);
  const body = JSON.stringify(statement);
  const headers = {
    authorization: `Bearer ${instances.token}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
    "content-length": Buffer.byteLength(body),
  };
  const asking = request({ port, host: "127.0.0.1", agent: false, method: "POST", path: "/api/v1/snapshots", headers });
  const answer = new Promise<{ status: number; text: string; connection: string | undefined }>((resolve, reject) => {
    asking.on("error", reject);
    asking.on("response", async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text, connection: response.headers.connection });
    });
  });
  asking.write(body.slice(0, -10));
  return () => {
    asking.end(body.slice(-10));
    return answer;
  };
}

test("what is under way is finished, the proxy is told first, and nothing new begins", async () => {
  const muhlat = instances.all[0];
  if (!muhlat) throw new Error("it did not start");
  const finish = sendSlowly();
  // One that keeps its connection, one that has asked for nothing yet, one that has said half of what it wants.
  const kept = await open("GET /en/method HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(() => kept.said().includes("</html>")).toBe(true);
  const silent = await open();
  const half = await open("GET /en HTTP/1.1\r\nHost: x\r\nX-Half: ");

  const began = performance.now();
  const stopped = muhlat.stop("SIGTERM");
  await sleep(300);
  // For a while it still answers everybody, but says that nobody else should come.
  expect((await fetch(`${muhlat.origin}/api/health/ready`)).status).toBe(503);
  expect((await fetch(`${muhlat.origin}/en`)).status).toBe(200);
  expect(await (await fetch(`${muhlat.origin}/api/health/live`)).json()).toEqual({ status: "live" });

  await Promise.all([kept.closed, silent.closed, half.closed]);
  expect(performance.now() - began).toBeLessThan(10_000);
  await expect(fetch(`${muhlat.origin}/en`)).rejects.toThrow();

  const { status, text, connection } = await finish();
  expect([status, connection]).toEqual([201, "close"]);
  await stopped;
  expect(muhlat.exitCode()).toBe(0);
  expect(muhlat.said()).not.toContain("cut off");
  const { data } = JSON.parse(text);
  const [row] = await instances.owner`select statement_id from derived.snapshots where statement_id = ${data.statement_id}`;
  expect(row).toBeDefined();
});
