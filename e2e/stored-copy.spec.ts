import { request as ask } from "node:http";
import type { Page } from "@playwright/test";
import { pdf, pngOf } from "../tests/copies/documents";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

test.use({ expectsMissing: true });

const MB = 1024 * 1024;

/** Opens the staff page of the source behind a figure, and answers the source's id. */
async function openSource(page: Page, figureId: string): Promise<string> {
  await page.goto(`/staff/record/${figureId}`);
  await page.locator('a[href^="/staff/sources/"]').first().click();
  await expect(page.getByRole("heading", { level: 2, name: "What rests on this source" })).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

const FILE = "The document: PDF, PNG or JPEG";
const alertOf = (page: Page) => page.getByRole("main").getByRole("alert").first();

test("a document is stored, shown to the public when an admin allows it, and not any more when stopped", async ({ page }, info) => {
  const scripts = info.project.name === "scripts-on";
  const figureId = scripts ? "kg-present-2022" : "kg-present-2025-01";
  const document = pdf(`/Lang (${info.project.name} ${info.retry}) `);
  await signIn(page);
  const sourceId = await openSource(page, figureId);
  const address = `/sources/${sourceId}/copy`;
  await expect(page.locator(`a[href="/staff/record/${figureId}"]`)).toBeVisible();
  await expectNoAxeViolations(page);
  expect((await page.request.get(`/staff${address}`)).status()).toBe(404);

  // What is refused is told in words, and what was sent already is kept.
  const reason = page.getByLabel("Reason for the change").last();
  const send = page.getByRole("button", { name: "Store the copy" });
  await reason.fill("The page may go");
  await page.getByLabel(FILE).setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ not a PDF") });
  await send.click();
  await expect(alertOf(page)).toContainText(`${FILE}: This is not a whole PDF, PNG or JPEG file`);
  await expect(reason).toHaveValue("The page may go");
  await expectNoAxeViolations(page);
  await reason.fill("");
  await page.getByLabel(FILE).setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) });
  await send.click();
  await expect(alertOf(page)).toContainText(`${FILE}: This file is empty.`);
  await page.getByLabel(FILE).setInputFiles([]);
  await send.click();
  await expect(alertOf(page)).toContainText(`${FILE}: This is needed.`);
  await page.getByLabel(FILE).setInputFiles({ name: "letter.exe", mimeType: "text/html", buffer: document });
  await send.click();
  await expect(alertOf(page)).toContainText("Reason for the change: This is needed.");
  await expect(page.getByText("The file you sent is kept")).toBeVisible();
  await reason.fill("The page may go");
  await send.click();
  await expect(page.getByText("The copy is stored. The public does not see it yet.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Stored copy \(PDF, 0\.\d KB\)/ })).toHaveAttribute("href", `/staff${address}`);
  await expect(page.getByRole("main")).toContainText("Only staff see this copy. Sent by ");
  await expectNoAxeViolations(page);

  const staffs = await page.request.get(`/staff${address}`);
  expect(await staffs.body()).toEqual(document);
  expect(staffs.headers()["cache-control"]).toBe("private, no-cache");
  const stranger = await page.context().browser()?.newContext({ baseURL: info.project.use.baseURL });
  const publicly = (options?: object) => stranger?.request.fetch(address, options);
  const missing = await publicly();
  expect(missing?.status()).toBe(404);
  expect(await missing?.text()).toBe("There is no stored copy here, or the public may not see it.\n");
  expect(missing?.headers()["content-security-policy"]).toBe("default-src 'none'; frame-ancestors 'none'");
  const door = await stranger?.request.get(`/staff${address}`, { maxRedirects: 0 });
  expect(door?.status()).toBe(307);

  await page.getByLabel("Reason for the change").first().fill("We may publish it");
  await page.getByRole("button", { name: "Show it to the public" }).click();
  await expect(page.getByText("The public sees the copy now.")).toBeVisible();
  const answer = await publicly();
  expect(await answer?.body()).toEqual(document);
  expect(answer?.headers()).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": `inline; filename="muhlat-${sourceId}.pdf"`,
    "x-content-type-options": "nosniff",
    "cache-control": "public, no-cache",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  });
  const tag = answer?.headers().etag ?? "";
  expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
  expect((await publicly({ headers: { "If-None-Match": `"x", W/${tag}` } }))?.status()).toBe(304);
  expect((await publicly({ headers: { "If-None-Match": '"x"' } }))?.status()).toBe(200);
  const head = await publicly({ method: "HEAD" });
  expect([head?.status(), head?.headers().etag, (await head?.body())?.length]).toEqual([200, tag, 0]);

  await page.goto(`/en/snapshots/${figureId}`);
  await expect(page.getByRole("link", { name: /Stored copy \(PDF/ })).toHaveAttribute("href", address);
  await expect(page.getByRole("main")).toContainText(tag.slice(1, -1));
  await expectNoAxeViolations(page);

  await page.goto(`/staff/sources/${sourceId}`);
  await page.getByLabel("Reason for the change").first().fill("It names people");
  await page.getByRole("button", { name: "Stop showing it" }).click();
  await expect(page.getByText("The public does not see the copy any more.")).toBeVisible();
  const history = page.getByRole("list").filter({ has: page.getByRole("heading", { name: "Revision 1" }) });
  await expect(history.getByRole("listitem").first()).toContainText("It names people");
  expect((await publicly())?.status()).toBe(404);
  expect((await publicly({ headers: { "If-None-Match": tag } }))?.status()).toBe(404);
  await page.goto(`/en/snapshots/${figureId}`);
  await expect(page.getByRole("link", { name: /Stored copy/ })).toHaveCount(0);
  await stranger?.close();
});

