import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { type Language, languages } from "../lib/i18n/languages";
import { MESSAGES } from "../lib/i18n/translator";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const TODAY = "2026-11-25";

const field = (page: Page, of: "arrived" | "left" | "today", stay = 0) => page.locator(`[data-field="${of}"]`).nth(stay);
const card = (page: Page) => page.locator("[data-card]");
const fill = (pattern: string, values: Record<string, string | number>) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), pattern);
/** A sentence of the counter, as the page's language says it. */
const said = (language: Language): Partial<Record<string, string>> => MESSAGES[language].days.said;

/** Everything that a browser can keep for a page. */
const keptBy = async (page: Page) => ({
  cookies: await page.context().cookies(),
  local: await page.evaluate(() => ({ ...localStorage })),
  session: await page.evaluate(() => ({ ...sessionStorage })),
  databases: await page.evaluate(async () => (await indexedDB.databases()).length),
});
const NOTHING = { cookies: [], local: {}, session: {}, databases: 0 };

for (const language of languages) {
  test(`a phone in ${language}: two stays, the last day, its calendar entry; nothing is sent, nothing is kept unasked`, async ({
    page,
  }) => {
    const words = wordsFor(language);
    const { t, day, days } = words;
    const say = said(language);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`/${language}/days`);
    // The page is asked for once more, to be kept for when there is no connection: what counts begins after that.
    await expect.poll(() => page.evaluate(async () => Boolean(await caches.match(location.pathname)))).toBe(true);
    await page.waitForLoadState("networkidle");
    const requests: string[] = [];
    page.context().on("request", (request) => {
      if (/^https?:/.test(request.url())) requests.push(request.url());
    });

    await field(page, "today").fill(TODAY);
    await field(page, "arrived").fill("2026-01-10");
    await field(page, "left").fill("2026-02-08");
    await expect(page.locator("[data-share]")).toHaveText(
      fill(say.share ?? "", { from: day("2026-01-10"), to: day("2026-02-08"), days: days(30) }),
    );
    await expect(card(page)).toContainText(fill(say.away ?? "", { year: 2026, days: days(60) }));
    await page.getByRole("button", { name: t("days.add") }).click();
    await expect(field(page, "arrived", 1)).toBeFocused();
    await field(page, "arrived", 1).fill("2026-11-01");

    await expect(card(page).getByRole("heading")).toHaveText(fill(say.lastDay ?? "", { day: day("2026-12-30") }));
    await expect(card(page)).toContainText(fill(say.toGo ?? "", { days: days(35) }));
    await expect(card(page)).toContainText(fill(say.used ?? "", { days: days(55), limit: 90 }));
    await expect(card(page)).toContainText(fill(say.left ?? "", { days: days(35) }));
    await expect(page.getByRole("status")).toContainText(day("2026-12-30"));
    await expectNoAxeViolations(page);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: t("days.calendar") }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe("muhlat-2026-12-30.ics");
    const entry = (await readFile(await file.path(), "utf8")).replaceAll("\r\n ", "");
    expect(entry).toContain("\r\nDTSTART;VALUE=DATE:20261230\r\nDTEND;VALUE=DATE:20261231\r\n");
    expect(entry).toContain(`\r\nSUMMARY:${say.entryTitle?.replaceAll(",", "\\,")}\r\n`);
    expect(entry.match(/BEGIN:VALARM/g)).toHaveLength(3);

    expect(requests).toEqual([]);
    expect(await keptBy(page)).toEqual(NOTHING);
    await page.reload();
    await expect(field(page, "arrived")).toHaveValue("");
    await expect(card(page)).toBeHidden();
  });
}

