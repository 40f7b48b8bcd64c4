import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { type Desk, letIn, openDesk } from "./desks";
import { test as base, expect, expectNoAxeViolations } from "./fixtures";
import { addStaff, type Things } from "./full-desk";
import type { Visit } from "./staff-visits";

/** The folder for pictures of every visit, where somebody wants to look at them; else nothing is pictured. */
const PICTURES = process.env.MUHLAT_PICTURES;
/** The languages of the pictures. */
const PICTURED = (process.env.MUHLAT_PICTURES_IN ?? "ru,ky,tg").split(",");
const DARK = process.env.MUHLAT_PICTURES_DARK === "yes";

type Opened = { desk: Desk; things: Things };

/**
 * Tests that visit the pages of a desk of their own: nothing may be wrong with them for axe, on the console, or at 320 pixels.
 * @param starterRecord whether the desk begins with the starter record
 * @param fill puts on it what is to be seen, and tells what it is
 * @returns makes one test of each visit; the languages are those in which nothing may scroll sideways
 */
export function visitsOf(starterRecord: "load" | "skip", fill: (desk: Desk) => Promise<Things>) {
  const test = base.extend<object, { opened: Opened }>({
    opened: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture rests on.
      async ({}, use) => {
        const desk = await openDesk(starterRecord);
        await use({ desk, things: await fill(desk) });
        await desk.close();
      },
      { scope: "worker", timeout: 120_000 },
    ],
    baseURL: async ({ opened }, use) => use(opened.desk.origin),
  });
  test.use({ expectsMissing: true });
  return (name: string, visits: readonly Visit[], languages: readonly string[]) => {
    for (const visit of visits)
      test(`${name}: ${visit.page} ${visit.what ?? ""}`, async ({ page, opened }) => {
        const asked = PICTURES ? PICTURED : languages;
        test.setTimeout(30_000 * asked.length);
        for (const language of asked) {
          await page.emulateMedia({ colorScheme: DARK ? "dark" : "light" });
          await page.setViewportSize({ width: 1280, height: 800 });
          await arrive(page, visit, opened, language);
          await picture(page, `${name} ${visit.page} ${visit.what ?? ""} ${language}`);
          await expectNoSidewaysScroll(page);
          if (language === asked[0]) await expectNoAxeViolations(page);
        }
      });
  };
}

async function arrive(
  page: Page,
  { at, as = "central", half, status = 200, act }: Visit,
  { desk, things }: Opened,
  language: string,
): Promise<void> {
  // The browser's own language is fixed for its whole context.
  await page.context().route("**/*", (route) => route.continue({ headers: { ...route.request().headers(), "accept-language": language } }));
  if (as) await addStaff(desk.db, as);
  if (as) await letIn(page.context(), desk, as, language, half);
  const answer = await page.goto(typeof at === "string" ? at : at(things));
  expect(answer?.status()).toBe(status);
  await page.waitForLoadState("networkidle");
  await act?.(page);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
}

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: path.join(PICTURES, `${name.replace(/[^a-z-]+/g, "_")}-${width}.png`), fullPage: true });
  }
}
