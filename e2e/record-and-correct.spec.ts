import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

test("staff record a figure, the public sees it at once, a correction keeps its past", async ({ page }, info) => {
  const title = `Briefing of 2 March 2026, ${info.project.name} ${info.retry}`;
  await signIn(page);
  await page.getByRole("link", { name: "Record what was said" }).click();
  await expect(page.getByLabel("Title of the article")).toBeVisible();
  await expectNoAxeViolations(page);

  await page.getByLabel("Title of the article").fill(title);
  await page.getByLabel("Who said it").fill(`Consul General ${info.project.name}`);
  await page.getByLabel("Published on").fill("2 марта 2026 года");
  await page.getByLabel("Country of citizenship").selectOption("KG");
  await page.getByLabel("What is counted", { exact: true }).selectOption("gray_list");
  await page.getByLabel("As of", { exact: true }).fill("20.01.2026");
  await page.getByLabel("Figure", { exact: true }).fill("~34,5 тыс.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();
  await expectNoAxeViolations(page);
  const address = page.url();

  await page.goto("/ky/countries/kg");
  const row = page.getByRole("row").filter({ hasText: title });
  await expect(row).toContainText("болжол менен 34 500");
  await expect(row).toContainText("2026-жылдын 20-январы");

  await page.goto(address);
  await expect(page.getByLabel("Number of people")).toHaveValue("34500");
  await page.getByLabel("Number of people").fill("34600");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Reason for the correction: This is needed.");
  await expect(page.getByLabel("Number of people")).toHaveValue("34600");
  await page.getByLabel("Reason for the correction").fill("The consul general corrected himself");
  await page.getByRole("button", { name: "Save the correction" }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();

  const history = page.getByRole("list").filter({ has: page.getByRole("heading", { name: "Revision 1" }) });
  await expect(history.getByRole("listitem").nth(0)).toContainText("about 34,600");
  await expect(history.getByRole("listitem").nth(0)).toContainText("The consul general corrected himself");
  await expect(history.getByRole("row", { name: /Number of people/ })).toContainText("34,600");
  await expect(history.getByRole("listitem").nth(1)).toContainText("about 34,500");

  await page.goto("/ky/countries/kg");
  await page.getByRole("row").filter({ hasText: title }).getByRole("link", { name: "34 600" }).click();
  await expect(page.getByRole("main")).toContainText("болжол менен 34 600");
  await expect(page.getByRole("main")).toContainText("болжол менен 34 500");
  await expect(page.getByRole("main")).toContainText("The consul general corrected himself");
  await expectNoAxeViolations(page);

  await page.goto("/en/corrections");
  await expect(page.getByRole("listitem").filter({ hasText: title })).toContainText("The consul general corrected himself");
  await expectNoAxeViolations(page);
});

test("nothing typed is lost when an entry is refused, and nothing is stored", async ({ page }) => {
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Country of citizenship").selectOption("TJ");
  await page.getByLabel("What is counted", { exact: true }).selectOption("gray_list");
  await page.getByLabel("As of", { exact: true }).fill("30.02.2026");
  await page.getByLabel("Figure", { exact: true }).fill("-5");
  await page.getByText("Period, wording, share of children, note").click();
  await page.getByLabel("First day of the period").fill("2026-01-01");
  await page.getByLabel("Share of children").fill("140%");
  await page.getByLabel("Web address").fill("javascript:alert(1)");
  await page.getByLabel("Published on").fill("yesterday");
  await page.getByRole("button", { name: "Save", exact: true }).click();

  const alert = page.getByRole("main").getByRole("alert");
  for (const field of ["As of", "Figure", "Share of children", "Title of the article", "Published on", "Web address"])
    await expect(alert).toContainText(`${field}`);
  await expect(page.getByLabel("Country of citizenship")).toHaveValue("TJ");
  await expect(page.getByLabel("What is counted", { exact: true })).toHaveValue("gray_list");
  await expect(page.getByLabel("As of", { exact: true })).toHaveValue("30.02.2026");
  await expect(page.getByLabel("Figure", { exact: true })).toHaveValue("-5");
  await expect(page.getByLabel("Share of children")).toHaveValue("140%");
  await expect(page.getByLabel("Web address")).toHaveValue("javascript:alert(1)");
  await expect(page.getByLabel("Published on")).toHaveValue("yesterday");
  await expectNoAxeViolations(page);
  await page.goto("/en/countries/tj");
  await expect(page.getByRole("main")).not.toContainText("140%");
});
