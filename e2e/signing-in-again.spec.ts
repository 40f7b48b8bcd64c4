import { expect, expectNoAxeViolations, test } from "./fixtures";
import { invited, otherBrowser, sharedDatabase, signIn } from "./people";

test.setTimeout(120_000);

/** Every session of somebody as if it had begun so many minutes ago, and been used ever since. */
async function age(email: string, minutes: number): Promise<void> {
  const { sql } = await import("drizzle-orm");
  await sharedDatabase().execute(sql`
    update staff.sessions set created_at = created_at - make_interval(mins => ${minutes})
    where person_id = (select person_id from staff.people where email = ${email})`);
}

/** An admin of Kyrgyzstan of this test alone, signed in; nobody else's session grows old by what is done here. */
async function ownAdmin(page: import("@playwright/test").Page, browser: import("@playwright/test").Browser) {
  const founder = await otherBrowser(browser);
  await signIn(founder);
  let email = "";
  const theirs = await invited(founder, browser, "An admin who stays long", "recorder", (told) => {
    email = told;
  });
  const { sql } = await import("drizzle-orm");
  await sharedDatabase().execute(sql`update staff.people set role = 'country_admin' where email = ${email}`);
  await founder.context().close();
  await theirs.context().close();
  await signIn(page, { email });
  return email;
}

test("whoever signed in a while ago signs in again before they invite, change people or make tokens", async ({ page, browser }) => {
  const email = await ownAdmin(page, browser);
  await age(email, 16);
  for (const path of ["/staff/people/new", "/staff/tokens/new"]) {
    await page.goto(path);
    await expect(page.getByRole("main").locator("form")).toHaveCount(0);
    await expectNoAxeViolations(page);
    await page.getByRole("link", { name: "Sign in again" }).click();
    await expect(page).toHaveURL(`/staff/sign-in?to=${encodeURIComponent(path)}`);
    // A slip at the door leads to the door, with the reason and with where one was going.
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the one they chose");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByText("E-mail or password is not right")).toBeVisible();
    await expect(page.locator('input[name="to"]').first()).toHaveValue(path);
  }
  await page.goto("/staff/people");
  await page.getByRole("main").locator("ul a").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("what was typed stays while one signs in again beside it, and is sent then", async ({ page, browser }) => {
  const email = await ownAdmin(page, browser);
  const name = `Invited late ${Date.now().toString(36)}`;
  await page.goto("/staff/people/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail").fill(`late-${Date.now().toString(36)}@example.org`);
  await page.getByLabel("Role").selectOption("recorder");
  await page.getByLabel("Kyrgyzstan").check();
  await age(email, 16);
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.locator("#refusal")).toContainText("You signed in more than a quarter of an hour ago");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await expectNoAxeViolations(page);
  const opened = page.context().waitForEvent("page");
  await page.getByRole("link", { name: "Sign in again" }).click();
  const beside = await opened;
  await expect(beside.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  // The way over the forms has specs of its own.
  await signIn(beside, { email });
  await page.getByRole("button", { name: "Make the link" }).click();
  await expect(page.getByLabel("Link to pass on")).toBeVisible();
});

test("an old session neither changes a person nor makes or ends a token, whichever form it has open", async ({ page, browser }) => {
  const email = await ownAdmin(page, browser);
  await page.goto("/staff/tokens/new");
  await page.getByLabel("Name", { exact: true }).fill("A token of an old session");
  await page.getByLabel("Kyrgyzstan").check();
  const person = await otherBrowser(browser);
  await signIn(person, { email });
  await person.goto("/staff/people");
  const other = person.getByRole("main").getByRole("link", { name: /^(?!Invite).+/ });
  const links = await other.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  let sent = false;
  for (const link of links.filter((one) => /^\/staff\/people\/(?!new)/.test(one))) {
    await person.goto(link);
    if ((await person.getByRole("button", { name: "Sign out everywhere" }).count()) === 0) continue;
    await age(email, 16);
    await person.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(person.locator("#refusal")).toContainText("You signed in more than a quarter of an hour ago");
    sent = true;
    break;
  }
  expect(sent).toBe(true);
  await page.getByRole("button", { name: "Make the token" }).click();
  await expect(page.locator("#refusal")).toContainText("You signed in more than a quarter of an hour ago");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("A token of an old session");
  await person.context().close();
});

test("an admin whose second factor was taken is told on the desk by whom", async ({ page, browser }) => {
  const email = await ownAdmin(page, browser);
  const { sql } = await import("drizzle-orm");
  await sharedDatabase().execute(sql`
    insert into staff.acts (person_id, verb, feature, object_id, countries)
    select (select person_id from staff.people where email = 'admin@example.org'), 'reset_factor', 'people', person_id, '{KG}'
    from staff.people where email = ${email}`);
  await page.goto("/staff");
  await expect(page.getByText(/changed how you sign in on .*: your second factor was taken away/)).toBeVisible();
  await expectNoAxeViolations(page);
});