test("a file that is too large is told in words, with script before it is sent", async ({ page, browser }, info) => {
  await signIn(page);
  await openSource(page, "kg-present-2023");
  const choose = (on: Page, size: number) =>
    on.getByLabel(FILE).setInputFiles({ name: "a.png", mimeType: "image/png", buffer: pngOf(size) });
  await choose(page, 10 * MB + 1);
  if (info.project.name === "scripts-on") {
    await expect(alertOf(page)).toContainText("This file is too large: at most 10 MB.");
    await expect(page.getByLabel(FILE)).toHaveValue("");
    // What one meant to send is not left out in silence.
    await page.getByRole("button", { name: "Store the copy" }).click();
    await expect(page.getByRole("link", { name: FILE })).toBeVisible();
    await page.getByRole("button", { name: "Go on without the document" }).click();
    await expect(page.getByRole("button", { name: "Go on without the document" })).toHaveCount(0);
    return;
  }
  await page.getByRole("button", { name: "Store the copy" }).click();
  await expect(alertOf(page)).toContainText(`${FILE}: This file is too large: at most 10 MB.`);
  // In a browser of its own, whose own message about the status is none of ours.
  const context = await browser.newContext({ storageState: await page.context().storageState(), javaScriptEnabled: false });
  const other = await context.newPage();
  await other.goto(page.url());
  await choose(other, 20 * MB);
  await other.getByRole("button", { name: "Store the copy" }).click();
  await expect(other.locator("body")).toContainText("What you sent is too large: at most 10 MB at a time. Nothing was saved.");
  await context.close();
});

test("a change made meanwhile is told, and can be made again on top of it", async ({ page, context }, info) => {
  await signIn(page);
  const sourceId = await openSource(page, info.project.name === "scripts-on" ? "kg-present-2024" : "kg-present-2026-01-30");
  const other = await context.newPage();
  await other.goto(`/staff/sources/${sourceId}`);
  const store = async (on: Page, words: string) => {
    const buffer = pdf(`/Lang (${words} ${info.project.name} ${info.retry}) `);
    await on.getByLabel(FILE).setInputFiles({ name: "a.pdf", mimeType: "application/pdf", buffer });
    await on.getByLabel("Reason for the change").last().fill(words);
    await on.getByRole("button", { name: "Store the copy" }).click();
  };
  await store(other, "The first");
  await expect(other.getByText("The copy is stored.")).toBeVisible();
  await store(page, "The second");
  await expect(alertOf(page)).toContainText("Somebody has changed this statement since you opened it");
  await expect(page.getByRole("heading", { name: "Revision 2" })).toBeVisible();
  await page.getByRole("button", { name: "Store the copy" }).click();
  await expect(page.getByText("The copy is stored.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Revision 3" })).toBeVisible();
});

/** Sends a body as it is, its length said or not, and reads the answer. */
function sent(origin: string, size: number, said: boolean): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { Origin: origin, "Content-Type": "application/x-www-form-urlencoded", ...(said ? { "Content-Length": size } : {}) };
    const request = ask(`${origin}/staff/sign-in`, { method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode, text }));
    });
    request.on("error", reject);
    for (let left = size; left > 0; left -= MB) request.write(Buffer.alloc(Math.min(left, MB), "a"));
    request.end();
  });
}

test("whatever is sent in one piece above the limit is answered in one sentence", async ({ baseURL }) => {
  const origin = baseURL ?? "";
  for (const said of [true, false]) {
    const refused = await sent(origin, 12 * MB, said);
    expect(refused.status).toBe(413);
    expect(refused.text).toMatch(/^What you sent is too large: at most 10 MB at a time\. [^\n]*\n$/);
    expect((await sent(origin, 1000, said)).status).not.toBe(413);
  }
});