test("what was asked to be kept is there again, and gone once it is to be forgotten", async ({ page }) => {
  const { t } = wordsFor("ru");
  await page.goto("/ru/days");
  const forget = page.getByRole("button", { name: t("days.forget") });
  await expect(forget).toBeHidden();
  await field(page, "arrived").fill("2026-01-10");
  await page.getByRole("checkbox").check();
  await expect(page.getByText(said("ru").kept ?? "")).toBeVisible();
  await field(page, "left").fill("2026-02-08");
  await page.reload();
  await expect(field(page, "arrived")).toHaveValue("2026-01-10");
  await expect(field(page, "left")).toHaveValue("2026-02-08");
  await expect(page.getByRole("checkbox")).toBeChecked();
  await expect(card(page)).toBeVisible();
  await forget.click();
  await expect(page.getByText(said("ru").forgotten ?? "").first()).toBeVisible();
  await expect(forget).toBeHidden();
  await expect(field(page, "arrived")).toHaveValue("");
  expect(await keptBy(page)).toEqual(NOTHING);

  await field(page, "arrived").fill("2026-03-10");
  await page.getByRole("checkbox").check();
  await page.getByRole("checkbox").uncheck();
  expect(await keptBy(page)).toEqual(NOTHING);
  await expect(field(page, "arrived")).toHaveValue("2026-03-10");
});

test("what somebody else has put in its place is not believed", async ({ page }) => {
  for (const planted of ["{", "7", '[["<img src=x onerror=alert(1)>", 3]]', '[["2026-01-10","<b>"],["nonsense",""]]']) {
    await page.goto("/en/days");
    await page.evaluate((text) => localStorage.setItem("muhlat-days", text), planted);
    await page.reload();
    await expect(page.locator("[data-stays]")).toBeVisible();
    expect(await page.locator("[data-stays] img, [data-stays] b").count()).toBe(0);
  }
  await expect(field(page, "arrived", 0)).toHaveValue("2026-01-10");
  await expect(field(page, "arrived", 1)).toHaveValue("");
});

test("a thousand stays that were kept are there again, and counted", async ({ page }) => {
  await page.goto("/en/days");
  await page.evaluate(() => {
    const day = (n: number) => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
    localStorage.setItem("muhlat-days", JSON.stringify(Array.from({ length: 1000 }, (_, n) => [day(n * 30), day(n * 30 + 6)])));
  });
  await page.reload();
  await expect(page.locator("[data-row]")).toHaveCount(1000);
  await expect(page.locator("[data-share]").last()).toContainText("7 days");
  await expect(card(page)).toContainText("2082");
});

test("the wrong order and a missing day are told beside their fields, and gone once they are right", async ({ page }) => {
  const say = said("tg");
  await page.setViewportSize({ width: 320, height: 740 });
  await page.goto("/tg/days");
  await field(page, "arrived").fill("2026-05-10");
  await field(page, "left").fill("2026-05-01");
  const wrong = fill(say.leftFirst ?? "", { day: wordsFor("tg").day("2026-05-10") });
  await expect(field(page, "left")).toHaveAccessibleDescription(new RegExp(`^${wrong.replaceAll(".", "\\.")}`));
  await expect(field(page, "left")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("status")).toHaveText(say.waiting ?? "");
  await expect(card(page)).toBeHidden();
  expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  await expectNoAxeViolations(page);

  await field(page, "left").fill("");
  await page.getByRole("button", { name: wordsFor("tg").t("days.add") }).click();
  await field(page, "left", 1).fill("2026-07-05");
  await expect(page.getByText(say.arrivedMissing ?? "")).toBeVisible();
  await field(page, "arrived", 1).fill("2026-07-01");
  await expect(page.getByText(say.arrivedMissing ?? "")).toBeHidden();
  await expect(field(page, "left")).toHaveAccessibleDescription(new RegExp(`^${(say.leftMissing ?? "").replaceAll(".", "\\.")}`));
  await field(page, "left").fill("2026-05-20");
  await expect(card(page)).toBeVisible();
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
});

