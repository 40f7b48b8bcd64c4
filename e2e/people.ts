import { type Browser, expect, type Page, test } from "@playwright/test";

export const ADMIN = { email: "admin@example.org", password: "correct horse battery" };

/** Signs in as a person would, from the staff door, and ends on the desk. */
export async function signIn(page: Page, person: { email: string; password: string } = ADMIN): Promise<void> {
  await page.goto("/staff");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
}

/** A page of somebody else's browser, with scripts where the project has them. */
export async function otherBrowser(browser: Browser): Promise<Page> {
  const { baseURL, javaScriptEnabled } = test.info().project.use;
  const context = await browser.newContext({ baseURL, javaScriptEnabled: javaScriptEnabled !== false, locale: "en" });
  return context.newPage();
}

/** Invites somebody for Kyrgyzstan as the admin who is signed in would, lets them choose a password, and signs them in in a browser of their own. */
export async function invited(admin: Page, browser: Browser, name: string, role: "recorder" | "reviewer"): Promise<Page> {
  const email = `${name.toLowerCase().replace(/\W+/g, "-")}-${Date.now().toString(36)}@example.org`;
  const password = "a few words together";
  await admin.goto("/staff/people/new");
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("E-mail").fill(email);
  await admin.getByLabel("Role").selectOption(role);
  await admin.getByLabel("Kyrgyzstan").check();
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = await admin.getByLabel("Link to pass on").inputValue();
  const theirs = await otherBrowser(browser);
  await theirs.goto(link);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Save the password" }).click();
  await expect(theirs.getByText("Done. Sign in now.")).toBeVisible();
  await signIn(theirs, { email, password });
  return theirs;
}
