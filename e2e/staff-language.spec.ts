import { expect, test } from "./fixtures";
import { signIn } from "./people";

test("staff pages speak the person's language", async ({ page }) => {
  await signIn(page);
  await page.getByText("Signed in as").click();
  await page.getByLabel("Language of these pages").selectOption("ky");
  await page.getByRole("button", { name: "Change" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ky");
  await page.locator(".who summary").click();
  await page.locator("select[name=language]").selectOption("en");
  await page.locator("form:has(select[name=language]) button").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
