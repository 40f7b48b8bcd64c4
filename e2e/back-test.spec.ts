import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

/** Words in the picture keep this much of their ground around them, and their boxes count it; pixels. */
const HALO = 4;

test("what could be projected on 26 July 2025 for 10 September stands beside what came, with the ways to both", async ({ page }) => {
  await page.goto("/en/method");
  await page.getByRole("region", { name: "How projections fared" }).getByRole("link", { name: "Every projection so far" }).click();
  await expect(page).toHaveURL(/\/en\/back-test$/);
  const kyrgyz = page.getByRole("region", { name: "Deadline of 10 September 2025: Gray list" }).getByRole("region", { name: "Kyrgyzstan" });
  const rows = kyrgyz.getByRole("row");
  await expect(rows).toHaveCount(4);
  // The days from 25 July to 11 August hold 26 July.
  for (const [index, said] of [
    ["25 July 2025 – 11 August 2025", "79,100 people", "between 67,400 and 86,600", "73,278: ✓ inside the band"],
    ["12 August 2025 – 4 September 2025", "72,800 people", "between 67,600 and 77,000", "73,278: ✓ inside the band"],
    ["5–9 September 2025", "74,000 people", "between 63,500 and 78,800", "73,278: ✓ inside the band"],
  ].entries())
    for (const text of said) await expect(rows.nth(index + 1)).toContainText(text);
  await expect(kyrgyz.getByRole("img")).toHaveAttribute("aria-label", /what came \(73,278\)/);
  await expectNoAxeViolations(page);

  await rows.nth(1).getByRole("link").click();
  await expect(page).toHaveURL(/\/en\/as-known\/2025-07-25\/countries\/kg$/);
  await expect(page.getByRole("region", { name: "Gray list" })).toContainText(
    "79,100 people on 10 September 2025, between 67,400 and 86,600",
  );
  await page.goBack();
  await kyrgyz.getByRole("link", { name: "73,278" }).click();
  await expect(page).toHaveURL(/\/en\/snapshots\/kg-gray-list-2025-09-11$/);
});

test("it says how many, how few, and why there is nothing where there is nothing", async ({ page }) => {
  await page.goto("/en/back-test");
  const main = page.getByRole("main");
  await expect(main).toContainText("3 of 3 (100%)");
  await expect(main).toContainText("All this rests on 1 figure that came. That is too few: such a share proves little.");
  const september = page.getByRole("region", { name: "Deadline of 10 September 2025" });
  await expect(september.getByRole("listitem").filter({ hasText: "Armenia" })).toContainText(
    "no figure was known before the deadline.No figure is known from the 14 days after the deadline.",
  );
  await expect(september.getByRole("listitem").filter({ hasText: "Tajikistan" })).toContainText("there are not two figures");
  await expect(september.getByRole("listitem").filter({ hasText: "All nationalities" })).toContainText("open on one side");
  const april = page.getByRole("region", { name: "Deadline of 30 April 2025" });
  await expect(april).toContainText("Extended to 10 September 2025");
  await expect(april.getByRole("listitem").filter({ hasText: "Kyrgyzstan" })).toContainText("it has no outcome of its own");
});

for (const language of languages)
  test(`in ${language}: title, numbers, nothing missing, no way sideways from 320 pixels on`, async ({ page }) => {
    const words = wordsFor(language);
    await page.setViewportSize({ width: 320, height: 800 });
    expect((await page.goto(`/${language}/back-test`))?.status()).toBe(200);
    await expect(page).toHaveTitle(`${words.t("backTest.title")} · Muhlat`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.t("backTest.title"));
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
    const text = plain(await page.getByRole("main").innerText());
    for (const number of [79_100, 67_400, 86_600, 73_278]) expect(text).toContain(plain(words.number(number)));
    expect(text).toContain(`✓ ${words.t("backTest.verdicts.inside")}`);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\{[a-z]+\}|backTest\./);
    await expectNoAxeViolations(page);
  });

test("the labels of the picture touch neither each other nor its sides, at any width and in any language", async ({ page }) => {
  for (const width of [320, 390, 1280])
    for (const language of languages) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`/${language}/back-test`);
      const picture = page.locator(".back-test > svg");
      const around = await picture.boundingBox();
      const boxes = await Promise.all((await picture.locator("text").all()).map((text) => text.boundingBox()));
      expect(boxes.length).toBeGreaterThan(5);
      for (const [index, a] of boxes.entries()) {
        if (!a || !around) throw new Error("it is not drawn");
        expect(a.x, `${language} at ${width}`).toBeGreaterThanOrEqual(around.x - HALO);
        expect(a.x + a.width, `${language} at ${width}`).toBeLessThanOrEqual(around.x + around.width + HALO);
        for (const b of boxes.slice(index + 1)) {
          const apart = !b || a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y + 2 || b.y + b.height <= a.y + 2;
          expect(apart, `${language} at ${width}: ${JSON.stringify([a, b])}`).toBe(true);
        }
      }
    }
});
