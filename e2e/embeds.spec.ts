import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

// Another site, which shows in a frame whatever its address asks for.
let elsewhere: Server;
let site = "";
test.beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    const framed = new URL(request.url ?? "/", "http://x").searchParams.get("frame");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(
      framed
        ? `<!doctype html><title>Elsewhere</title><iframe src="${framed.replaceAll("&", "&amp;")}" title="x" width="360" height="320"></iframe>`
        : "",
    );
  }).listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
  site = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
});
test.afterAll(() => elsewhere.close());

const embeds = (language: string, country = "kg") => ["countdown", "chart"].map((kind) => `/${language}/embed/${kind}?country=${country}`);

test("embeds stand in another site's frame, and set no cookie there; no other page does", async ({
  browser,
  baseURL,
  javaScriptEnabled,
}) => {
  // Refusals are what this context is for: the browser's messages about them are no failures.
  const context = await browser.newContext({ javaScriptEnabled: javaScriptEnabled ?? true });
  const page = await context.newPage();
  for (const path of embeds("ky")) {
    await page.goto(`${site}/?frame=${encodeURIComponent(baseURL + path)}`);
    await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toContainText("Кыргызстан");
    await expect(page.frameLocator("iframe").getByRole("link", { name: wordsFor("ky").t("embed.more") })).toHaveAttribute(
      "rel",
      "noopener",
    );
  }
  expect(await context.cookies()).toEqual([]);
  for (const path of [
    "/en",
    "/en/countries/kg",
    "/en/deadlines",
    "/en/method",
    "/staff/sign-in",
    "/en/as-known/2025-07-26/countries/kg",
    "/xx/embed/chart?country=kg",
  ]) {
    const answer = await context.request.get(`${baseURL}${path}`);
    expect(answer.headers()["x-frame-options"], path).toBe("DENY");
    expect(answer.headers()["content-security-policy"], path).toContain("frame-ancestors 'none'");
    await page.goto(`${site}/?frame=${encodeURIComponent(baseURL + path)}`);
    await page.waitForTimeout(300);
    expect(await page.frames().at(-1)?.locator("main").count(), path).toBe(0);
  }
  await context.close();
});

const SIZES = [
  [240, 200],
  [360, 320],
  [728, 560],
] as const;

for (const language of languages)
  test(`embeds in ${language} read at every size, light and dark`, async ({ page }) => {
    const { t, country } = wordsFor(language);
    for (const { code, sizes } of [
      { code: "KG", sizes: SIZES },
      { code: "AM", sizes: SIZES.slice(0, 1) },
      { code: "ALL", sizes: SIZES.slice(0, 1) },
    ])
      for (const path of embeds(language, code.toLowerCase())) {
        const answer = await page.goto(path);
        expect(answer?.headers()["set-cookie"]).toBeUndefined();
        expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors *");
        expect(answer?.headers()["x-frame-options"]).toBeUndefined();
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.getByRole("link", { name: t("embed.more") })).toHaveAttribute("target", "_blank");
        for (const [width, height] of sizes) {
          await page.setViewportSize({ width, height });
          const said = await page.getByRole("main").innerText();
          expect(said, path).not.toMatch(/undefined|null|NaN|\[object|\{[a-z]+\}/);
          expect(said).toContain(country(code));
          expect(await page.locator("html").evaluate((html) => html.scrollWidth), `${path} at ${width}`).toBeLessThanOrEqual(width);
        }
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await expectNoAxeViolations(page);
        }
      }
  });

test("the countdown in a frame says what the country's page says, and both say when the list was counted", async ({ page }) => {
  const state = async () => page.locator("article.deadline").first().locator(".state").innerText();
  await page.goto("/en/countries/kg");
  const said = await state();
  const figure = await page.getByRole("region", { name: "Gray list" }).locator(".number strong").first().innerText();
  await page.goto("/en/embed/countdown?country=kg");
  expect(await state()).toBe(said);
  await expect(page.getByRole("main")).toContainText("10 September 2025, 23:59 in Moscow");
  await expect(page.getByRole("main")).toContainText("11 September 2025, 02:59 in Bishkek");
  await page.goto("/en/embed/chart?country=kg");
  await expect(page.locator(".said")).toContainText(`${figure} people, as of`);
});

test.describe("addresses that name nothing", () => {
  test.use({ expectsMissing: true });
  test("are told so in words that read in a frame", async ({ page }) => {
    for (const query of ["", "?country=", "?country=xx", "?country=KG", "?country=kg&country=tj", "?country=%3Cscript%3E"])
      for (const kind of ["countdown", "chart"]) {
        const answer = await page.goto(`/ru/embed/${kind}${query}`);
        expect(answer?.status(), query).toBe(404);
        await expect(page.getByRole("main")).toContainText(wordsFor("ru").t("embed.missing"));
      }
    expect((await page.goto("/ru/embed/other?country=kg"))?.status()).toBe(404);
  });
});
