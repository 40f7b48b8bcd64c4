import { expect, expectNoAxeViolations, test } from "./fixtures";
import { invited, signIn } from "./people";

test("a recorder's figure is sent back, mended and published by a second person", async ({ page, browser }, info) => {
  const [typed, count] = info.project.name === "scripts-on" ? ["1 020", "1,020"] : ["1 030", "1,030"];
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
  await recorder.getByLabel("Figure", { exact: true }).fill(typed);
  await recorder.getByRole("button", { name: "Save", exact: true }).click();
  await expect(recorder.getByText("1 figure waits for a second person.")).toBeVisible();
  await page.goto("/en/countries/kg");
  await expect(page.getByText(title)).toHaveCount(0);

  await reviewer.goto("/staff");
  await reviewer.getByRole("link", { name: /waits? for your decision/ }).click();
  await reviewer.getByRole("link", { name: `New: Kyrgyzstan · Expelled · ${count} · April 2026` }).click();
  await expect(reviewer.getByRole("main")).toContainText(title);
  await expectNoAxeViolations(reviewer);
  await reviewer.getByRole("button", { name: "Send back" }).click();
  await expect(reviewer.getByRole("main").getByRole("alert")).toContainText("Why it is sent back: This is needed.");
  await reviewer.getByLabel("Why it is sent back").fill(`The ministry said about ${count}`);
  await reviewer.getByRole("button", { name: "Send back" }).click();
  await expect(reviewer.getByText("Sent back to its author.")).toBeVisible();

  await recorder.goto("/staff");
  await expect(recorder.getByText(`The ministry said about ${count}`)).toHaveCount(2);
  await expect(
    recorder
      .getByRole("listitem")
      .filter({ hasText: `The ministry said about ${count}` })
      .last(),
  ).toContainText("Sent back");
  await expectNoAxeViolations(recorder);
  await recorder.getByRole("link", { name: `New: Kyrgyzstan · Expelled · ${count} · April 2026` }).click();
  await recorder.getByLabel("How it was put").selectOption("about");
  await recorder.getByRole("button", { name: "Send again" }).click();
  await expect(recorder.getByText("Sent again; it waits for a second person.")).toBeVisible();
  await expect(recorder.getByRole("button", { name: "Publish" })).toHaveCount(0);

  await reviewer.goto("/staff/review");
  await reviewer.getByRole("link", { name: `New: Kyrgyzstan · Expelled · about ${count} · April 2026` }).click();
  await reviewer.getByRole("button", { name: "Publish" }).click();
  await expect(reviewer.getByText("Published. It is part of the record now.")).toBeVisible();
  await page.goto("/en/countries/kg");
  await expect(page.getByRole("region", { name: "Expelled" })).toContainText(`about ${count}`);
  await expect(page.getByRole("region", { name: "Expelled" })).toContainText(title);
  await page.goto("/staff/history");
  await expect(page.getByRole("main")).toContainText(`Reviewer ${info.project.name}`);
});

test("the second of two who decide is told that somebody was quicker, and what became of it", async ({ page, browser, context }, info) => {
  await signIn(page);
  const recorder = await invited(page, browser, `Racing ${info.project.name} ${info.retry}`, "recorder");
  await recorder.goto("/staff/record");
  await recorder.getByLabel("Title of the article").fill(`Racing ${info.project.name} ${info.retry}`);
  await recorder.getByLabel("Country of citizenship").selectOption("KG");
  await recorder.getByLabel("What is counted", { exact: true }).selectOption("deported");
  await recorder.getByLabel("As of", { exact: true }).fill(info.project.name === "scripts-on" ? "03.2026" : "04.2026");
  await recorder.getByLabel("Figure", { exact: true }).fill("1 234");
  await recorder.getByRole("button", { name: "Save", exact: true }).click();
  await expect(recorder.getByText("1 figure waits for a second person.")).toBeVisible();
  await recorder.goto("/staff/review");
  await recorder.getByRole("link", { name: /Deported · 1,234/ }).click();
  await expect(recorder.getByRole("heading", { level: 1 })).toContainText("1,234");
  const address = recorder.url();

  const other = await context.newPage();
  await page.goto(address);
  await expect(page.getByRole("row", { name: /What is counted/ })).toContainText("Deported");
  await other.goto(address);
  await other.getByRole("button", { name: "Publish" }).click();
  await expect(other.getByText("Published. It is part of the record now.")).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Somebody else was quicker");
  await expect(page.getByRole("main")).toContainText("Published");
  await expect(page.getByRole("button", { name: "Publish" })).toHaveCount(0);
});

test("a figure is ranked and withdrawn, each with its reason, and the page says which", async ({ page }, info) => {
  const title = `To be withdrawn, ${info.project.name} ${info.retry}`;
  await signIn(page);
  await page.goto("/staff/record");
  await page.getByLabel("Title of the article").fill(title);
  await page.getByLabel("Country of citizenship").selectOption("GE");
  await page.getByLabel("What is counted", { exact: true }).selectOption("left");
  await page.getByLabel("As of", { exact: true }).fill(info.project.name === "scripts-on" ? "12.01.2026" : "13.01.2026");
  await page.getByLabel("Figure", { exact: true }).fill("~410");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Recorded and public.")).toBeVisible();
  const ranking = page.locator("form", { has: page.getByRole("button", { name: "Save the rank" }) });
  await ranking.getByLabel("Rank").selectOption("preferred");
  await ranking.getByLabel("Reason").fill("Said on record");
  await ranking.getByRole("button").click();
  await expect(page.getByRole("heading", { name: "Revision 2" })).toBeVisible();
  const withdrawing = page.locator("form", { has: page.getByRole("button", { name: "Withdraw" }) });
  await withdrawing.getByRole("button").click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Reason: This is needed.");
  await withdrawing.getByLabel("Reason").fill("Not about this country");
  await withdrawing.getByRole("button").click();
  await expect(page.getByText("Withdrawn. The public no longer sees the figure; its history stays.")).toBeVisible();
  await page.goto("/ky/corrections");
  await expect(page.getByRole("listitem").filter({ hasText: title }).first()).toContainText("Not about this country");
});

test("a session ended by an admin elsewhere costs nothing that was typed", async ({ page, browser }, info) => {
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
  await expect(page.getByRole("status")).toContainText("Saved.");

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
