import { codeAt } from "@/lib/sign-in/codes";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { ADMIN, givePassword, invited, otherBrowser, signIn } from "./people";

test("a wrong password is refused in words; a right one alone opens only the setting up of a second factor", async ({ page }) => {
  await page.goto("/staff/record");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("E-mail or password is not right");

  await givePassword(page);
  for (const path of ["/staff", "/staff/people", "/staff/account"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Set up a second factor" }), path).toBeVisible();
  }
  const file = await page.request.get("/staff/history/export", { maxRedirects: 0 });
  expect(file.status()).not.toBe(200);
  await expect(page.getByRole("navigation", { name: "Staff pages" })).toHaveCount(0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a reviewer sets an authenticator app up, signs in with its codes, each once, and with a recovery code", async ({ page, browser }) => {
  await signIn(page);
  const reviewer = { email: "", password: "a few words together" };
  const theirs = await invited(page, browser, `Factor ${test.info().project.name}`, "reviewer", (email) => {
    reviewer.email = email;
  });
  await givePassword(theirs, reviewer);
  await expect(theirs.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await expectNoAxeViolations(theirs);
  const secret = (await theirs.getByRole("definition").innerText()).replaceAll(/\s/g, "");
  await theirs.getByLabel("Code that the app shows now").fill("000000");
  await theirs.getByRole("button", { name: "Confirm" }).click();
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText("This is not the code that the app shows now.");
  expect((await theirs.getByRole("definition").innerText()).replaceAll(/\s/g, "")).toBe(secret);
  const began = Date.now();
  const code = (step: number) => codeAt(secret, began + step * 30_000);
  await theirs.getByLabel("Code that the app shows now").fill(code(-1));
  await theirs.getByRole("button", { name: "Confirm" }).click();
  await expect(theirs.getByRole("heading", { name: "Your recovery codes" })).toBeVisible();
  const [recovery = "", ...others] = await theirs.getByRole("main").getByRole("listitem").allInnerTexts();
  expect(others).toHaveLength(9);
  await theirs.getByRole("link", { name: "Go on" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();

  const other = await otherBrowser(browser);
  const give = async (typed: string) => {
    await other.getByLabel("Code from your authenticator app").fill(typed);
    await other.getByRole("button", { name: "Continue" }).click();
  };
  await givePassword(other, reviewer);
  await expect(other.getByRole("heading", { name: "One more step" })).toBeVisible();
  await expectNoAxeViolations(other);
  await give(code(-1));
  await expect(other.getByRole("main").getByRole("alert")).toContainText("used before");
  await give(code(0));
  await expect(other.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();

  const useRecovery = async (typed: string) => {
    await other.getByText("Signed in as").click();
    await other.getByRole("button", { name: "Sign out" }).click();
    await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await givePassword(other, reviewer);
    await other.getByText("A recovery code instead").click();
    await other.getByLabel("Recovery code", { exact: true }).fill(typed);
    await other.getByRole("button", { name: "Use this code" }).click();
  };
  await useRecovery(recovery);
  await expect(other.getByText("You signed in with a recovery code.")).toBeVisible();
  await expect(other.getByText("9 recovery codes are left")).toBeVisible();
  await expect(other.getByText("this browser", { exact: true })).toHaveCount(1);
  await expectNoAxeViolations(other);
  await useRecovery(recovery);
  await expect(other.getByRole("main").getByRole("alert")).toContainText("used before");

  // The other browser is still signed in, until its owner ends that here.
  await give(code(1));
  await other.goto("/staff/account");
  await other.getByRole("button", { name: "End all other sessions" }).click();
  await expect(other.getByRole("status")).toContainText("Ended at once.");
  await theirs.goto("/staff");
  await expect(theirs.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await other.context().close();
  await theirs.context().close();
});

test("somebody changes their password, and stays signed in here alone", async ({ page, browser }) => {
  await signIn(page);
  const recorder = { email: "", password: "a few words together" };
  const theirs = await invited(page, browser, `Changes ${test.info().project.name}`, "recorder", (email) => {
    recorder.email = email;
  });
  const other = await otherBrowser(browser);
  await givePassword(other, recorder);
  await expect(other.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
  await givePassword(theirs, recorder);
  await theirs.goto("/staff/account");
  const change = async (current: string, password: string) => {
    await theirs.getByLabel("Current password").fill(current);
    await theirs.getByLabel("New password").fill(password);
    await theirs.getByRole("button", { name: "Change the password" }).click();
  };
  await change("not the password", "quite another one");
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText("This is not your password.");
  await change(recorder.password, "qwerty123456");
  await expect(theirs.getByRole("main").getByRole("alert")).toContainText("Many people use this password");
  await change(recorder.password, "quite another one");
  await expect(theirs.getByRole("status")).toContainText("Your password is changed");
  await other.goto("/staff");
  await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await givePassword(other, { ...recorder, password: "quite another one" });
  await expect(other.getByRole("heading", { level: 1, name: "The desk" })).toBeVisible();
  await other.context().close();
  await theirs.context().close();
});

test("after signing out the old cookie opens nothing", async ({ page, context }) => {
  await signIn(page);
  const cookies = await context.cookies();
  expect(cookies.every((c) => c.httpOnly && c.sameSite === "Lax")).toBe(true);
  await page.getByText("Signed in as").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.addCookies(cookies);
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a form sent from another site is not accepted", async ({ request, baseURL }) => {
  const foreign = await request.post("/staff/record", { headers: { origin: "https://elsewhere.example" }, form: { country: "KG" } });
  expect(foreign.status()).toBe(403);
  for (const path of ["/staff/sign-in/password", "/staff/second-factor/code", "/staff/account"]) {
    const nameless = await request.post(path, { headers: { origin: `${baseURL}.evil.example` }, form: ADMIN });
    expect(nameless.status(), path).toBe(403);
  }
});
