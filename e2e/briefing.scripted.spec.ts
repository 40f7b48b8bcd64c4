import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

/** Writes into what has the focus, then goes on with Tab. */
async function typeAndTab(page: Page, text: string, tabs = 1): Promise<void> {
  await page.keyboard.type(text);
  for (let i = 0; i < tabs; i++) await page.keyboard.press("Tab");
}

test("a briefing of five figures is entered by keyboard alone, in under a minute", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Title of the article").focus();
  const begun = Date.now();
  await typeAndTab(page, "Keyboard briefing of 3 March 2026", 2);
  await typeAndTab(page, "First Secretary", 2);
  await typeAndTab(page, "3 March 2026", 3);
  await typeAndTab(page, "Turkmenistan");
  await typeAndTab(page, "Black list");
  await typeAndTab(page, "01.03.2026", 2);
  const figures = [
    ["Black", "~1 200"],
    ["Gray", "more than 5,000"],
    ["Citizens", "61 тыс."],
    ["Left", "300–400"],
    ["Expelled", "17"],
  ];
  for (const [index, [measure = "", figure = ""]] of figures.entries()) {
    if (index > 0) {
      await expect(page.locator(`[name="figures.${index}.measure"]`)).toBeFocused();
      await typeAndTab(page, measure, 3);
    }
    await expect(page.locator(`[name="figures.${index}.figure"]`)).toBeFocused();
    await page.keyboard.type(figure);
    if (index < figures.length - 1) await page.keyboard.press("Enter");
  }
  await page.keyboard.press("ArrowUp");
  await expect(page.locator('[name="figures.3.figure"]')).toBeFocused();
  await expect(page.getByText("Understood as: between 300 and 400")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  for (let i = 0; i < 20; i++) {
    await page.keyboard.press("Tab");
    if (await page.getByRole("button", { name: "Save", exact: true }).evaluate((button) => button === document.activeElement)) break;
  }
  await page.keyboard.press("Enter");
  await expect(page.getByText("5 figures recorded and public.")).toBeVisible();
  expect(Date.now() - begun).toBeLessThan(60_000);
  await expect(page.getByRole("link", { name: /Turkmenistan · Black list · about 1,200/ })).toBeVisible();
  await expectNoAxeViolations(page);
});

test.describe("with a bad line", () => {
  test.use({ expectsCuts: true });

  test("a network cut in the middle of saving and a reload leave exactly one entry", async ({ page }, info) => {
    const title = `Saved once ${info.retry}`;
    await signIn(page);
    await page.goto("/staff/record");
    await page.getByLabel("Title of the article").fill(title);
    await page.getByLabel("Country of citizenship").selectOption("GE");
    await page.getByLabel("What is counted", { exact: true }).selectOption("expelled");
    await page.getByLabel("As of", { exact: true }).fill("2026-02");
    await page.getByLabel("Figure", { exact: true }).fill("about 40");
    await page.waitForTimeout(1000);
    // The server does its work, and its answer never arrives.
    let reached = 0;
    await page.route("**/staff/record", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      reached++;
      await route.fetch();
      await route.abort("connectionreset");
    });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("The server cannot be reached.")).toBeVisible();
    await expectNoAxeViolations(page);
    expect(reached).toBe(1);
    await page.unroute("**/staff/record");
    await page.reload();
    await expect(page.getByLabel("Title of the article")).toHaveValue(title);
    await expect(page.getByLabel("Figure", { exact: true })).toHaveValue("about 40");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Recorded and public.")).toBeVisible();
    await page.goto("/staff");
    await expect(page.getByRole("link", { name: "Georgia · Expelled · about 40" })).toHaveCount(1);
    await expect(page.getByText("Left unfinished in this browser")).toHaveCount(0);
  });

  test("what is typed survives a lost connection and is sent by itself when it is back", async ({ page, context }, info) => {
    await signIn(page);
    await page.goto("/staff/record");
    await page.getByLabel("Title of the article").fill(`Waiting ${info.retry}`);
    await page.getByLabel("Country of citizenship").selectOption("GE");
    await page.getByLabel("What is counted", { exact: true }).selectOption("deported");
    await page.getByLabel("As of", { exact: true }).fill("2026-01");
    await page.getByLabel("Figure", { exact: true }).fill("7");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("The server cannot be reached.")).toBeVisible();
    await context.setOffline(false);
    await expect(page.getByText("Recorded and public.")).toBeVisible({ timeout: 15_000 });
  });
});

test("what lies unfinished in this tab steps aside for what the desk asks for, and waits in the list", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Title of the article").fill("Half done about Georgia");
  await page.getByLabel("Country of citizenship").selectOption("GE");
  await page.getByLabel("Figure", { exact: true }).fill("5000");
  await page.goto("/staff");
  await page.getByRole("link", { name: "Asked again, unchanged: Kyrgyzstan, Black list" }).click();
  await expect(page.getByLabel("Country of citizenship")).toHaveValue("KG");
  await expect(page.getByLabel("What was said")).toHaveValue("unchanged");
  await expect(page.getByLabel("Figure", { exact: true })).toHaveValue("");
  await page.getByRole("link", { name: /Half done about Georgia/ }).click();
  await expect(page.getByLabel("Figure", { exact: true })).toHaveValue("5000");
  await page.getByLabel("Figure", { exact: true }).fill("5001");
  await page.getByRole("link", { name: "Begin anew; this one stays in the list" }).click();
  await expect(page.getByLabel("Title of the article")).toHaveValue("");
  await page.getByRole("button", { name: "Throw away" }).first().click();
  await expect(page.getByRole("link", { name: /Half done about Georgia/ })).toHaveCount(0);
});
