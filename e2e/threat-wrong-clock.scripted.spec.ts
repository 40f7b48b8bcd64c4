/**
 * Threat: what somebody sees of a deadline is wrong by their clock, ours, or a copy of the page that was kept.
 *
 * The rules are tried in tests/threats/wrong-clock.test.ts, which says how it was seen to fail.
 */
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { languages } from "../lib/i18n/languages";
import { wordsFor } from "../lib/i18n/words";
import { test as base, expect } from "./fixtures";
import { type MovedServer, startMoved } from "./moved-server";

// The deadline of the record: the end of 10 September 2025 in Moscow.
const END = Date.parse("2025-09-10T21:00:00Z");
const before = (milliseconds: number) => new Date(END - milliseconds).toISOString();
const MINUTE = 60_000;
const DAY = 86_400_000;

const INSTANTS = [
  { when: "31 days before", at: before(31 * DAY), state: "ahead", daysLeft: 30 },
  { when: "24 hours before", at: before(DAY), state: "today", hours: 23 },
  { when: "a minute before", at: before(MINUTE), state: "today", hours: 0 },
  { when: "at its end", at: before(0), state: "passed", daysAgo: 1 },
  { when: "a minute after", at: before(-MINUTE), state: "passed", daysAgo: 1 },
  { when: "a year after", at: "2026-09-10T21:00:30Z", state: "passed", daysAgo: 366 },
] as const;

type Instant = (typeof INSTANTS)[number];

function stateIn(language: (typeof languages)[number], instant: Instant): string {
  const { t } = wordsFor(language);
  switch (instant.state) {
    case "ahead":
      return t("deadline.ahead", { count: instant.daysLeft });
    case "today":
      return t("deadline.today", { hours: instant.hours });
    case "passed":
      return t("deadline.passed", { count: instant.daysAgo });
  }
}

const plain = (text: string | null) => (text ?? "").replaceAll(/\s+/g, " ").trim();
const card = (page: Page) => page.locator("article.deadline").first();
const stateOf = async (page: Page) => plain(await card(page).locator(".state").innerText());

/** Every page and request of these tests goes to one server whose clock they set. */
const test = base.extend<object, { server: MovedServer }>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await startMoved();
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  baseURL: ({ server }, use) => use(server.origin),
});

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

for (const instant of INSTANTS)
  test(`${instant.when}: every page says the same in five languages, without scripts too`, async ({ server, browser }) => {
    await server.setClock(instant.at);
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    for (const language of languages)
      for (const path of ["", "/countries/kg", "/deadlines", "/deadlines/ru-regularisation"]) {
        await page.goto(`${server.origin}/${language}${path}`);
        expect(await stateOf(page), `${language}${path}`).toContain(stateIn(language, instant));
        expect(plain(await card(page).innerText()), `${language}${path}`).toContain(plain(wordsFor(language).day("2025-09-10")));
      }
    await context.close();
  });

test("picture, frame, feed and calendar say what the page says, at each of these instants", async ({ server, page, request }) => {
  const pictures = new Map<string, string>();
  for (const instant of INSTANTS) {
    await server.setClock(instant.at);
    for (const language of ["en", "tg"] as const) {
      const day = wordsFor(language).day("2025-09-10");
      await page.goto(`/${language}/embed/countdown?country=tj`);
      expect(await stateOf(page), `${instant.when}: frame`).toContain(stateIn(language, instant));
      const feed = await (await request.get(`/feed/tj.atom?lang=${language}`)).text();
      expect(plain(feed), `${instant.when}: feed`).toContain(plain(day));
      const calendar = await (await request.get(`/calendar/tj.ics?lang=${language}`)).text();
      expect(calendar, `${instant.when}: calendar`).toContain("DTEND;TZID=Europe/Moscow:20250910T235900");
    }
    // What a picture says is tried in words elsewhere; here, that it is another one exactly when the page tells of another day.
    const picture = await (await request.get("/og/tj.png?lang=en")).body();
    pictures.set(instant.when, createHash("sha256").update(picture).digest("hex"));
  }
  // A chat keeps a picture for long: it tells the day, not the hour.
  expect(pictures.get("24 hours before")).toBe(pictures.get("a minute before"));
  expect(pictures.get("at its end")).toBe(pictures.get("a minute after"));
  expect(new Set(pictures.values()).size).toBe(INSTANTS.length - 2);
});

