import type { BrowserContext, Page } from "@playwright/test";
import { MOST_PAGES } from "../browser/shared/kept-pages";
import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, test } from "./fixtures";

test.use({ expectsCuts: true, viewport: { width: 360, height: 740 } });

/** The addresses kept in the browser, sorted. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) addresses.push(new URL(request.url).pathname);
    return addresses.sort();
  });

/** Visits a page and waits until it and what it needs are kept. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect.poll(() => kept(page)).toContain(path);
}

const cut = (context: BrowserContext) => context.setOffline(true);
/** A text without the minute in which it was written. */
const plain = (text: string) => text.replaceAll(/\s+/g, " ").replaceAll(/\d\d:\d\d \(/g, "(");

for (const language of languages)
  test(`in ${language} a country's page reads without a connection, says of when it is, and one not visited leads to it`, async ({
    page,
    context,
  }) => {
    const { t, instant } = wordsFor(language);
    const path = `/${language}/countries/kg`;
    await visit(page, path);
    const said = plain(await page.getByRole("main").innerText());
    const before = Date.now();
    await cut(context);
    await page.reload();
    expect(plain(await page.getByRole("main").innerText())).toBe(said);
    expect(await page.locator("main").evaluate((main) => getComputedStyle(main.ownerDocument.body).maxWidth)).not.toBe("none");
    const band = page.locator("p.band[role=status]");
    // Saved within the last two minutes.
    const possible = [0, 1, 2].map((minutes) => t("offline.copy", { instant: instant(new Date(before - minutes * 60_000)) }));
    expect(possible).toContain(await band.innerText());

    await page.goto(`/${language}/countries/tj`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("offline.title"));
    await expect(page.locator("html")).toHaveAttribute("lang", language);
    await page.getByRole("main").getByRole("link").click();
    await expect(page).toHaveURL(path);
    await expect(band).toBeVisible();

    // The bare address, too, leads to the language last read.
    await page.goto("/");
    await expect(page).toHaveURL(`/${language}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("offline.title"));

    await context.setOffline(false);
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(band).toHaveCount(0);
    expect(await context.cookies()).toEqual([]);
  });

test("only pages that were visited are kept, the last ones, with no file that none of them needs", async ({ page }) => {
  const codes = ["kg", "tj", "uz", "kz", "am", "az", "by", "md", "ge", "ua", "tm", "cn", "vn", "in"];
  for (const code of codes) await visit(page, `/en/countries/${code}`);
  const addresses = await kept(page);
  const pages = addresses.filter((path) => path.startsWith("/en"));
  expect(pages).toEqual(
    codes
      .slice(-MOST_PAGES)
      .map((code) => `/en/countries/${code}`)
      .sort(),
  );
  const files = addresses.filter((path) => !pages.includes(path));
  expect(files.filter((path) => !/\.css$|^\/js\/[a-z-]+-[A-Z0-9]+\.js$/.test(path))).toEqual([]);
  expect(files.length).toBeLessThan(8);
  // Pages of other kinds are read, not kept.
  await page.goto("/en/method");
  expect(await kept(page)).toEqual(addresses);
});

test("staff and programs are left alone: not kept, not answered, and offline as the browser has it", async ({ page, context }) => {
  await visit(page, "/en");
  const answer = await page.goto("/staff/sign-in");
  expect(answer?.fromServiceWorker()).toBe(false);
  const asked = page.waitForResponse(/\/api\/time$/);
  await page.evaluate(() => fetch("/api/time"));
  expect((await asked).fromServiceWorker()).toBe(false);
  expect((await kept(page)).filter((path) => /^\/(staff|api)/.test(path))).toEqual([]);
  await cut(context);
  await expect(page.goto("/staff/sign-in")).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
});

test("copies of another shape are thrown away when the worker takes over", async ({ page }) => {
  await page.goto("/en/method");
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
    await (await caches.open("muhlat-kept-0")).put("/en/countries/kg", new Response("old"));
    await (await caches.open("another")).put("/x", new Response("not ours to throw away"));
  });
  await page.goto("/en/deadlines");
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual(["another", "muhlat-kept-1"]);
});
