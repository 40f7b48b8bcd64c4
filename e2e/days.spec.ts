import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

for (const language of languages) {
  test(`my 90 days in ${language}: the rule, who said it, whom it is not for and how to count by hand are there without script`, async ({
    page,
  }) => {
    const { t, day, days } = wordsFor(language);
    await page.setViewportSize({ width: 320, height: 740 });
    const response = await page.goto(`/${language}/days`);
    expect(response?.status()).toBe(200);
    expect(response?.headers()["set-cookie"]).toBeUndefined();
    await expect(page).toHaveTitle(`${t("days.title")} · Muhlat`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("days.title"));
    const main = page.getByRole("main");
    await expect(main).toContainText(t("days.lead"));
    await expect(main).toContainText(t("days.ministry", { day: day("2025-11-03") }));
    await expect(main).toContainText(t("days.advice"));
    const not = page.getByRole("region", { name: t("days.whom"), exact: true });
    await expect(not.getByRole("listitem")).toHaveText([
      t("days.whomWork"),
      t("days.whomResidence"),
      t("days.whomUnion"),
      t("days.whomTreaty"),
      t("days.whomOther"),
    ]);
    const byHand = page.getByRole("region", { name: t("days.byHand"), exact: true });
    await expect(byHand).toContainText(days(30));
    await expect(byHand).toContainText(days(60));
    await expect(byHand).toContainText(day("2026-08-13"));
    const rule = page.getByRole("region", { name: t("days.rule"), exact: true });
    await expect(rule).toContainText("TASS, 3 November 2025");
    await expect(rule).toContainText(t("days.onRecord"));

    const scripts = test.info().project.use.javaScriptEnabled !== false;
    await expect(page.getByText(t("days.without"))).toBeVisible({ visible: !scripts });
    await expect(page.locator("[data-stays]")).toBeVisible({ visible: scripts });
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
    await expectNoAxeViolations(page);
  });
}

test("the country's page and the foot of every page lead there", async ({ page }) => {
  const { t } = wordsFor("tg");
  for (const place of ["main", "contentinfo"] as const) {
    await page.goto("/tg/countries/tj");
    await page
      .getByRole(place)
      .getByRole("link", { name: t("days.title") })
      .click();
    await expect(page).toHaveURL(/\/tg\/days$/);
  }
});

test("nothing of the framework and no request for anybody else comes with the page", async ({ request }) => {
  const html = await (await request.get("/ky/days")).text();
  expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
    expect.stringMatching(/^<script type="module" src="\/js\/days-[A-Z0-9]+\.js"/),
    expect.stringMatching(/^<script type="module" src="\/js\/offline-[A-Z0-9]+\.js"/),
  ]);
  expect(html).not.toMatch(/<input[^>]*\sname=|<form/);
});
