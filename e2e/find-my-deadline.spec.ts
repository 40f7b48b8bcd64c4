import { gzipSync } from "node:zlib";
import { LANGUAGES, languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

for (const language of languages)
  test.describe(`on a phone that speaks ${language}`, () => {
    test.use({ locale: language, viewport: { width: 360, height: 740 } });
    const words = wordsFor(language);

    test("my deadline is two taps from the bare address, and stands in the first screen", async ({ page }) => {
      await page.goto("/");
      await expect(page).toHaveURL(new RegExp(`/${language}$`));
      const nearest = page.locator("article.deadline").first();
      await expect(nearest.locator(".state")).toBeInViewport({ ratio: 1 });
      await expect(nearest).toContainText(words.day("2025-09-10"));
      const choice = page.locator(".choices").getByRole("link", { name: words.country("KG"), exact: true });
      await expect(choice).toBeInViewport({ ratio: 1 });
      await choice.click();

      await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.country("KG"));
      const mine = page.locator("article.deadline").first();
      await expect(mine.locator(".state")).toBeInViewport({ ratio: 1 });
      await expect(mine.getByRole("heading")).toBeInViewport({ ratio: 1 });
      await expect(mine).toContainText(words.t("deadline.noLater"));
      await expect(page.locator(".tile").first()).toBeInViewport({ ratio: 1 });
      await expectNoAxeViolations(page);
    });

    test("what a list means and what gets one off it is told, and no address is given that nobody confirmed", async ({ page }) => {
      await page.goto(`/${language}/countries/uz`);
      const told = page.getByRole("region", { name: words.t("listed.title"), exact: true });
      for (const key of ["listed.gray.money", "listed.gray.school", "listed.off.leave", "listed.black.text"] as const)
        await expect(told).toContainText(words.t(key));
      await expect(told.getByText(words.t("listed.check.none"))).toHaveCount(2);
      await expect(told.getByRole("link")).toHaveCount(0);
    });
  });

test("the switch of language stays on the page, and each page names itself and its sisters", async ({ page, baseURL }) => {
  for (const path of ["", "/countries/tj", "/deadlines", "/deadlines/ru-regularisation", "/method", "/snapshots/kg-gray-list-2025-07-01"]) {
    await page.goto(`/ky${path}`);
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute("href", `${baseURL}/ky${path}`);
    for (const language of languages) {
      const sister = page.locator(`link[rel="alternate"][hreflang="${language}"]`);
      await expect(sister).toHaveAttribute("href", `${baseURL}/${language}${path}`);
      const link = page.getByRole("link", { name: LANGUAGES[language].name, exact: true });
      await expect(link).toHaveAttribute("href", `/${language}${path}`);
    }
  }
});

test("an obligation's page: the same moment in each capital, and what became of it", async ({ page }) => {
  await page.goto("/en/deadlines");
  const one = page.locator("section").filter({ has: page.getByRole("heading", { name: "10 September 2025" }) });
  await one.getByRole("link", { name: "All about this deadline" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deadline of 10 September 2025");
  const main = page.getByRole("main");
  for (const moment of [
    "10 September 2025, 23:59 in Moscow",
    "11 September 2025, 02:59 in Bishkek",
    "11 September 2025, 01:59 in Dushanbe",
    "11 September 2025, 01:59 in Tashkent",
    "11 September 2025, 01:59 in Astana",
    "11 September 2025, 00:59 in Yerevan",
    "11 September 2025, 00:59 in Baku",
    "10 September 2025, 23:59 in Minsk",
    "10 September 2025, 23:59 in Chișinău",
  ])
    await expect(main).toContainText(moment);
  const history = page.getByRole("region", { name: "What became of it" });
  await expect(history).toContainText("Extended to 10 September 2025");
  await expect(history).toContainText("Presidential Decree 1126 of 30 December 2024");
});

test("heard, not seen: the country page reads as an answer", async ({ page }) => {
  await page.goto("/en/countries/kg");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Kyrgyzstan" [level=1]
    - region "Deadlines":
      - heading "Deadlines" [level=2]
      - article:
        - paragraph: /Passed \\d+ days ago/
        - heading "10 September 2025" [level=3]
        - paragraph: No later deadline and no extension is on record.
        - paragraph: 10 September 2025, 23:59 in Moscow
        - paragraph: 11 September 2025, 02:59 in Bishkek
        - paragraph: "Extended: before, the last day was 30 April 2025."
        - paragraph: /As of/
      - list "What is known of the lists":
        - listitem:
          - link /Gray list .controlled persons registry. about 34,000/
        - listitem:
          - link /Black list .entry ban. less than 84,000/
  `);
});

test("by keyboard alone: past the head to the content, to my country and back, the focus always seen", async ({ page }) => {
  await page.goto("/en");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const armenia = page.locator(".choices").getByRole("link", { name: "Armenia" });
  await expect(armenia).toBeFocused();
  expect(await armenia.evaluate((link) => getComputedStyle(link).outlineStyle)).toBe("solid");
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press("Tab");
  await expect(page.locator(".choices").getByRole("link", { name: "Kyrgyzstan" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kyrgyzstan");
});

test("what a finger must hit is at least 44 pixels high", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of ["/ky", "/ky/countries/kg", "/ky/deadlines"]) {
    await page.goto(path);
    const small = await page
      .locator(".languages a, .pages a, .choices a, .tile, .tap, .back a, .site-name, button, summary")
      .evaluateAll((all) =>
        all.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML),
      );
    expect(small, path).toEqual([]);
  }
});

test("the home page and its styles weigh less than 20 KB compressed, and what it says needs no script", async ({ request }) => {
  const textOf = async (path: string) => (await request.get(path)).text();
  const home = await textOf("/tg");
  const styles = new Set([...home.matchAll(/href="([^"]+\.css[^"]*)"/g)].flatMap(([, href]) => (href ? [href] : [])));
  expect(home, "styles come along or are asked for").toMatch(/<style[^>]*>[^<]{1000}|\.css/);
  let bytes = gzipSync(home).length;
  for (const href of styles) bytes += gzipSync(await textOf(href)).length;
  expect(bytes).toBeLessThan(20 * 1024);
  expect(home).toContain(wordsFor("tg").t("deadline.noLater"));
});
