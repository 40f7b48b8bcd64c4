import { languages } from "../lib/i18n/languages";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const PAGES = [
  "",
  "/deadlines",
  "/deadlines/ru-regularisation",
  "/countries/kg",
  "/countries/tj",
  "/countries/am",
  "/countries/all",
  "/snapshots/kg-gray-list-2025-07-01",
  "/ledger",
];

for (const language of languages) {
  test(`public pages in ${language}: right language, no cookie, nothing missing, nothing for axe to find`, async ({ page, context }) => {
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of PAGES) {
        const response = await page.goto(`/${language}${path}`);
        expect(response?.status(), path).toBe(200);
        expect(response?.headers()["set-cookie"], path).toBeUndefined();
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        const body = await page.getByRole("main").innerText();
        expect(body, path).not.toMatch(/undefined|null|NaN|\[object|\{[a-z]+\}|measures\.|figure\./);
        expect(await page.locator("html").evaluate((html) => html.scrollWidth), `${path} at ${width}`).toBeLessThanOrEqual(width);
        if (width === 320) await expectNoAxeViolations(page);
      }
    }
    expect(await context.cookies()).toEqual([]);
  });
}

test("the figures of Kyrgyzstan stand in the sent HTML with qualifier, date and source", async ({ request }) => {
  const html = await (await request.get("/ky/countries/kg")).text();
  for (const text of [
    "73 278",
    "72 739",
    "34 786",
    "128 497ден ашык",
    "84 000ден аз",
    "2025-жылдын 1–5-июлу",
    "Kubanychbek Bokontayev",
    "azattyk.org/a/33527596",
  ])
    expect(html.replaceAll("\u00a0", " ")).toContain(text);
  expect(html).toContain('<svg role="img"');
  expect(html).toMatch(/Мөөнөт \d+ күн мурун/);
});

test("one figure in thirteen months: Tajikistan shows it with its age and words", async ({ page }) => {
  await page.goto("/en/countries/tj");
  const gray = page.getByRole("region", { name: "Gray list" });
  await expect(gray).toContainText("more than 150,000 people");
  await expect(gray).toContainText("as of November 2025");
  await expect(gray).toContainText(/1[1-9] months ago|2 years ago/);
  await expect(gray).toContainText("more than 120,000");
});

test("nothing known is said in words, with since when", async ({ page }) => {
  await page.goto("/en/countries/am");
  for (const list of ["Gray list", "Black list"])
    await expect(page.getByRole("region", { name: list })).toContainText(
      "Nothing is known: no count has been found since the registry opened on 5 February 2025.",
    );
  await page.goto("/en/countries/fr");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("France");
});

test("every figure of a table leads to who said it", async ({ page }) => {
  await page.goto("/en/countries/kg");
  await page.getByRole("link", { name: "73,278" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("73,278");
  await expect(page.getByRole("main")).toContainText("Foreign Ministry, Kyrgyzstan");
  await expect(page.getByRole("link", { name: "Azattyk" })).toHaveAttribute("href", "https://www.azattyk.org/a/33527596.html");
});

test("the bare address leads to the language the browser asks for", async ({ request }) => {
  const answer = await request.get("/", { headers: { "accept-language": "tg-TJ,tg;q=0.9,ru;q=0.5" }, maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers().location).toBe("/tg");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
});

test.describe("addresses that name nothing", () => {
  test.use({ expectsMissing: true });
  const missing = [
    ["/en/countries/xx", "There is no such page"],
    ["/en/countries/KG", "There is no such page"],
    ["/en/countries/ru", "There is no such page"],
    ["/ky/countries/zz", "Мындай барак жок"],
    ["/en/snapshots/nobody-said-this", "There is no such page"],
    ["/en/snapshots/%00", "There is no such page"],
    ["/en/nowhere/at/all", "There is no such page"],
    ["/de/countries/kg", "There is no such page"],
    ["/wp-login.php", "There is no such page"],
    ["/en/countries/%E0%A4%A", "There is no such page"],
  ] as const;
  for (const [path, heading] of missing) {
    test(`${path} is a 404 that reads well`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await expect(page).toHaveTitle(/^(?!.*Kyrgyzstan)/);
      await expectNoAxeViolations(page);
      await page.getByRole("main").getByRole("link").first().click();
      await expect(page.getByRole("link", { name: /Kyrgyzstan|Кыргызстан/ }).first()).toBeVisible();
    });
  }
});

test("health: up, ready, and the reason is told when not", async ({ request }) => {
  expect((await request.get("/api/health/live")).status()).toBe(200);
  expect(await (await request.get("/api/health/ready")).json()).toEqual({ status: "ready" });
});
