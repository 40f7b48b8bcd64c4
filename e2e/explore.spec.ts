import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { expect, expectNoAxeViolations, test } from "./fixtures";

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("several countries, one alone, and one of which nothing is known", async ({ page }) => {
  await page.goto("/en/explore");
  const main = page.getByRole("main");
  await expect(page.getByRole("heading", { level: 2, name: "Gray list: Kyrgyzstan, Tajikistan" })).toBeVisible();
  await expect(main).toContainText("Kyrgyzstan: Newest: about 34,000");
  await expect(main).toContainText("Nothing is known of: Armenia, Azerbaijan, Belarus, Kazakhstan, Moldova, Uzbekistan.");
  await expect(main.getByRole("table").getByRole("row", { name: /Kyrgyzstan.*113,000/ })).toBeVisible();
  await expect(main.getByRole("table").getByRole("row", { name: /Tajikistan.*more than 150,000/ })).toBeVisible();
  await expectNoAxeViolations(page);

  await page.goto("/en/explore?c=uz");
  await expect(page.getByRole("heading", { level: 2, name: "Gray list: Uzbekistan" })).toBeVisible();
  await expect(main).toContainText("Uzbekistan: Nothing is known of this count.");
  await expect(main.locator("figure.trend")).toHaveCount(0);
  await expect(main).toContainText("There is nothing to show in a table.");
});

test("what is counted and how it is read are links, in the address and in the history", async ({ page }) => {
  await page.goto("/en/explore?c=kg");
  const main = page.getByRole("main");
  await main.getByRole("link", { name: "Per 1,000 citizens present" }).click();
  await expect(page).toHaveURL("/en/explore?c=kg&v=per_1000");
  const table = main.getByRole("table");
  await expect(table.getByRole("row", { name: /1–5 July 2025/ })).toContainText("321 per 1,000 present");
  await expect(table.getByRole("row", { name: /1–5 July 2025/ })).toContainText("352,000");
  await main.getByRole("link", { name: "Change a day" }).click();
  await expect(page).toHaveURL("/en/explore?c=kg&v=change");
  await expect(table.getByRole("row", { name: /^22–25 July 2025/ })).toContainText("−488 a day");
  await main.getByRole("link", { name: "Black list" }).click();
  await expect(page).toHaveURL("/en/explore?c=kg&m=black_list&v=change");
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL("/en/explore?c=kg&v=per_1000");
  await expect(main.getByRole("link", { name: "Per 1,000 citizens present" })).toHaveAttribute("aria-current", "true");
  await page.goForward();
  await expect(page).toHaveURL("/en/explore?c=kg&v=change");
});

test("countries, days and bounds are chosen in a plain form, which keeps the rest", async ({ page }) => {
  await page.goto("/en/explore?c=kg&m=black_list");
  await page.getByText("Choose countries, time and drawing").click();
  await page.getByRole("checkbox", { name: /^Tajikistan/ }).check();
  await page.getByRole("textbox", { name: "From" }).fill("2025-02");
  await page.getByLabel("As known on").fill("2025-12-31");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/m=black_list/);
  const main = page.getByRole("main");
  await expect(page.getByRole("heading", { level: 2, name: "Black list: Kyrgyzstan, Tajikistan" })).toBeVisible();
  await expect(main).toContainText("You see what was known on 31 December 2025");
  await expectNoAxeViolations(page);
});

test("countries are found by name and ordered by their newest figure, and those chosen stay chosen", async ({ page }) => {
  await page.goto("/en/explore?c=kg&find=taj&sort=value");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await expect(page.getByRole("checkbox", { name: /^Tajikistan more than 150,000/ })).not.toBeChecked();
  await expect(page.getByText("Chosen too, though not among those found: Kyrgyzstan.")).toBeVisible();
  await page.getByRole("checkbox").check();
  await page.getByLabel("Find a country").fill("");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Gray list: Tajikistan, Kyrgyzstan" })).toBeVisible();
  const offered = await page.locator(".countries label").allInnerTexts();
  expect(offered.slice(0, 3).map((text) => text.split("\n")[0])).toEqual(["All nationalities", "Tajikistan", "Kyrgyzstan"]);
});

