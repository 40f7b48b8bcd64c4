import { languages } from "../lib/i18n/languages";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

test("the world of 26 July 2025 is shown as it was known then, says so, and leads back", async ({ page }) => {
  await page.goto("/en/as-known/2025-07-26/countries/kg");
  const main = page.getByRole("main");
  await expect(main).toContainText("You see what was known on 26 July 2025");
  await expect(main).toContainText("46 days left");
  const gray = page.getByRole("region", { name: "Gray list" });
  await expect(gray.getByRole("row")).toHaveCount(3);
  await expect(gray).toContainText("about 103,000 people");
  await expect(gray).toContainText("Pace: −488 people a day, between −688 and −360.");
  await expect(gray).toContainText("(103,000 − 113,000) ÷ 20.5 days");
  await expect(gray).toContainText("2,100 people a day, 4.3 times the pace");
  await expect(gray).toContainText("79,100 people on 10 September 2025, between 67,400 and 86,600");
  await expect(gray).not.toContainText("73,278");
  await expect(page.getByRole("region", { name: "Black list" })).toContainText("about 80,000");
  await expectNoAxeViolations(page);
  await page.getByRole("link", { name: "Back to today" }).click();
  await expect(page).toHaveURL(/\/en\/countries\/kg$/);
});

test("the chart reaches to the deadline ahead", async ({ page }) => {
  await page.goto("/en/as-known/2025-07-26/countries/kg");
  const gray = page.getByRole("region", { name: "Gray list" });
  await expect(gray.locator("figure.trend ol")).toContainText("10 September 2025: deadline");
  const line = await gray.locator(".dated.deadline line").boundingBox();
  for (const dot of await gray.locator(".mark .dot").all()) expect((await dot.boundingBox())?.x).toBeLessThan((line?.x ?? 0) - 50);
});

test("a figure is followed into the past day that showed it, and back", async ({ page }) => {
  await page.goto("/en/as-known/2025-09-12/countries/kg");
  await page.getByRole("region", { name: "Settled their status" }).getByRole("link", { name: "14,584" }).click();
  await expect(page).toHaveURL(/\/en\/as-known\/2025-09-12\/snapshots\/kg-regularised-2025-09-11$/);
  const main = page.getByRole("main");
  await expect(main).toContainText("You see what was known on 12 September 2025");
  await expectNoAxeViolations(page);
  await main.getByRole("link", { name: "Kyrgyzstan" }).click();
  await expect(page).toHaveURL(/\/en\/as-known\/2025-09-12\/countries\/kg$/);
  await page.goBack();
  await page.getByRole("link", { name: "Back to today" }).click();
  await expect(page).toHaveURL(/\/en\/snapshots\/kg-regularised-2025-09-11$/);
  await expect(main).not.toContainText("You see what was known");
});

test("a country's page that pins our record is that of today", async ({ page }) => {
  const then = new Date().toISOString();
  await page.goto(`/en/countries/kg?recorded=${then}`);
  await expect(page).toHaveURL(/\/en\/as-known\/\d{4}-\d{2}-\d{2}\/countries\/kg\?recorded=/);
  await expect(page.getByRole("main")).toContainText("As we had recorded it on");
  await page.getByLabel("Day").fill("2025-09-12");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(`/en/as-known/2025-09-12/countries/kg?recorded=${encodeURIComponent(then)}`);
});

test("a day is asked for in a form that needs no script", async ({ page }) => {
  await page.goto("/en/countries/kg");
  await page.getByLabel("Day").fill("2025-09-12");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/\/en\/as-known\/2025-09-12\/countries\/kg$/);
  await expect(page.getByRole("region", { name: "Settled their status" })).toContainText("14,584");
  await page.goto("/en/as-known/2025-09-18/countries/kg");
  await expect(page.getByRole("region", { name: "Settled their status" })).toContainText("39,096");
  await expect(page.getByRole("region", { name: "Settled their status" })).not.toContainText("14,584");
});

test("a correction made today changes what 2025 looked like; pinning our record gives the old page back", async ({ page }, info) => {
  const id = info.project.name === "scripts-on" ? "kg-left-2025-09-10" : "kg-removed-2025-09-10";
  const before = new Date().toISOString();
  const corrected = info.project.name === "scripts-on" ? "84,087" : "123,456";
  await signIn(page);
  await page.goto(`/staff/record/${id}`);
  await page.getByLabel("Number of people").fill(corrected);
  await page.getByLabel("Reason for the correction").fill("A slip of ours");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();
  await page.goto("/en/as-known/2025-09-18/countries/kg");
  await expect(page.getByRole("main")).toContainText(corrected);
  await page.goto(`/en/as-known/2025-09-18/countries/kg?recorded=${before}`);
  await expect(page.getByRole("main")).toContainText("As we had recorded it on");
  await expect(page.getByRole("main")).not.toContainText(corrected);
  const list = id.includes("left") ? "Left Russia" : "Taken off the registry";
  await page
    .getByRole("region", { name: list })
    .getByRole("row")
    .getByRole("link")
    .or(page.getByRole("region", { name: list }).getByRole("link", { name: "All about this figure" }))
    .first()
    .click();
  await expect(page).toHaveURL(/as-known\/2025-09-18\/snapshots\/.*\?recorded=/);
  await expect(page.getByRole("main")).not.toContainText(corrected);
  await expect(page.getByRole("main")).not.toContainText("A slip of ours");
  await page.goBack();
  await page.getByRole("link", { name: "Русский" }).click();
  await expect(page).toHaveURL(/recorded=/);
  await expect(page.getByRole("main")).not.toContainText(corrected.replace(",", "\u00a0"));
});

test("the method page works its examples out from the record, in five languages", async ({ page }) => {
  for (const language of languages) {
    await page.goto(`/${language}/method`);
    const text = (await page.getByRole("main").innerText()).replaceAll(/[\u00a0\u202f]/g, " ");
    for (const number of [/−488/, /79[ ,]100/, /67[ ,]400/, /86[ ,]600/, /2[ ,]100/, /4[.,]3/, /73[ ,]278/])
      expect(text, language).toMatch(number);
    await expectNoAxeViolations(page);
  }
});

test.describe("days that are none", () => {
  test.use({ expectsMissing: true });
  for (const path of [
    "2025-02-30/countries/kg",
    "2999-01-01/countries/kg",
    "yesterday/countries/kg",
    "2025-07-26/countries/xx",
    "2025-07-26/countries/kg?recorded=then",
  ]
    .map((rest) => `as-known/${rest}`)
    .concat(
      // Not known until 11 September, and not recorded in 2020.
      "as-known/2025-09-10/snapshots/kg-gray-list-2025-09-11",
      "as-known/2025-09-12/snapshots/kg-gray-list-2025-09-11?recorded=2020-01-01T00:00:00Z",
      "as-known/then/snapshots/kg-gray-list-2025-09-11",
      "as-known/2025-09-12/snapshots/kg-gray-list-2025-09-11?recorded=a&recorded=b",
    ))
    test(`${path} is a 404`, async ({ page }) => {
      expect((await page.goto(`/en/${path}`))?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
    });
});
