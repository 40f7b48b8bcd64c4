import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const NOVEMBER = "/en/snapshots/kg-gray-list-2025-11";

test("two officials on one month: each page names the other, who stands in front, and why", async ({ page }) => {
  await page.goto(NOVEMBER);
  const others = page.getByRole("region", { name: "Other statements about the same time" });
  await expect(others).toContainText("In front of this statement stands another: about 124,000.");
  await expect(others).toContainText("Both have the same rank, and it became known later: 30 January 2026, the other 26 December 2025.");
  await expect(others.getByRole("listitem")).toContainText("Bakyt Darmankul uulu");
  await others.getByRole("link", { name: "about 124,000" }).click();
  await expect(page).toHaveURL(/kg-gray-list-2025-11-b$/);
  await expect(others).toContainText("This statement stands in front. Both have the same rank");
  await others.getByRole("link", { name: "more than 128,497" }).click();
  await expect(page).toHaveURL(/kg-gray-list-2025-11$/);
});

test("what a figure can mean, in the source's words and by the rule", async ({ page }) => {
  await page.goto("/en/snapshots/kg-gray-list-2025-07-01");
  const main = page.getByRole("main");
  await expect(main.locator(".wording")).toHaveText("In the source's words: “some 113,000”");
  const meaning = page.getByRole("region", { name: "What it can mean" });
  await expect(meaning).toContainText("“about 113,000” means 112,500 to 113,500: half the place of its last digit that is not zero, 500");
  await expect(meaning.getByRole("link", { name: "The rule" })).toHaveAttribute("href", "/en/method#bounds");
  await expect(page.getByRole("region", { name: "Who said it" })).toContainText("Ambassador of Kyrgyzstan to Russia");
  await expect(main).toContainText("No other statement about the same time is known.");
  await page.goto("/en/snapshots/kg-black-list-2025-09-11");
  await expect(meaning).toContainText("Open below: 84,000 at most.");
});

test("a statement that was replaced leads to the one in its place, and back", async ({ page }) => {
  await page.goto("/en/snapshots/kg-regularised-2025-09-11");
  const main = page.getByRole("main");
  await expect(main).toContainText("A later statement of the same speaker replaces it: 39,096");
  await main.getByRole("link", { name: "39,096" }).click();
  await expect(page).toHaveURL(/kg-regularised-2025-09-10$/);
  await expect(main).toContainText("Replaces an earlier statement of the same speaker: 14,584");
  await main.getByRole("link", { name: "14,584" }).click();
  await expect(page).toHaveURL(/kg-regularised-2025-09-11$/);
});

test("on a past day nothing stands beside a figure that was not known then", async ({ page }) => {
  await page.goto("/en/as-known/2025-12-27/snapshots/kg-gray-list-2025-11");
  const main = page.getByRole("main");
  await expect(main).toContainText("No other statement about the same time is known.");
  await expect(main).not.toContainText("124,000");
  await expectNoAxeViolations(page);
  await page.goto("/en/as-known/2026-01-30/snapshots/kg-gray-list-2025-11");
  await main.getByRole("link", { name: "about 124,000" }).click();
  await expect(page).toHaveURL(/\/en\/as-known\/2026-01-30\/snapshots\/kg-gray-list-2025-11-b$/);
  await page.goto("/en/as-known/2025-09-16/snapshots/kg-regularised-2025-09-11");
  await expect(main).not.toContainText("39,096");
});

test("a figure is cited by one line with both addresses, and the pinned one shows the same", async ({ page, baseURL }, info) => {
  await page.goto(NOVEMBER);
  const cite = page.getByRole("region", { name: "How to cite" });
  const line = await cite.getByRole("textbox", { name: "A line to copy" }).inputValue();
  expect(line).toMatch(
    /^Gray list, Kyrgyzstan: more than 128,497, as of November 2025\. Foreign Ministry, Kyrgyzstan, 24\.kg, published 26 December 2025\. Muhlat, /,
  );
  expect(line).toContain(`${baseURL}${NOVEMBER} (accessed `);
  const pinned = /As known on [^:]+: (\S+)$/.exec(line)?.[1] ?? "";
  expect(pinned).toMatch(/\/en\/as-known\/\d{4}-\d\d-\d\d\/snapshots\/kg-gray-list-2025-11\?recorded=\d{4}/);
  const link = cite.getByRole("link", { name: "This page as it stands now, for good" });
  expect(`${baseURL}${await link.getAttribute("href")}`).toBe(pinned);
  await expect(cite.getByRole("button", { name: "Copy the text" })).toBeVisible({ visible: info.project.name === "scripts-on" });
  await link.click();
  await expect(page.getByRole("main")).toContainText("As we had recorded it on");
  await expect(page.getByRole("region", { name: "Other statements about the same time" })).toContainText("about 124,000");
  expect(await cite.getByRole("textbox").inputValue()).toBe(line);
});

for (const language of languages)
  test(`a figure with a rival in ${language}, from 320 pixels on`, async ({ page }) => {
    const { t } = wordsFor(language);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/${language}/snapshots/kg-gray-list-2025-11`);
      for (const name of [t("statement.meaning"), t("statement.said"), t("figure.others"), t("snapshot.revisions"), t("statement.cite")])
        await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
      await expect(page.getByRole("main")).not.toContainText(/undefined|null|NaN|\{[a-z]+\}|statement\./);
      expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(width);
      await expectNoAxeViolations(page);
    }
  });
