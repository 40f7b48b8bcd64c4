import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

test("rows are added, duplicated and removed, with and without scripts, and nothing else is lost", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Title of the article").fill("Rows");
  await page.getByLabel("Country of citizenship").selectOption("GE");
  await page.getByLabel("Figure", { exact: true }).fill("11");
  await page.getByRole("button", { name: "Duplicate: Figure 1" }).click();
  await expect(page.getByRole("group", { name: "Figure 2" }).getByLabel("Figure", { exact: true })).toHaveValue("11");
  await page.getByRole("group", { name: "Figure 2" }).getByLabel("Figure", { exact: true }).fill("22");
  await page.getByRole("button", { name: "Add a figure" }).click();
  await expect(page.getByRole("group", { name: "Figure 3" }).getByLabel("Country of citizenship")).toHaveValue("GE");
  await page.getByRole("button", { name: "Remove: Figure 1" }).click();
  await expect(page.getByRole("group", { name: "Figure 1" }).getByLabel("Figure", { exact: true })).toHaveValue("22");
  await expect(page.getByRole("group", { name: "Figure 3" })).toHaveCount(0);
  await expect(page.getByLabel("Title of the article")).toHaveValue("Rows");
});

test("an unlikely figure is told with what it rests on, and saved with a word", async ({ page }, info) => {
  const title = `An unlikely figure, ${info.project.name}`;
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Title of the article").fill(title);
  await page.getByLabel("Country of citizenship").selectOption("GE");
  await page.getByLabel("What is counted", { exact: true }).selectOption("black_list");
  await page.getByLabel("As of", { exact: true }).fill("20.10.2026");
  await page.getByLabel("What was said").selectOption("unchanged");
  await page.getByRole("button", { name: "Look before saving" }).click();
  await expect(page.getByText("There is no figure of this series by 20 October 2026 that could be unchanged.")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Please look again");
  const asked = page.getByRole("main").getByRole("alert").getByRole("link", { name: "1. Why it is right all the same" });
  await expect(asked).toHaveAttribute("href", "#field-figures-0-confirm-word");
  await expectNoAxeViolations(page);
  await page.getByLabel("Why it is right all the same").fill("The consulate keeps its own count");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();
  await expect(page.getByText("Looked at again before saving: The consulate keeps its own count")).toBeVisible();
});
