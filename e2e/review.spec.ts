import { expect, expectNoAxeViolations, test } from "./fixtures";
import { invited, signIn } from "./people";

test("a recorder's figure is sent back, mended and published by a second person", async ({ page, browser }, info) => {
  test.slow();
  const title = `Briefing for review, ${info.project.name} ${info.retry}`;
  await signIn(page);
  const recorder = await invited(page, browser, `Recorder ${info.project.name}`, "recorder");
  const reviewer = await invited(page, browser, `Reviewer ${info.project.name}`, "reviewer");

  await recorder.getByRole("link", { name: "Record what was said" }).click();
  await expect(recorder.getByText("A second person publishes what you enter.")).toBeVisible();
  await recorder.getByLabel("Title of the article").fill(title);
  await recorder.getByLabel("Country of citizenship").selectOption("KG");
  await recorder.getByLabel("What is counted", { exact: true }).selectOption("expelled");
  await recorder.getByLabel("As of", { exact: true }).fill("апрель 2026");
  await recorder.getByLabel("Figure", { exact: true }).fill("1 020");
  await recorder.getByRole("button", { name: "Save", exact: true }).click();
  await expect(recorder.getByText("1 figure waits for a second person.")).toBeVisible();
  await page.goto("/en/countries/kg");
  await expect(page.getByText(title)).toHaveCount(0);

  await reviewer.goto("/staff");
  await reviewer.getByRole("link", { name: /waits? for your decision/ }).click();
  await reviewer.getByRole("link", { name: "New: Kyrgyzstan · Expelled · 1,020 · April 2026" }).last().click();
  await expect(reviewer.getByRole("main")).toContainText(title);
  await expectNoAxeViolations(reviewer);
  await reviewer.getByRole("button", { name: "Send back" }).click();
  await expect(reviewer.getByRole("main").getByRole("alert")).toContainText("Why it is sent back: This is needed.");
  await reviewer.getByLabel("Why it is sent back").fill("The ministry said about 1,020");
  await reviewer.getByRole("button", { name: "Send back" }).click();
  await expect(reviewer.getByText("Sent back to its author.")).toBeVisible();

  await recorder.goto("/staff");
  await expect(recorder.getByText("The ministry said about 1,020")).toBeVisible();
  await expectNoAxeViolations(recorder);
  await recorder.getByRole("link", { name: "New: Kyrgyzstan · Expelled · 1,020 · April 2026" }).click();
  await recorder.getByLabel("How it was put").selectOption("about");
  await recorder.getByRole("button", { name: "Send again" }).click();
  await expect(recorder.getByText("Sent again; it waits for a second person.")).toBeVisible();
  await expect(recorder.getByRole("button", { name: "Publish" })).toHaveCount(0);

  await reviewer.goto("/staff/review");
  await reviewer.getByRole("link", { name: "New: Kyrgyzstan · Expelled · about 1,020 · April 2026" }).click();
  await reviewer.getByRole("button", { name: "Publish" }).click();
  await expect(reviewer.getByText("Published. It is part of the record now.")).toBeVisible();
  await page.goto("/en/countries/kg");
  await expect(page.getByRole("region", { name: "Expelled" })).toContainText("about 1,020");
  await expect(page.getByRole("region", { name: "Expelled" })).toContainText(title);
  await page.goto("/staff/history");
  await expect(page.getByRole("main")).toContainText(`Reviewer ${info.project.name}`);
});

test("a session ended by an admin elsewhere costs nothing that was typed", async ({ page, browser }, info) => {
  test.slow();
  const title = `Half filled, ${info.project.name} ${info.retry}`;
  await signIn(page);
  const name = `Interrupted ${info.project.name} ${info.retry}`;
  const recorder = await invited(page, browser, name, "recorder");
  await recorder.goto("/staff/record");
  await recorder.getByLabel("Title of the article").fill(title);
  await recorder.getByLabel("Country of citizenship").selectOption("KG");
  await recorder.getByLabel("Figure", { exact: true }).fill("~12 345");

  await page.goto("/staff/people");
  await page.getByRole("link", { name }).first().click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();

  await recorder.getByRole("button", { name: "Save", exact: true }).click();
  await expect(recorder.getByRole("main").getByRole("alert")).toContainText("You are no longer signed in.");
  await expect(recorder.getByLabel("Title of the article")).toHaveValue(title);
  await expect(recorder.getByLabel("Figure", { exact: true })).toHaveValue("~12 345");
  if (info.project.name !== "scripts-on") return;
  const email = await page
    .getByRole("main")
    .getByText(/@example\.org/)
    .first()
    .innerText();
  await recorder.goto("/staff/record");
  await recorder.getByLabel("E-mail").fill(/[\w.-]+@example\.org/.exec(email)?.[0] ?? "");
  await recorder.getByLabel("Password").fill("a few words together");
  await recorder.getByRole("button", { name: "Sign in" }).click();
  await expect(recorder.getByLabel("Title of the article")).toHaveValue(title);
  await expect(recorder.getByLabel("Country of citizenship")).toHaveValue("KG");
  await expect(recorder.getByLabel("Figure", { exact: true })).toHaveValue("~12 345");
});
