import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";

test("a stranger checks a figure by hand, from the page alone and from the API", async ({ page, request }) => {
  await page.goto("/en/data");
  await page.getByRole("contentinfo").getByRole("link", { name: "The ledger" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The ledger" })).toBeVisible();
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-by-hand-"));
  for (const id of ["its-content", "its-entry", "its-head"]) {
    const command = await page.locator(`#${id}`).textContent();
    const answer = await page.locator(`#${id}-answer`).textContent();
    expect(execFileSync("sh", ["-c", command ?? ""], { cwd: folder, encoding: "utf8" }).trim(), id).toBe(answer?.trim());
  }
  rmSync(folder, { recursive: true });

  // The same hash from the API's own answer, about the figure that the page leads to.
  const said = ((await page.locator("#its-content-answer").textContent()) ?? "").split(" ")[0];
  await page.getByRole("link", { name: "the figure", exact: true }).click();
  const entry = page.getByRole("link", { name: /Sealed in the ledger as entry/ }).first();
  const { data } = await (await request.get((await entry.getAttribute("href")) ?? "")).json();
  expect(data[0].content_hash).toBe(said);
  expect(createHash("sha256").update(data[0].content).digest("hex")).toBe(said);
  expect(page.url()).toContain(data[0].id);
});

test("the ledger says the same in every language, and its head is the API's", async ({ page, request }) => {
  for (const language of ["ky", "ru", "uz", "tg"]) {
    await page.goto(`/${language}/ledger`);
    await expect(page.locator("#head")).toBeVisible();
    expect((await page.locator("#by-hand ~ figure").count()) > 0).toBe(true);
  }
  const { data } = await (await request.get("/api/v1/ledger/head")).json();
  expect(data.signature).toHaveLength(88);
  const feed = await request.get("/feed/ledger.atom?lang=ky");
  expect(feed.headers()["content-type"]).toBe("application/atom+xml; charset=utf-8");
});
