import { expect, test } from "./fixtures";
import { signIn } from "./people";

test("the desk calls a contact that is not finished by its name", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/contacts/new");
  await page.getByLabel("Name (English)").fill("A consulate to be");
  await page.goto("/staff");
  await expect(page.getByRole("link", { name: /A consulate to be/ })).toHaveAttribute("href", /^\/staff\/contacts\/new\?draft=/);
});
