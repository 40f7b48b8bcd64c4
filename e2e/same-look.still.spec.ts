import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { embeddedAddress, type PlainNext, startPlainNext } from "../tests/setup/plain-next";
import { test as base, expect } from "./fixtures";
import { freePort } from "./free-port";

// The same page as the framework sends it, and as it goes out: it must look and read the same, with scripts and without.

const PAGES = [
  "/en",
  "/ky/countries/kg",
  "/ru/countries/tj",
  "/tg/deadlines",
  "/en/snapshots/kg-gray-list-2025-07-01",
  "/uz/corrections",
  "/en/method",
  "/ky/explore?c=kg,tj,all&v=index",
  "/ru/back-test",
  "/en/as-known/2025-07-26/countries/kg",
  "/uz/deadlines/ru-regularisation",
];

const test = base.extend<object, { plain: PlainNext }>({
  plain: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
    async ({}, use, { project }) => {
      const database = embeddedAddress(process.env.MUHLAT_E2E_DATA ?? "");
      const plain = await startPlainNext(await freePort(), database, project.use.baseURL);
      await use(plain);
      await plain.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** What changes by itself from one second to the next, and what is not seen. */
const MOVING = "[data-ticking], .counted";

type Look = { picture: Buffer; words: string; tree: string };

async function lookOf(page: Page, address: string, scripts: boolean): Promise<Look> {
  // A machine that is busy answers with the last document and a line above it; what is compared is what it says now.
  await expect(async () => {
    await page.goto(address, { waitUntil: "networkidle" });
    await expect(page.locator("main > .band[role=status]")).toHaveCount(0, { timeout: 100 });
  }).toPass({ timeout: 60_000 });
  // What ticks begins once the server has told the time.
  if (scripts) for (const ticking of await page.locator("[data-ticking]").all()) await expect(ticking).toBeVisible({ timeout: 30_000 });
  return {
    picture: await page.screenshot({ fullPage: true, animations: "disabled", mask: [page.locator(MOVING)] }),
    words: (await page.getByRole("main").innerText()).replaceAll(/\d+:\d\d(:\d\d)?/g, ""),
    tree: (await page.getByRole("main").ariaSnapshot()).replaceAll(/\d+:\d\d(:\d\d)?/g, ""),
  };
}

for (const javaScriptEnabled of [true, false])
  test(`a page freed of the framework looks and reads as it did, scripts ${javaScriptEnabled ? "on" : "off"}`, async ({
    plain,
    browser,
    baseURL,
  }, info) => {
    test.setTimeout(180_000);
    for (const width of [360, 1280]) {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      for (const address of PAGES) {
        const asSent = await lookOf(page, `${plain.origin}${address}`, javaScriptEnabled);
        const asFreed = await lookOf(page, `${baseURL}${address}`, javaScriptEnabled);
        expect(await page.locator("script[src*='/_next/']").count(), address).toBe(0);
        expect(asFreed.words, `${address} at ${width}`).toBe(asSent.words);
        expect(asFreed.tree, `${address} at ${width}`).toBe(asSent.tree);
        // Pieces of a text that React marks off from one another are one text in the freed page: letters may stand a
        // fraction of a pixel elsewhere, and nothing else may differ.
        const name = `${address.replaceAll("/", "-")}-${width}-${javaScriptEnabled ? "on" : "off"}.png`;
        mkdirSync(path.dirname(info.snapshotPath(name)), { recursive: true });
        writeFileSync(info.snapshotPath(name), asSent.picture);
        expect(asFreed.picture, `the picture of ${address} at ${width}`).toMatchSnapshot(name, { maxDiffPixelRatio: 0.002 });
      }
      await context.close();
    }
  });

test("from a finished page to one that needs the framework and back, by links and by the back button", async ({ page }) => {
  await page.goto("/en/countries/kg");
  await page.goto("/staff/sign-in");
  await expect(page.locator("html")).not.toHaveAttribute("data-light", "true");
  await page.goBack();
  await expect(page).toHaveURL(/\/en\/countries\/kg$/);
  await expect(page.locator("html")).toHaveAttribute("data-light", "true");
  await page.goForward();
  await expect(page.locator("html")).not.toHaveAttribute("data-light", "true");
  await page.goto("/en");
  await page.getByRole("link", { name: "For consular staff" }).click();
  await expect(page).toHaveURL(/signin|sign-in/);
  await page.goBack();
  await expect(page.locator("html")).toHaveAttribute("data-light", "true");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