test("by keyboard alone: entered, a stay added and taken away, the place kept", async ({ page }) => {
  const say = said("en");
  await page.goto("/en/days");
  await field(page, "arrived").focus();
  // The browser of these tests writes the month first.
  await page.keyboard.type("11012026");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(field(page, "left")).toBeFocused();
  await expect(page.locator("[data-share]")).toContainText("1 November 2026 – still there");
  await page.getByRole("button", { name: "Add another stay" }).focus();
  await page.keyboard.press("Enter");
  await expect(field(page, "arrived", 1)).toBeFocused();
  await expect(page.getByRole("group", { name: "Stay 2" })).toBeVisible();
  await page.getByRole("button", { name: "Remove stay 1" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("group")).toHaveCount(1);
  await expect(page.getByRole("group", { name: "Stay 1" })).toBeVisible();
  await expect(field(page, "arrived")).toBeFocused();
  await expect(page.getByRole("status")).toContainText(say.removed ?? "");
  await page.getByRole("button", { name: "Remove stay 1" }).press("Enter");
  await expect(field(page, "arrived")).toBeFocused();
  await expect(page.getByRole("group")).toHaveCount(1);
});

test("a date that is only half typed is not scolded before it is left", async ({ page }) => {
  await page.goto("/en/days");
  await field(page, "arrived").focus();
  await page.keyboard.type("11");
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await field(page, "left").focus();
  await expect(page.getByText(said("en").notADay ?? "")).toBeVisible();
  await field(page, "arrived").fill("1026-11-01");
  await field(page, "left").focus();
  await expect(page.getByText("The year must lie between 2000 and 2099.")).toBeVisible();
});

test("a browser without date fields takes what people write", async ({ browser, baseURL }) => {
  // What the worker for use offline asks for is out of this test's reach.
  const page = await browser.newPage({ baseURL, serviceWorkers: "block" });
  await page.route("**/uz/days", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('type="date"', 'type="text"') });
  });
  await page.goto("/uz/days");
  await field(page, "today").selectText();
  await page.keyboard.type("25.11.2026");
  await expect(field(page, "today")).toHaveValue("25.11.2026");
  await field(page, "arrived").fill("1.11.2026");
  await field(page, "left").fill("2026-13-01");
  await page.getByRole("checkbox").focus();
  await expect(page.getByText(said("uz").notADay ?? "")).toBeVisible();
  await field(page, "left").fill("10/11/2026");
  await page.getByRole("checkbox").check();
  await expect(page.locator("[data-share]")).toContainText(wordsFor("uz").days(10));
  await page.reload();
  await expect(field(page, "arrived")).toHaveValue("01.11.2026");
  await expect(field(page, "left")).toHaveValue("10.11.2026");
});

test.describe("which day is today", () => {
  const made = (page: Page) => page.locator("[data-made]").getAttribute("data-made");

  test("a phone that lags behind gives way to the page", async ({ page }) => {
    await page.clock.setFixedTime(new Date("2001-05-05T12:00:00"));
    await page.goto("/en/days");
    const day = (await made(page)) ?? "";
    await expect(field(page, "today")).toHaveValue(day);
    await expect(page.locator("[data-why]")).toContainText("your phone says 5 May 2001");
    await expect(page.locator("[data-why]")).toContainText(wordsFor("en").day(day));
  });

  test("a page from a cache gives way to the phone, also over midnight, but never to what the visitor said", async ({ page }) => {
    await page.clock.setFixedTime(new Date("2080-12-31T23:59:00"));
    await page.goto("/en/days");
    await expect(field(page, "today")).toHaveValue("2080-12-31");
    await page.clock.setFixedTime(new Date("2081-01-01T00:01:00"));
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(field(page, "today")).toHaveValue("2081-01-01");
    await field(page, "today").fill("2026-11-25");
    await expect(page.locator("[data-why]")).toHaveText("You chose 25 November 2026.");
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await expect(field(page, "today")).toHaveValue("2026-11-25");
    await field(page, "arrived").fill("2026-06-01");
    await expect(card(page)).toContainText("The last day in time was 29 August 2026");
    await expect(card(page)).toContainText("Over the 90 days of 2026 by: 88 days");
  });
});
