import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

test("the second of two editors is shown the other's version and can go on from either", async ({ page, context }, info) => {
  const id = info.project.name === "scripts-on" ? "all-expelled-2024-12-31" : "all-expelled-2025-12-31";
  const address = `/staff/record/${id}`;
  await signIn(page);
  const other = await context.newPage();
  await page.goto(address);
  await other.goto(address);

  await other.getByLabel("Number of people").fill("36500");
  await other.getByLabel("Reason for the correction").fill("Said again more exactly");
  await other.getByRole("button", { name: "Save the correction" }).click();
  await expect(other.getByText("Recorded and public.")).toBeVisible();

  await page.getByLabel("Number of people").fill("36700");
  await page.getByLabel("Reason for the correction").fill("Heard it differently");
  await page.getByRole("button", { name: "Save the correction" }).click();
  const conflict = page.getByRole("region", { name: "Somebody else was quicker" });
  await expect(conflict).toContainText("saved revision 2");
  await expect(conflict.getByRole("row", { name: /Number of people/ })).toContainText("36500");
  await expect(conflict.getByRole("row", { name: /Number of people/ })).toContainText("36700");
  await expect(page.getByLabel("Reason for the correction")).toHaveValue("Heard it differently");
  await expectNoAxeViolations(page);

  await page.getByRole("button", { name: "Save the correction" }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Revision 3" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("36,500");

  await page.getByLabel("Number of people").fill("1");
  await other.goto(address);
  await other.getByLabel("Reason for the correction").fill("Nothing new");
  await other.getByRole("button", { name: "Save the correction" }).click();
  await expect(other.getByRole("main").getByRole("alert")).toContainText("Nothing differs from what is recorded.");
  await other.getByLabel("Number of people").fill("36800");
  await other.getByLabel("Reason for the correction").fill("Once more");
  await other.getByRole("button", { name: "Save the correction" }).click();
  await expect(other.getByText("Recorded and public.")).toBeVisible();
  await page.getByLabel("Reason for the correction").fill("And mine");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await page.getByRole("link", { name: "Go on from theirs" }).click();
  await expect(page.getByLabel("Number of people")).toHaveValue("36800");
});
