import { randomUUID } from "node:crypto";
import { request as plainly } from "node:http";
import { request as securely } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { type Instances, nthStatement, openInstances } from "../tests/setup/instances";
import { type Nginx, startShippedNginx } from "../tests/setup/nginx";
import { PASSWORD, RECORDER } from "../tests/setup/record";
import { expect, test } from "./fixtures";
import { freePort } from "./free-port";

// The nginx configuration of deploy/, as it is shipped, in front of two instances: their addresses, folders and the
// certificate are all that is changed.

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };
type Asking = { method?: string; headers?: Record<string, string>; body?: string };

let instances: Instances;
let nginx: Nginx;
let plain = "";

test.describe.configure({ mode: "serial", timeout: 180_000 });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const [port, plainPort, one, two] = [await freePort(), await freePort(), await freePort(), await freePort()];
  nginx = await startShippedNginx(port, plainPort, [one, two]);
  plain = `http://127.0.0.1:${plainPort}`;
  instances = await openInstances([one, two], nginx.origin, { TRUST_PROXY: "1" });
});
test.afterAll(async () => {
  await nginx?.stop();
  await instances?.close();
});

/** Asks an address; the certificate is nobody's. */
function ask(address: string, { method = "GET", headers = {}, body }: Asking = {}): Promise<Answer> {
  const url = address.startsWith("/") ? nginx.origin + address : address;
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:") ? securely : plainly;
    const asking = request(url, { method, headers, rejectUnauthorized: false, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }));
      answer.on("error", reject);
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

const cache = async (address: string, headers: Record<string, string> = {}) => (await ask(address, { headers })).headers["x-cache"];

function publish(n: number, through = nginx.origin) {
  const { country, statement } = nthStatement(n);
  const headers = { authorization: `Bearer ${instances.token}`, "content-type": "application/json", "idempotency-key": randomUUID() };
  const sent = ask(`${through}/api/v1/snapshots`, { method: "POST", headers, body: JSON.stringify(statement) });
  return sent.then(({ status, headers: said, body }) => {
    expect(status, body.toString()).toBe(201);
    return { page: `/en/countries/${country.toLowerCase()}`, id: `${said.location}`.split("/").at(-1) ?? "" };
  });
}

/** A session as a person begins one, through all of it. */
async function signedIn(): Promise<{ answer: Answer; cookie: string }> {
  const form = new URLSearchParams({ email: `${RECORDER.personId}@example.org`, password: PASSWORD, to: "/staff" });
  const headers = { origin: nginx.origin, "content-type": "application/x-www-form-urlencoded" };
  const answer = await ask("/staff/sign-in/password", { method: "POST", headers, body: form.toString() });
  const cookie = [answer.headers["set-cookie"] ?? []].flat().find((each) => each.startsWith("__Host-muhlat-session="));
  return { answer, cookie: cookie?.split(";")[0] ?? "" };
}

