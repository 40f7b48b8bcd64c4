import { request as ask } from "node:http";
import { expect, test } from "./fixtures";
import { signIn } from "./people";

// Ways around what stands before the pages: headers that the framework or a proxy would believe, and forms sent by nobody.
// Seen to fail: with the framework's own headers let through (OF_STAFF_PAGES in server/listen.ts) a stranger's question for
// `rsc` was answered by the framework, with a way to its data, instead of with the page; without ROUNDABOUT there
// `/_next/../staff/account` was the page, under the policy of a file; without methodsOf scripts answered OPTIONS with a 500.

const FORGED: Record<string, string>[] = [
  { "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
  { "x-middleware-rewrite": "/staff", "x-middleware-next": "1", "x-middleware-set-cookie": "muhlat-session=x" },
  { "x-nextjs-data": "1", "x-nextjs-rewritten-path": "/staff" },
  { "x-matched-path": "/staff", "x-now-route-matches": "1=staff", "x-invoke-path": "/staff", "x-invoke-status": "200" },
  { "x-original-url": "/staff", "x-rewrite-url": "/staff" },
  { "x-muhlat-address": "127.0.0.1", "x-muhlat-method": "POST", "x-muhlat-path": "/staff" },
  {
    "x-forwarded-host": "elsewhere.example",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "127.0.0.1",
    forwarded: "host=elsewhere.example",
  },
  { host: "elsewhere.example" },
  { rsc: "1", "next-router-state-tree": "%5B%22%22%5D", "next-router-prefetch": "1", "next-url": "/staff" },
  { "content-security-policy": "script-src 'nonce-elsewhere.example'", "x-nonce": "elsewhere.example" },
  { "accept-language": "elsewhere.example", "user-agent": "elsewhere.example", referer: "https://elsewhere.example/" },
  { cookie: "muhlat-session=elsewhere.example; next-auth.session-token=x; __prerender_bypass=x; __next_preview_data=x" },
  { authorization: "Bearer elsewhere.example", "x-prerender-revalidate": "1", purpose: "prefetch", "x-vercel-id": "x" },
];

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** Asks for exactly this address with exactly these headers, which no browser and no fetch would send. */
function asked(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  body?: { method: string; text: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { path, method: body?.method ?? "GET", headers, setHost: !("host" in headers) };
    const question = ask(origin, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    question.on("error", reject).end(body?.text);
  });
}

const origin = (baseURL: string | undefined) => baseURL ?? "";
const STAFF = [
  "/staff",
  "/staff/record",
  "/staff/people",
  "/staff/history",
  "/staff/history/export",
  "/staff/import",
  "/staff/record/kg-gray-list-2025-07-01",
];

test("no header opens a page of staff", async ({ baseURL }) => {
  for (const path of STAFF)
    for (const headers of FORGED) {
      const { status, text, headers: said } = await asked(origin(baseURL), path, headers);
      expect([307, 401], `${path} ${JSON.stringify(headers)}`).toContain(status);
      expect(text).not.toContain('class="who"');
      // Whoever is led to sign-in is led to ours.
      expect(String(said.location ?? "/")).toMatch(/^(?:\/|http:\/\/127\.0\.0\.1:\d+\/)/);
    }
});

/** Ways round to an address, as no browser writes them: the framework would straighten them after we have looked. */
const roundabout = (path: string) => [
  `/_next/..${path}`,
  `/en/%2e%2e${path}`,
  `/api/v1/../..${path}`,
  `/.${path}`,
  path.replace(/(?<=.)\//, "\\"),
  `http://elsewhere.example${path}`,
];

test("no way round leads past what is asked of an address, and none to a stranger", async ({ page, baseURL }) => {
  await signIn(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  for (const path of roundabout("/staff/account")) {
    const read = await asked(origin(baseURL), path, { cookie });
    expect(read.status, path).toBe(404);
    expect(String(read.headers.location ?? "")).toBe("");
    expect(read.text, path).not.toContain('class="who"');
    // Nothing there takes a form.
    const junk = { cookie, origin: origin(baseURL), "next-action": "0".repeat(42), "content-type": "text/plain;charset=UTF-8" };
    const sent = await asked(origin(baseURL), path, junk, { method: "POST", text: "{" });
    expect(sent.status, path).toBe(405);
  }
  for (const path of roundabout("/og/kg.png")) expect((await asked(origin(baseURL), path)).status, path).toBe(404);
  expect((await asked(origin(baseURL), "/staff/account", { cookie })).status).toBe(200);
});

test("nothing but reading is answered on public pages and files, and but forms on those of staff", async ({ request, baseURL }) => {
  const htmlOf = async (path: string) => (await request.get(path)).text();
  const [ours = ""] = /\/js\/[\w-]+\.js/.exec(await htmlOf("/en/explore")) ?? [];
  const [framework = ""] = /\/_next\/static\/[\w./-]+\.js/.exec(await htmlOf("/staff/sign-in")) ?? [];
  expect([ours, framework]).not.toContain("");
  const open = [ours, framework, "/en", "/icons/apple-touch-icon.png", "/feed/kg.atom", "/data/snapshots.csv", "/api/time", "/nothing"];
  for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"])
    for (const path of [...open, "/staff/sign-in"]) {
      if (method === "POST" && path === "/staff/sign-in") continue;
      const answer = await request.fetch(path, { method, headers: { origin: origin(baseURL) } });
      expect(answer.status(), `${method} ${path}`).toBe(405);
      expect(answer.headers().allow).toBe(path === "/staff/sign-in" ? "GET, HEAD, POST" : "GET, HEAD");
    }
});

test("no header changes what others are shown", async ({ baseURL }) => {
  const KEPT = [
    "/en",
    "/ky/countries/kg",
    "/ru/deadlines",
    "/uz/explore?c=kg",
    "/feed/kg.atom",
    "/calendar/kg.ics?lang=ky",
    "/api/v1/countries",
  ];
  for (const path of [...KEPT, "/sitemap.xml", "/robots.txt", "/data/catalog.jsonld", "/manifest.webmanifest?lang=ky", "/en/nowhere"]) {
    const plain = await asked(origin(baseURL), path);
    for (const headers of FORGED) {
      const forged = await asked(origin(baseURL), path, headers);
      expect([plain.status, 307, 308], path).toContain(forged.status);
      expect(forged.text, `${path} ${JSON.stringify(headers)}`).not.toContain("elsewhere.example");
      expect(JSON.stringify(forged.headers), path).not.toContain("elsewhere.example");
      if (headers.rsc) expect(forged.headers["content-type"], path).toBe(plain.headers["content-type"]);
    }
    const after = await asked(origin(baseURL), path);
    expect(after.status, path).toBe(plain.status);
    expect(after.text, path).not.toContain("elsewhere.example");
    if (KEPT.includes(path)) expect(after.headers["set-cookie"], path).toBeUndefined();
  }
});

test("an action of a form is done for nobody, whoever learned its name", async ({ page, request, baseURL }) => {
  // The names of actions stand in the pages of those who may use them.
  await signIn(page);
  await page.goto("/staff/events/new");
  const html = await page.content();
  const names = [...new Set([...html.matchAll(/\$ACTION_(?:ID_)?([0-9a-f]{40,})/g)].map(([, name = ""]) => name))];
  const chunks = [...html.matchAll(/src="(\/_next\/static\/chunks\/[^"]+\.js)"/g)].map(([, file = ""]) => file);
  for (const file of chunks)
    for (const [, name = ""] of (await (await request.get(file)).text()).matchAll(/"([0-9a-f]{42})"/g)) names.push(name);
  expect(names.length).toBeGreaterThan(0);
  const eventsBefore = (await request.get("/api/v1/events")).text();
  const own = origin(baseURL);
  for (const name of names)
    for (const path of ["/staff/events/new", "/en", "/staff/people/new", "/staff/sign-in"]) {
      const arguments_ = JSON.stringify(["x", {}, {}]);
      const { status, text } = await asked(
        own,
        path,
        { origin: own, "next-action": name, "content-type": "text/plain;charset=UTF-8" },
        { method: "POST", text: arguments_ },
      );
      expect(status, `${name} on ${path}`).not.toBe(201);
      expect(text).not.toContain("correct horse");
      expect(text).not.toMatch(/\bat [\w.<>]+ \(|node_modules/);
      const foreign = await asked(
        own,
        path,
        { origin: "https://elsewhere.example", "next-action": name },
        { method: "POST", text: arguments_ },
      );
      expect(foreign.status).toBe(403);
      const silent = await asked(own, path, { "next-action": name }, { method: "POST", text: arguments_ });
      expect(silent.status).toBe(403);
    }
  expect(await (await request.get("/api/v1/events")).text()).toBe(await eventsBefore);
});