test("as known on 26 July 2025: the figures of then, the band of the worked example, and what has changed since", async ({ page }) => {
  const main = page.getByRole("main");
  const figures = async (measure: string) => {
    await page.goto(`/en/explore?c=kg&m=${measure}&known=2025-07-26`);
    return main.getByRole("table").locator("tbody td:first-of-type a").allInnerTexts();
  };
  expect(await figures("black_list")).toEqual(["about 80,000"]);
  expect((await figures("regularised")).sort()).toEqual(["about 4,000", "more than 7,000"]);
  expect(await figures("gray_list")).toEqual(["about 103,000", "about 113,000"]);
  await expect(main).toContainText("79,100 people on 10 September 2025, between 67,400 and 86,600");
  await expect(main).toContainText(/\d+ other figures about the time shown have become known since\./);
  await expect(main.locator(".ahead-of .band-of")).toHaveCount(1);
  await main.getByRole("link", { name: "Later: 12 August 2025" }).click();
  await expect(page).toHaveURL(/known=2025-08-12/);
  await expect(main.getByRole("table")).toContainText("91,000");
  await main.getByRole("table").getByRole("link", { name: "91,000" }).click();
  await expect(page).toHaveURL(/\/en\/as-known\/2025-08-12\/snapshots\//);
  await page.goBack();
  await main.getByRole("link", { name: "Back to today" }).click();
  await expect(page).toHaveURL("/en/explore?c=kg");
});

test("each chart says in words what it shows, in five languages", async ({ page }) => {
  for (const language of languages) {
    const words = wordsFor(language);
    await page.goto(`/${language}/explore?c=kg,all&v=absolute`);
    const chart = page.locator("figure.trend [role=group]");
    const label = plain((await chart.getAttribute("aria-label")) ?? "");
    expect(label).toContain(plain(words.country("KG")));
    expect(label).toContain(plain(words.country("ALL")));
    expect(label).toContain(plain(words.figure({ qualifier: "about", value: 124_000 })));
    expect(label).toContain(plain(words.figure({ qualifier: "about", value: 34_000 })));
    expect(label).toContain(plain(words.moment({ text: "2026-01-30" })));
    await expect(chart.getByRole("link").first()).toHaveAttribute("aria-label", /\d/);
    expect(await page.title()).toContain(words.t("explore.title"));
  }
});

test("charts by country with one axis; equal ratios; the table alone", async ({ page }) => {
  await page.goto("/en/explore?c=kg,tj,uz&facet=each&y=shared");
  await expect(page.locator("figure.trend")).toHaveCount(2);
  const scales = await page.locator("figure.trend .scale").allTextContents();
  expect(scales[0]).toBe(scales[1]);
  await page.goto("/en/explore?c=kg,all&scale=log");
  const tops = await page.locator(".scale text").allTextContents();
  expect(tops).toContain("100,000");
  expect(tops).not.toContain("0");
  await page.goto("/en/explore?c=kg&view=table");
  await expect(page.locator("figure.trend")).toHaveCount(0);
  await expect(page.getByRole("table")).toContainText("73,278");
});

test("a link with both dates pinned stands under the page, and a frame that keeps to it", async ({ page }) => {
  await page.goto("/en/explore?c=kg");
  const pinned = await page.getByRole("link", { name: "This address shows the same figures for ever" }).getAttribute("href");
  expect(pinned).toMatch(/\/en\/explore\?c=kg&known=\d{4}-\d{2}-\d{2}&recorded=/);
  const code = await page.locator(".embed-snippet textarea").inputValue();
  const src = /src="([^"]*)"/.exec(code)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(src).toContain("/en/embed/chart?c=kg&known=");
  const before = await page.getByRole("table").locator("td a").allInnerTexts();
  await page.goto(pinned ?? "");
  expect(await page.getByRole("table").locator("td a").allInnerTexts()).toEqual(before);
  const framed = await page.goto(src);
  expect(framed?.headers()["content-security-policy"]).toContain("frame-ancestors *");
  await expect(page.locator("figure.trend")).toHaveCount(1);
  await expect(page.getByText("You see what was known on")).toBeVisible();
});

test.describe("what an address says that we do not know", () => {
  test.use({ expectsMissing: true });
  test("is told and not guessed", async ({ request }) => {
    for (const query of [
      "c=xx",
      "c=KG",
      "m=nothing",
      "v=",
      "v=x&scale=y",
      "at=2025-13-01",
      "from=yesterday",
      "to=2025-07/2025-08",
      "from=2025-08&to=2025-07",
      "known=2999-01-01",
      "recorded=0000-01-01T00:00:00Z",
      "m=gray_list&m=black_list",
      `c=${"a".repeat(5000)}`,
      "find=%00%3Cscript%3E",
    ]) {
      const answer = await request.get(`/en/explore?${query}`);
      expect([200, 400], query).toContain(answer.status());
      const html = await answer.text();
      expect(html.includes("The address asks for something we do not know"), query).toBe(answer.status() === 400);
      expect(answer.status() === 200, query).toBe(["v=", "find=%00%3Cscript%3E"].includes(query));
      expect(html, query).not.toContain("<script>");
    }
  });
});

test("a phone of 320 pixels has nothing to scroll sideways", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const query of ["", "?c=kg,tj,uz,am,az,by,kz,md,all&v=per_1000", "?c=kg,tj,all&facet=each&scale=log&find=a"]) {
    await page.goto(`/ky/explore${query}`);
    const width = (spacing: string) =>
      page.locator("body").evaluate((body, spacing) => {
        body.style.letterSpacing = spacing;
        return body.ownerDocument.documentElement.scrollWidth;
      }, spacing);
    // As the phone's font has it, and as wide as WCAG 1.4.12 lets readers set it.
    expect([await width("normal"), await width("0.12em")], query).toEqual([320, 320]);
  }
});