test("a page is asked of an instance once and then answered by nginx, the same bytes in each encoding", async () => {
  for (const [encoding, accepts] of [
    ["br", "gzip, deflate, br"],
    ["gzip", "gzip;q=1.0"],
    [undefined, "br;q=0"],
  ] as const) {
    const headers = { "accept-encoding": accepts };
    await expect.poll(() => cache("/en/method", headers), { timeout: 30_000 }).toBe("HIT");
    const kept = await ask("/en/method", { headers: { "accept-encoding": accepts.replaceAll(", ", ",") } });
    const own = await ask(`${instances.origins[0]}/en/method`, { headers });
    expect([kept.status, kept.headers["content-encoding"], kept.body.equals(own.body)]).toEqual([200, encoding, true]);
    for (const name of ["etag", "content-type", "content-security-policy", "cache-control", "content-encoding"])
      expect(kept.headers[name], name).toBe(own.headers[name]);
    // It is no answer to one request.
    expect(kept.headers["x-request-id"]).toBeUndefined();
    // What one proxy is told goes no further; networks before it are told the same in their own field.
    expect(kept.headers["x-accel-expires"]).toBeUndefined();
    expect(kept.headers["cdn-cache-control"]).toBe("max-age=1, stale-if-error=86400");
    const again = await ask("/en/method", { headers: { ...headers, "if-none-match": `${kept.headers.etag}` } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  }
  // A second later nginx asks whether it has changed, and is told in a few bytes that it has not.
  await sleep(2100);
  expect(await cache("/en/method")).toBe("REVALIDATED");
});

test("what is published is seen at once by who is signed in, and within two seconds by everybody", async () => {
  const { cookie } = await signedIn();
  for (const n of [1, 2, 3]) {
    const { page: before } = { page: `/en/countries/${nthStatement(n).country.toLowerCase()}` };
    await expect.poll(() => cache(before)).toBe("HIT");
    const { page, id } = await publish(n);
    const acknowledged = performance.now();
    const own = await ask(page, { headers: { cookie } });
    expect([own.headers["x-cache"], own.body.toString().includes(`/snapshots/${id}`)]).toEqual(["BYPASS", true]);
    await expect.poll(async () => (await ask(page)).body.toString().includes(`/snapshots/${id}`), { intervals: [50] }).toBe(true);
    expect(performance.now() - acknowledged).toBeLessThan(2500);
  }
});

test("requests are counted for the address nginx sees, whatever a client says it was forwarded for", async () => {
  const left = async (headers: Record<string, string>) =>
    Number(/r=(\d+)/.exec(`${(await ask("/api/v1/measures", { headers })).headers.ratelimit}`)?.[1]);
  const counted: number[] = [];
  for (let n = 0; n < 8; n += 1)
    counted.push(await left({ "x-forwarded-for": `203.0.113.${n}`, forwarded: `for=203.0.113.${n}`, "x-real-ip": `203.0.113.${n}` }));
  // Two instances count for themselves: of eight requests one of them has had four at least.
  expect(Math.min(...counted)).toBeLessThanOrEqual(596);
  // The other way round: each forged address would have all of its own.
  expect(counted.filter((each) => each === 599).length).toBeLessThanOrEqual(2);
});

test("the desk works through it, and no answer with a cookie, of staff or to a program is kept", async () => {
  const { answer, cookie } = await signedIn();
  expect([answer.status, answer.headers.location]).toEqual([303, "/staff"]);
  expect(`${answer.headers["set-cookie"]}`).toContain("__Host-muhlat-session=");
  const desk = await ask("/staff", { headers: { cookie } });
  expect(desk.status).toBe(200);
  expect(desk.headers["cache-control"]).toContain("no-store");
  for (const address of ["/staff", "/staff/sign-in", "/api/v1/measures", "/api/v1/snapshots", "/data/snapshots.csv", "/"])
    for (const turn of [1, 2, 3]) {
      const { headers, status } = await ask(address, { headers: turn === 2 ? { cookie } : {} });
      expect([undefined, "MISS", "BYPASS"], `${address} ${status}`).toContain(headers["x-cache"]);
    }
  const foreign = await ask("/staff/sign-in/password", { method: "POST", headers: { origin: "https://elsewhere.example" }, body: "a=b" });
  expect(foreign.status).toBe(403);
  expect((await ask(`${plain}/en`)).headers.location).toBe("https://muhlat.example/en");
});

test("where one instance falls nobody notices; where all have fallen pages are there still", async () => {
  for (const page of ["/en", "/ky/countries/kg"]) expect((await ask(page)).status).toBe(200);
  await instances.all[0]?.stop("SIGKILL");
  instances.all[0] = undefined;
  for (let n = 0; n < 20; n += 1) expect((await ask(`/en/countries/kg?turn=${n}`)).status).toBe(200);
  for (const n of [4, 5, 6, 7]) await publish(n);
  await instances.all[1]?.stop("SIGKILL");
  instances.all[1] = undefined;
  await sleep(2100);
  for (const page of ["/en", "/ky/countries/kg"]) {
    const { status, headers } = await ask(page);
    expect([status, headers["x-cache"]]).toEqual([200, "STALE"]);
  }
  expect((await ask("/ky/countries/fr")).status).toBe(502);
  expect((await ask("/staff/sign-in")).status).toBe(502);
  await instances.start(0);
  await expect.poll(async () => (await ask("/staff/sign-in")).status, { timeout: 15_000 }).toBe(200);
});