test("it ticks, and turns to passed by itself, told to those who hear it; the visitor's own clock is a year wrong", async ({
  server,
  page,
}) => {
  await page.clock.setSystemTime(new Date("2024-09-01T00:00:00Z"));
  await server.setClock(before(63_000));
  await page.goto("/ky/countries/kg");
  const ticking = card(page).locator("[data-ticking]");
  await expect(ticking).toHaveText(/^00:0[01]:\d\d$/);
  await expect(card(page).locator("[aria-live]")).toHaveText(wordsFor("ky").t("deadline.milestones.minute"));
  await server.setClock(before(2_000));
  await page.goto("/ky/countries/kg");
  await expect(ticking).toHaveText(/^00:00:0\d$/);
  await expect(card(page)).toHaveClass(/deadline-passed/);
  expect(await stateOf(page)).toContain(wordsFor("ky").t("deadline.passed", { count: 1 }));
  await expect(card(page).locator("[aria-live]")).toContainText(wordsFor("ky").t("deadline.passed", { count: 1 }));
  await expect(ticking).toHaveCount(0);
});

test("days are counted with the seconds, in the page's language", async ({ server, page }) => {
  await server.setClock(before(2 * DAY + 3 * 3_600_000 + 4 * MINUTE));
  await page.goto("/tg/countries/tj");
  await expect(card(page).locator("[data-ticking]")).toHaveText(/^2 рӯз 03:0[34]:\d\d$/);
});

test("a page kept by a cache since yesterday puts itself right", async ({ server, page, request }) => {
  await server.setClock(before(3 * DAY));
  const kept = await (await request.get("/en/countries/kg")).text();
  await server.setClock(before(2 * DAY));
  await page.route("**/en/countries/kg", (route) => route.fulfill({ contentType: "text/html", body: kept }), { times: 1 });
  await page.goto("/en/countries/kg");
  expect(kept).toContain("2 days left");
  await expect(card(page).locator(".state")).toContainText("1 day left");
});

test("a page kept from before the end turns to passed, although the server can be asked for nothing but the time", async ({
  server,
  page,
  request,
}) => {
  await server.setClock(before(3 * DAY));
  const kept = await (await request.get("/en/countries/kg")).text();
  await server.setClock(before(-DAY));
  await page.route("**/en/countries/kg", (route) => route.fulfill({ contentType: "text/html", body: kept }));
  await page.goto("/en/countries/kg");
  await expect(card(page)).toHaveClass(/deadline-passed/);
  await expect(card(page)).toContainText("As of 11 September 2025, 00:00 (Moscow)");
});

test.describe("without an answer from the server", () => {
  test.use({ expectsCuts: true });
  test("nothing ticks, and what was sent stays, with its time", async ({ server, page }) => {
    await server.setClock(before(3 * DAY));
    await page.route("**/api/time", (route) => route.abort());
    await page.goto("/en/countries/kg");
    await expect(card(page)).toContainText("As of 8 September 2025, 00:00 (Moscow)");
    await expect(card(page).locator("[data-ticking]")).toBeHidden();
    expect(await stateOf(page)).toContain("2 days left");
  });
});

test("reduced motion and 200 % text: nothing moves but the digits, nothing is cut", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.setViewportSize({ width: 320, height: 740 });
  await page.goto("/tg");
  const html = page.locator("html");
  // As a browser's own settings do: a sheet in the page would be refused.
  await html.evaluate((html) => {
    html.style.fontSize = "200%";
  });
  expect(await html.evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(320);
  const moving = await page.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
});
