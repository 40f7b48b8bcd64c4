import path from "node:path";
import { expect, type Page } from "@playwright/test";

const form = (page: Page, which: "first" | "last" = "first") => page.locator("main form.sheet")[which]();
const refused = (page: Page) => expect(page.locator("main [role=alert], main .bad").first()).toBeVisible();

/** Sends a form with nothing in it, or with nonsense in every field. */
export const sends =
  (typed: string, which: "first" | "last" = "first") =>
  async (page: Page) => {
    const sent = form(page, which);
    for (const field of await sent.locator('input[type="text"], input[type="email"], textarea').all())
      if (await field.isVisible()) await field.fill(typed);
    await sent.locator('button[type="submit"]:not(.unseen):not([value^="copy"]):not([value^="remove"])').last().click();
    await refused(page);
  };
/** What no field of any form can be. */
export const NONSENSE = "…???";

export async function unfinished(page: Page): Promise<void> {
  await page.goto("/staff/record");
  await page.locator('[name="source.title"]').fill("Недописанное");
  await page.goto("/staff?published=5&waiting=1");
  await expect(page.locator("main").getByText("Недописанное")).toBeVisible();
}

export async function briefed(page: Page): Promise<void> {
  await page.locator('[name="source.title"]').fill("Брифинг");
  await page.locator('[name="figures.0.country"]').selectOption("KG");
  await page.locator('[name="figures.0.measure"]').selectOption("gray_list");
  await page.locator('[name="figures.0.as_of"]').fill("июль 2025");
  await page.locator('[name="figures.0.figure"]').fill("более 113 тыс.");
  // Whatever languages the browser itself has: the comma belongs to English numbers.
  await expect(page.locator(".understood").nth(1)).toHaveText(/113\u00a0000/);
  await page.locator('button[value="copy.0"]').click();
  await expect(page.locator(".series-beside").nth(1)).toBeVisible();
}

export async function warned(page: Page): Promise<void> {
  await page.locator('[name="source.title"]').fill("Брифинг");
  await page.locator('[name="figures.0.country"]').selectOption("KG");
  await page.locator('[name="figures.0.measure"]').selectOption("gray_list");
  await page.locator('[name="figures.0.as_of"]').fill("01.11.2025");
  await page.locator('[name="figures.0.figure"]').fill("9 000 000");
  await form(page).locator('button[value="save"]').last().click();
  await refused(page);
}

export async function invites(page: Page): Promise<void> {
  await page.locator('[name="name"]').fill("Эрмек");
  await page.locator('[name="email"]').fill(`ermek-${Date.now()}@example.org`);
  await page.locator('[name="role"]').selectOption("recorder");
  await page.locator('[name="countries.KG"]').check();
  await form(page).locator('button[type="submit"]').click();
  await expect(page.locator("main input[readonly]")).toBeVisible();
}

export async function makesToken(page: Page): Promise<void> {
  await page.locator('[name="name"]').fill("Учётная система Генерального консульства в Екатеринбурге");
  await page.locator('[name="countries.KG"]').check();
  await form(page).locator('button[type="submit"]').click();
  await expect(page.locator("main input[readonly]")).toHaveValue(/^muhlat_/);
}

export async function previews(page: Page): Promise<void> {
  await form(page).locator('[name="reason"]').fill("Уточнение");
  await form(page).locator('button[value="preview"]').click();
  await expect(page.locator("main .preview")).toBeVisible();
}

export async function wrongPassword(page: Page): Promise<void> {
  await page.locator('[name="email"]').fill(`nobody-${Date.now()}@example.org`);
  await page.locator('[name="password"]').fill("wrong");
  await form(page).locator("button").click();
  await refused(page);
}

export async function wrongCode(page: Page): Promise<void> {
  await page.locator('form:has([value="code"]) [name="code"]').fill("000000");
  await page.locator('form:has([value="code"]) button').click();
  await refused(page);
}

/** The same page, as if somebody else had been quicker since it was opened. */
export function outdated(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    const sent = form(page);
    if (name === "replaces_revision") await sent.locator('[name="reason"]').fill("Уточнение");
    await sent.locator(`[name="${name}"]`).evaluate((input: HTMLInputElement) => {
      input.value = "0";
    });
    await sent.locator('button[type="submit"]').last().click();
    await refused(page);
  };
}

export async function overtaken(page: Page): Promise<void> {
  await form(page).locator('[name="value"]').fill("106000");
  await form(page).locator('[name="reason"]').fill("Опечатка");
  await outdated("replaces_revision")(page);
}

export async function tooLarge(page: Page): Promise<void> {
  const large = { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(11 * 1024 * 1024) };
  await page.locator('input[type="file"]').setInputFiles(large);
  await refused(page);
}

export async function noTable(page: Page): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(path.join(import.meta.dirname, "../tests/imports/fixtures/broken/cut.xlsx"));
  await form(page).locator("button").click();
  await refused(page);
}

export async function commits(page: Page): Promise<void> {
  const sent = page.locator("main form.sheet", { has: page.locator('[name="without_faulty"]') });
  await sent.locator('button[type="submit"]').click();
  await refused(page);
}
