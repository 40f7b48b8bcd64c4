import { expect, type Page } from "@playwright/test";

export const ADMIN = { email: "admin@example.org", password: "correct horse battery" };

/** Signs in as a person would, from the staff door, and ends on the desk. */
export async function signIn(page: Page, person: { email: string; password: string } = ADMIN): Promise<void> {
  await page.goto("/staff");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
}
