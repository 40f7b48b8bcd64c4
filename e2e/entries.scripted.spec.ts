import { randomUUID } from "node:crypto";
import { type Instances, nthStatement, openInstances } from "../tests/setup/instances";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// What programs send comes past the framework: here it is sent to a running server, as they do.

let instances: Instances;
let origin = "";

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  instances = await openInstances([await freePort()]);
  origin = instances.origins[0] ?? "";
});
test.afterAll(() => instances?.close());

type Sending = { path?: string; method?: string; key?: string; headers?: Record<string, string> };

const send = (
  body: string | ReadableStream,
  { path = "/api/v1/snapshots", method = "POST", key = randomUUID(), headers = {} }: Sending = {},
) =>
  fetch(`${origin}${path}`, {
    method,
    body,
    redirect: "manual",
    headers: { authorization: `Bearer ${instances.token}`, "content-type": "application/json", "idempotency-key": key, ...headers },
    ...(body instanceof ReadableStream && { duplex: "half" }),
  } as RequestInit);
const nth = (n: number) => JSON.stringify(nthStatement(n).statement);

test("an entry is answered once for its key, with everything that is said of an answer", async () => {
  const key = randomUUID();
  const first = await send(nth(1), { key });
  expect(first.status).toBe(201);
  const { data } = await first.clone().json();
  const text = await first.text();
  expect(Object.fromEntries(first.headers)).toMatchObject({
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-length": String(Buffer.byteLength(text)),
    location: `/api/v1/snapshots/${data.statement_id}`,
    "x-content-type-options": "nosniff",
    "x-request-id": expect.stringMatching(/^[\w-]{36}$/),
    "content-security-policy": expect.any(String),
    ratelimit: expect.stringContaining('"default";r='),
  });
  expect(first.headers.get("access-control-allow-origin")).toBeNull();
  expect(first.headers.get("set-cookie")).toBeNull();
  // Whichever way the address is written.
  for (const path of ["/api/v1/snapshots", "/api/v1/snap%73hots"]) {
    const again = await send(nth(1), { key, path });
    expect([again.status, await again.text()]).toEqual([200, text]);
  }
  expect((await fetch(`${origin}${first.headers.get("location")}`)).status).toBe(200);
});

test("a body without a length, another method, too much, and no token are answered in the same words as ever", async () => {
  const pieces = new ReadableStream({
    start(controller) {
      for (const piece of [nth(2).slice(0, 20), nth(2).slice(20)]) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
  expect((await send(pieces)).status).toBe(201);
  const refusals: [Response, number, string][] = [
    [await send(nth(3), { method: "PUT" }), 405, "method"],
    [await send(JSON.stringify({ note: "x".repeat(70_000) })), 413, "too_large"],
    [await send(nth(3), { headers: { authorization: "" } }), 401, "token_missing"],
    [await send(nth(3), { path: "/api/v1/snapshots?dry_run=1" }), 400, "parameter"],
    [await send(nth(3), { path: "/api/v1/snapshots?__proto__=1" }), 400, "parameter"],
    [await send("{", {}), 400, "malformed"],
  ];
  for (const [answer, status, code] of refusals) {
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json; charset=utf-8"]);
    expect((await answer.json()).type).toBe(`/api/v1/problems/${code}`);
  }
  expect(refusals[0]?.[0].headers.get("allow")).toContain("POST");
  expect(refusals[2]?.[0].headers.get("www-authenticate")).toContain("Bearer");
});

test("of many that come at once each is answered with its own, and all are public then", async () => {
  const numbers = Array.from({ length: 60 }, (_, n) => n + 10);
  const answers = await Promise.all(numbers.map((n) => send(nth(n))));
  expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 201));
  for (const [place, answer] of answers.entries()) {
    const { data } = await answer.json();
    expect(data).toMatchObject(JSON.parse(nth(numbers[place] ?? 0), (name, value) => (name === "confirm" ? undefined : value)));
    const shown = await (await fetch(`${origin}/api/v1/snapshots/${data.statement_id}`)).json();
    expect(shown.data[0]).toMatchObject({ country: data.country, as_of: data.as_of, value: data.value });
  }
  const page = await (await fetch(`${origin}/en/countries/kg`)).text();
  const last = numbers.map((n) => nthStatement(n).statement).findLast(({ country }) => country === "KG");
  expect(page).toContain(new Intl.NumberFormat("en").format(Number(last?.value)));
});
