import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

const run = promisify(execFile);
const API = "/api/v1/snapshots";

test.use({ expectsMissing: true });

// Other specs look at the figures of other countries.

/** Makes a token for two countries as the admin who is signed in, and takes it from the page as they would. */
async function madeToken(page: Page, name: string, publishes: boolean): Promise<string> {
  await page.goto("/staff/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  for (const country of ["Moldova", "Kyrgyzstan"]) await page.getByLabel(country).check();
  if (publishes) await page.getByLabel("What it sends is public at once").check();
  await page.getByLabel("Holds for").selectOption("30");
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByRole("heading", { name: `The token “${name}” is made` })).toBeVisible();
  return page.getByLabel("Token", { exact: true }).inputValue();
}

/** A program's part: what is unlikely is sent once more, with the same key and the codes that it was told. */
async function record(request: APIRequestContext, token: string, key: string, data: object) {
  const sent = await send(request, token, key, data);
  if (sent.status() !== 422) return { answer: sent, data };
  const { type, warnings } = await sent.json();
  expect(type).toBe("/api/v1/problems/warned");
  const confirmed = { ...data, confirm: warnings.map(({ code }: { code: string }) => code) };
  return { answer: await send(request, token, key, confirmed), data: confirmed };
}

const send = (request: APIRequestContext, token: string, key: string, data: object) =>
  request.post(API, { data, headers: { authorization: `Bearer ${token}`, "idempotency-key": key } });

test("an admin makes a token, a program records with it, a person publishes, and the token is ended", async ({ page, request }, info) => {
  const unique = `${info.retry}-${Date.now().toString(36)}`;
  const name = `Consulate ${unique}`;
  await signIn(page);
  await page.getByRole("navigation", { name: "Staff pages" }).getByRole("link", { name: "Tokens" }).click();
  await page.getByRole("link", { name: "Make a token" }).click();
  await page.getByRole("button", { name: "Make the token" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Name: This is needed.");
  await expect(alert).toContainText("Countries: This is needed.");
  await expectNoAxeViolations(page);
  const token = await madeToken(page, name, false);
  expect(token).toMatch(/^muhlat_[A-Za-z0-9_-]{43}$/);
  // Where the same form arrives once more, it is the same token, and its text is gone.
  await page.reload();
  await expect(page.getByRole("main")).toContainText("it cannot be shown again");
  expect(await page.content()).not.toContain(token);
  await page.getByRole("link", { name: `Open “${name}”` }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(token);
  await expect(page.getByRole("main")).toContainText("never");
  const address = page.url();

  const statement = {
    country: "MD",
    measure: "regularised",
    as_of: "2026-05",
    value: 4711,
    qualifier: "exact",
    source: { title: `Count of the consulate ${unique}` },
  };
  const key = `moscow:${unique}`;
  const { answer: first, data: taken } = await record(request, token, key, statement);
  expect(first.status()).toBe(201);
  expect(first.headers().ratelimit).toMatch(/^"default";r=\d+;t=\d+$/);
  const { data } = await first.json();
  expect(data).toMatchObject({ state: "waiting", url: null, value: 4711 });
  const again = await send(request, token, key, taken);
  expect([again.status(), await again.text()]).toEqual([200, await first.text()]);
  // It is no way in, and reads nothing that is not public.
  const headers = { authorization: `Bearer ${token}`, cookie: `muhlat-session=${token}` };
  expect((await request.get("/staff/tokens", { headers })).url()).toContain("/staff/sign-in");
  expect((await request.get(`${API}/${data.statement_id}`, { headers })).status()).toBe(404);
  expect((await request.post("/staff/record", { headers, form: { country: "KG" } })).status()).toBe(403);

  await page.goto("/staff/review");
  const waiting = page
    .getByRole("listitem")
    .filter({ hasText: `token “${name}” of` })
    .first();
  await waiting.getByRole("link", { name: "New: Moldova · Settled their status · 4,711 · May 2026" }).click();
  await expect(page.getByRole("main")).toContainText(`token “${name}” of`);
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Published. It is part of the record now.")).toBeVisible();
  expect((await (await request.get(`${API}/${data.statement_id}`)).json()).data).toMatchObject([{ value: 4711, revision: 1 }]);
  await page.goto(`/staff/record/${data.statement_id}`);
  await expect(page.getByRole("main")).toContainText(`token “${name}” of`);

  await page.goto("/en/data");
  const code = (await page.locator("pre#entry-curl").textContent()) ?? "";
  const there = await run("curl", ["--version"]).then(
    () => true,
    () => false,
  );
  // The example is for readers' machines; a test on the database sends it where this machine has no curl.
  if (there) {
    const { stdout } = await run("bash", ["-c", code], { env: { ...process.env, MUHLAT_TOKEN: token } });
    const example = JSON.parse(stdout).data;
    expect(example).toMatchObject({ state: "waiting", country: "KG" });
    // Whoever made the token answers for it, and takes it back.
    await page.goto("/staff/review");
    await page
      .getByRole("link", { name: /^New: Kyrgyzstan · Gray list · 73,278/ })
      .first()
      .click();
    await expect(page.getByRole("main")).toContainText(`token “${name}” of`);
    await page.getByRole("button", { name: "Take it back" }).click();
    await expect(page.getByText("Taken back.")).toBeVisible();
  }

  await page.goto(address);
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "End this token" }).click();
  await expect(page.getByRole("status")).toContainText("Ended.");
  const refused = await send(request, token, `${key}:2`, statement);
  expect([refused.status(), refused.headers()["www-authenticate"]]).toEqual([401, 'Bearer realm="Muhlat", error="invalid_token"']);
  expect(await refused.json()).toMatchObject({ type: "/api/v1/problems/token_ended" });
  await page.goto(address);
  await expect(page.getByRole("main")).toContainText("after it was ended");
  await expect(page.getByRole("button", { name: "End this token" })).toHaveCount(0);
});

test("what a token publishes is on every kept page before it is acknowledged", async ({ page, request }, info) => {
  const unique = `${info.retry}-${Date.now().toString(36)}`;
  await signIn(page);
  const token = await madeToken(page, `Ministry ${unique}`, true);
  for (const month of ["2026-03", "2026-04"]) {
    const title = `Letter ${month} ${unique}`;
    expect(await (await request.get("/en/countries/md")).text()).not.toContain(title);
    const data = { country: "MD", measure: "removed", as_of: month, value: 5120, qualifier: "exact", source: { title } };
    const { answer } = await record(request, token, `${unique}:${month}`, data);
    expect([answer.status(), (await answer.json()).data?.state]).toEqual([201, "published"]);
    expect(await (await request.get("/en/countries/md")).text()).toContain(title);
  }
});

test("what no statement can be is refused by the server, and no page of strangers may send one", async ({ request }) => {
  const large = await request.post(API, { data: { note: "x".repeat(70_000) } });
  expect([large.status(), (await large.json()).type]).toEqual([413, "/api/v1/problems/too_large"]);
  const nobody = await request.post(API, { data: {}, headers: { origin: "https://elsewhere.example" } });
  expect([nobody.status(), nobody.headers()["access-control-allow-origin"]]).toEqual([401, undefined]);
  const asked = await request.fetch(API, {
    method: "OPTIONS",
    headers: {
      origin: "https://elsewhere.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,idempotency-key",
    },
  });
  expect(asked.headers()["access-control-allow-headers"]).not.toMatch(/authorization/i);
  expect(asked.headers()["access-control-allow-methods"]).not.toContain("POST");
});
