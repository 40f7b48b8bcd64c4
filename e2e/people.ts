import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { type Database, openPool } from "@/db/client";
import { ROLE } from "@/db/roles";
import { people } from "@/db/schema";
import { beginSession } from "@/lib/sign-in/write";

export const ADMIN = { email: "admin@example.org", password: "correct horse battery" };

let opened: Database | undefined;

/** The database of the server that the tests share; where it is stands in the data folder, as PostgreSQL writes it there itself. */
export function sharedDatabase(): Database {
  if (opened) return opened;
  const data = process.env.MUHLAT_E2E_DATA ?? "";
  const server = readdirSync(data).find((name) => /^postgres-\d+$/.test(name)) ?? "";
  const [, , , , folder = ""] = readFileSync(path.join(data, server, "postmaster.pid"), "utf8").split("\n");
  opened = openPool(`postgres:///postgres?host=${encodeURIComponent(folder)}&user=muhlat`, ROLE.staff, 2).db;
  return opened;
}

/**
 * Lets a browser in as somebody with a session begun as after both factors, and ends on the desk. The way over the
 * forms has specs of its own; codes of an authenticator, of which each counts once, would keep all others waiting.
 */
export async function signIn(page: Page, { email }: { email: string } = ADMIN): Promise<void> {
  const db = sharedDatabase();
  const [person] = await db.select({ personId: people.personId }).from(people).where(eq(people.email, email));
  const value = await beginSession(db, person?.personId ?? "", { method: "password", secondFactor: "code", device: "Chrome, Linux" });
  const url = test.info().project.use.baseURL;
  await page.context().addCookies([{ name: "muhlat-session", value, url, httpOnly: true, sameSite: "Lax" }]);
  await page.goto("/staff");
  await expect(page.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
}

/** Gives e-mail and password as a person would, at the staff door. */
export async function givePassword(page: Page, person: { email: string; password: string } = ADMIN): Promise<void> {
  await page.goto("/staff");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** A page of somebody else's browser, with scripts where the project has them. */
export async function otherBrowser(browser: Browser): Promise<Page> {
  const { baseURL, javaScriptEnabled } = test.info().project.use;
  const context = await browser.newContext({ baseURL, javaScriptEnabled: javaScriptEnabled !== false, locale: "en" });
  return context.newPage();
}

/** Invites somebody for Kyrgyzstan as the admin who is signed in would, lets them choose a password, and lets them in in a browser of their own. */
export async function invited(
  admin: Page,
  browser: Browser,
  name: string,
  role: "recorder" | "reviewer",
  told?: (email: string) => void,
): Promise<Page> {
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
  // Whoever is to know the e-mail goes over the forms from here.
  if (told) told(email);
  else await signIn(theirs, { email });
  return theirs;
}
