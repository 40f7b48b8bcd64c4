import { expect, expectNoAxeViolations, test } from "./fixtures";
import { ADMIN, signIn } from "./people";

test("a wrong password is refused in words, a right one leads back to where one was going", async ({ page }) => {
  await page.goto("/staff/record");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("E-mail or password is not right");

  await page.goto("/staff/record");
  await page.getByLabel("E-mail").fill(ADMIN.email);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Record what was said" })).toBeVisible();
});

test("after signing out the old cookie opens nothing", async ({ page, context }) => {
  await signIn(page);
  const cookies = await context.cookies();
  expect(cookies.every((c) => c.httpOnly && c.sameSite === "Lax")).toBe(true);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await context.addCookies(cookies);
  await page.goto("/staff");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a form sent from another site is not accepted", async ({ request, baseURL }) => {
  const foreign = await request.post("/staff/record", { headers: { origin: "https://elsewhere.example" }, form: { country: "KG" } });
  expect(foreign.status()).toBe(403);
  const nameless = await request.post("/api/auth/callback/credentials", { headers: { origin: `${baseURL}.evil.example` }, form: ADMIN });
  expect(nameless.status()).toBe(403);
});
