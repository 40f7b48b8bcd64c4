import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { ADMIN, otherBrowser, signIn } from "./people";

test.use({ expectsMissing: true });

/** A page at 320 pixels that can be scrolled sideways. */
async function expectNoSidewaysScroll(page: Page) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}

const unique = () => `${test.info().project.name}-${test.info().retry}-${Date.now().toString(36)}`;

test("somebody is invited, chooses a password, works, and is let in no more", async ({ page, browser }) => {
  const email = `aigul-${unique()}@example.org`;
  const password = "a few words together";
  await signIn(page);
  await page.getByRole("navigation", { name: "Staff pages" }).getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "People" })).toBeVisible();
  await page.getByRole("link", { name: "Invite a person" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Invite a person" })).toBeVisible();
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);

  await page.getByLabel("Name", { exact: true }).fill(`Aigul ${email}`);
  await page.getByLabel("E-mail").fill("no address");
  await page.getByLabel("Role").selectOption("recorder");
  await page.getByRole("button", { name: "Make the link" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("E-mail: This is not an e-mail address.");
  await expect(alert).toContainText("Countries: This is needed.");
  await expect(page.getByLabel("Role")).toHaveValue("recorder");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Kyrgyzstan").check();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link to pass on").inputValue();
  expect(link).toContain("/staff/set-up?link=");
  await page.getByRole("link", { name: /^Open Aigul/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Aigul ${email}` })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("Invited, link holds until");
  await expect(page.getByRole("main")).not.toContainText(link);
  const address = page.url();

  const theirs = await otherBrowser(browser);
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "Choose your password" })).toBeVisible();
  await expectNoAxeViolations(theirs);
  await theirs.getByLabel("Password").fill("short");
  await theirs.getByRole("button", { name: "Save the password" }).click();
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText("At least 12 characters.");
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Save the password" }).click();
  await expect(theirs.getByText("Done. Sign in now.")).toBeVisible();
  await theirs.getByRole("link", { name: "Sign in" }).click();
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
  const nav = theirs.getByRole("navigation", { name: "Staff pages" });
  await expect(nav.getByRole("link", { name: "People" })).toHaveCount(0);
  await expect(nav.getByRole("link", { name: "Desk" })).toHaveAttribute("aria-current", "page");
  expect((await theirs.goto("/staff/people"))?.status()).toBe(403);
  await expect(theirs.getByText("Your role does not open this page.")).toBeVisible();
  await theirs.goto(link);
  await expect(theirs.getByText("This link is used up or too old.")).toBeVisible();

  await page.goto(address);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByRole("status")).toContainText("Saved.");
  await theirs.goto("/staff/record");
  await expect(theirs.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("heading", { name: "Record what was said" })).toBeVisible();

  await page.getByLabel("Role").selectOption("reviewer");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("definition").filter({ hasText: "reviewer" })).toBeVisible();
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "Deactivated" })).toBeVisible();
  await theirs.goto("/staff");
  await expect(theirs.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await theirs.getByLabel("E-mail").fill(email);
  await theirs.getByLabel("Password").fill(password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText("E-mail or password is not right");

  await page.getByRole("button", { name: "Let in again" }).click();
  await page.getByRole("button", { name: "Make a new link" }).click();
  await theirs.goto(await page.getByLabel("Link to pass on").inputValue());
  await theirs.getByLabel("Password").fill("quite another password");
  await theirs.getByRole("button", { name: "Save the password" }).click();
  await expect(theirs.getByText("Done. Sign in now.")).toBeVisible();
  await theirs.context().close();

  // What the page saw before they chose it is no longer how they stand.
  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Somebody has changed this person");

  await page.goto("/staff/history?feature=people");
  const list = page
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: `Aigul ${email}` });
  await expect(list.nth(0)).toContainText("Person: Chose a password");
  await expect(list.nth(1)).toContainText("Person: New link made");
  await expect(list.filter({ hasText: "Person: Changed" })).toContainText("1 field changed");
});

test("an admin is told that they cannot change themselves", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/people");
  await page.getByRole("main").getByRole("listitem").filter({ hasText: ADMIN.email }).getByRole("link").click();
  await expect(page.getByText("This is you. Another admin changes your role and countries.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deactivate" })).toHaveCount(0);
  expect((await page.goto("/staff/people/nobody"))?.status()).toBe(404);
  await expect(page.getByText("There is no such person")).toBeVisible();
});

test("a contact is public with the day of its confirmation, and gone when it is withdrawn", async ({ page }, info) => {
  const name = `Consulate of ${unique()}`;
  const country = info.project.name === "scripts-on" ? "AM" : "BY";
  const publicPage = `/en/countries/${country.toLowerCase()}`;
  await signIn(page);
  await page.goto("/staff/contacts/new");
  await expectNoSidewaysScroll(page);
  await page.getByLabel("For citizens of").selectOption(country);
  await page.getByLabel("Kind").selectOption("consulate");
  await page.getByLabel("Name (English)").fill(name);
  await page.getByLabel("Telephone").fill("8 800 100");
  await page.getByLabel("Hours (English)").fill("Monday to Friday, 9 to 17");
  await page.getByLabel("Confirmed on").fill("2025-01-10");
  await page.getByRole("button", { name: "Save and show to the public" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Telephone: Write the number with +");
  await expect(page.getByLabel("Hours (English)")).toHaveValue("Monday to Friday, 9 to 17");
  await expectNoAxeViolations(page);
  await page.getByLabel("Telephone").fill("+374 (10) 12-34-56");
  await page.getByLabel("Русский", { exact: true }).check();
  await page.getByRole("button", { name: "Save and show to the public" }).click();
  await expect(page.getByRole("status").first()).toContainText("Saved.");
  await expect(page.getByRole("main")).toContainText("confirm it again");
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  const address = page.url();

  await page.waitForLoadState("networkidle");
  await page.goto(publicPage);
  await expect(page.getByRole("region", { name: "Whom to turn to" })).not.toContainText(name);
  await page.goto(address);
  await page.getByRole("button", { name: "Confirmed again today" }).click();
  await expect(page.getByRole("main")).toContainText("Public until");
  await page.waitForLoadState("networkidle");
  await page.goto(publicPage);
  const card = page.getByRole("article").filter({ hasText: name });
  await expect(card.getByRole("link", { name: "+374 10 12 34 56" })).toHaveAttribute("href", "tel:+37410123456");
  await expect(card).toContainText("Confirmed on");
  await expect(card).toContainText("Русский");
  await expect(card).toContainText("Monday to Friday, 9 to 17");
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await page.goto("/staff/contacts");
  await expect(page.getByRole("listitem").filter({ hasText: name })).toContainText("Public until");
  await expectNoAxeViolations(page);

  await page.goto(address);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Reason for the withdrawal: This is needed.");
  await page.getByLabel("Reason for the withdrawal").fill("It was closed");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByLabel("Reason for the withdrawal")).toHaveCount(0);
  await page.goto(publicPage);
  await expect(page.getByRole("region", { name: "Whom to turn to" })).not.toContainText(name);
  await page.goto("/en/as-known/2025-12-01/countries/am");
  await expect(page.getByRole("region", { name: "Whom to turn to" })).toHaveCount(0);
});

test("the history is narrowed, paged and taken away as a file", async ({ page }) => {
  await signIn(page);
  await page.getByRole("navigation", { name: "Staff pages" }).getByRole("link", { name: "History" }).click();
  await page.getByLabel("On what").selectOption("snapshots");
  await page.getByLabel("Country").selectOption("KG");
  await page.getByRole("button", { name: "Show" }).click();
  const first = page.getByRole("main").getByRole("listitem").first();
  await expect(first).toContainText("Figure: ");
  await expect(first).toContainText("Kyrgyzstan");
  await first.getByText(/fields? changed/).click();
  await expect(first.getByRole("columnheader", { name: "Before" })).toBeVisible();
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);

  const address = await page.getByRole("link", { name: "Download these as CSV" }).getAttribute("href");
  const file = await page.request.get(address ?? "");
  expect(file.headers()["content-type"]).toBe("text/csv; charset=utf-8");
  const text = await file.text();
  expect(text.startsWith("\uFEFFWhen (Moscow),Entered by")).toBe(true);
  expect(text).toContain(",Kyrgyzstan,");
  expect(text).not.toContain(",Tajikistan,");

  await page.goto("/staff/history");
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByRole("link", { name: "Newest" })).toBeVisible();
  await page.goto("/staff/history?from=yesterday&to=&after=%27%3Bdrop&person=a&person=b");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Write the day as 24.07.2025");
  await expect(page.getByLabel("From (day in Moscow)")).toHaveValue("yesterday");
  await expectNoAxeViolations(page);
});

test("nobody who is not signed in gets the history", async ({ request }) => {
  expect((await request.get("/staff/history/export")).status()).toBe(401);
});
