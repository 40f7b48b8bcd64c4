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

test("a long table shows how far it is, and is recorded as a whole", async ({ page }, { retry }) => {
  test.setTimeout(900_000);
  const timeout = 240_000;
  // What the first try has recorded would be known already to a second.
  const country = ["SY", "IQ"][retry];
  const day = (i: number) => new Date(Date.UTC(1993, 0, 1 + (i % 11_000))).toISOString().slice(0, 10);
  const rows = Array.from(
    { length: 44_000 },
    (_, i) => `${country};${["gray_list", "black_list", "present", "left"][Math.floor(i / 11_000)]};${day(i)};${i};A list;2025-10-05`,
  );
  await signIn(page);
  const buffer = Buffer.from(`Country;List;As of;Number;Source;Published on\n${rows.join("\n")}`);
  await page.goto("/staff/import");
  await page.getByLabel("File").setInputFiles({ name: "long.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Look at every row" }).click();
  await expect(page.getByRole("row", { name: /^New 44,000/ })).toBeVisible({ timeout });
  await expect(page.getByText("For 1 country there are so many figures")).toBeVisible();
  await page.getByRole("button", { name: "Record these rows" }).click();
  await expect(page.getByText(/of 44,000 rows written/)).toBeVisible({ timeout });
  await expect(page.getByText("In the record", { exact: true })).toBeVisible({ timeout });
  await page.getByLabel("Reason", { exact: true }).fill("Only a trial");
  await page.getByRole("button", { name: "Withdraw the whole import" }).click();
  await expect(page.getByText("44,000 statements were withdrawn")).toBeVisible({ timeout });
});
