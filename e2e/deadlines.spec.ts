import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { signIn } from "./people";

// One country for each project: they share one server.
const COUNTRY = {
  "scripts-on": { code: "MD", name: "Moldova", other: "Georgia" },
  "scripts-off": { code: "AZ", name: "Azerbaijan", other: "Armenia" },
} as Record<string, { code: string; name: string; other: string }>;

const day = (iso: string) => {
  const date = new Date(iso);
  return `${date.getUTCDate()} ${date.toLocaleString("en", { month: "long", timeZone: "UTC" })} ${date.getUTCFullYear()}`;
};
const YEAR = new Date().getUTCFullYear() + 1;
const FIRST = `${YEAR}-06-30`;
const LATER = `${YEAR}-12-31`;

/** A text in one language; the languages other than the person's own are folded until they are wanted. */
async function textIn(page: Page, name: string, language: string) {
  const field = page.getByLabel(`${name} (${language})`);
  if (!(await field.isVisible())) await page.getByText(`${name}: in other languages`).click();
  return field;
}
const sentences = (page: Page) => page.getByRole("region", { name: "Preview" }).getByRole("listitem");
/** The card in the list that speaks of a text of this test's own. */
const inList = (page: Page, text: string) => page.getByRole("article").filter({ hasText: text });

test("a deadline is announced, extended, corrected and cancelled, each seen before and on the public page after", async ({
  page,
  context,
}, info) => {
  const { code, name } = COUNTRY[info.project.name] ?? { code: "", name: "" };
  const mark = `${info.project.name} ${info.retry}`;
  const publicPage = `/en/countries/${code.toLowerCase()}`;
  await signIn(page);
  await page.goto("/staff/deadlines/new");
  await expectNoAxeViolations(page);

  // Refused: the fields are named, and nothing typed is lost.
  await page.getByLabel(name, { exact: true }).check();
  await page.getByLabel("Day", { exact: true }).fill("soon");
  await (await textIn(page, "What follows", "Русский")).fill("Выдворение");
  await page.getByRole("button", { name: "Preview" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  for (const field of ["Day", "Legal basis", "How is it known", "Title of the article"]) await expect(alert).toContainText(field);
  await expect(page.getByLabel(name, { exact: true })).toBeChecked();
  await expect(page.getByLabel("Day", { exact: true })).toHaveValue("soon");
  await expect(await textIn(page, "What follows", "Русский")).toHaveValue("Выдворение");
  await expectNoAxeViolations(page);

  await page.getByLabel("Day", { exact: true }).fill(FIRST);
  await (await textIn(page, "Legal basis", "English")).fill(`Decree of ${mark}`);
  await (await textIn(page, "Legal basis", "Тоҷикӣ")).fill(`Фармони ${mark}`);
  await page.getByLabel("How is it known whom it binds?").selectOption("no");
  await page.getByLabel("Title of the article").fill(`Gazette, ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText([`A new deadline for citizens of ${name}: ${day(FIRST)}.`]);
  for (const language of ["English", "Русский", "Кыргызча", "Oʻzbekcha", "Тоҷикӣ"])
    await expect(page.getByRole("region", { name: language })).toContainText("Выдворение");
  await expect(page.getByRole("region", { name: "Тоҷикӣ" })).toContainText(`Фармони ${mark}`);
  const visitor = await context.newPage();
  await visitor.goto(publicPage);
  await expect(visitor.getByRole("main")).not.toContainText(mark);

  // Back to the form keeps all; then published.
  await page.getByRole("button", { name: "Back to the form" }).click();
  await expect(page.getByLabel(name, { exact: true })).toBeChecked();
  await expect(await textIn(page, "Legal basis", "English")).toHaveValue(`Decree of ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The deadline is announced and public.");
  await expectNoAxeViolations(page);
  await page.goto(publicPage);
  const card = page.getByRole("region", { name: "Deadlines", exact: true });
  await expect(card.getByRole("heading", { name: day(FIRST), level: 3 })).toBeVisible();
  await expect(card).toContainText("days left");

  // Extended.
  await page.goto("/staff/deadlines");
  await inList(page, mark).getByRole("link", { name: "Extend" }).click();
  await expect(await textIn(page, "What follows", "Русский")).toHaveValue("Выдворение");
  await page.getByLabel("Day", { exact: true }).fill(LATER);
  await (await textIn(page, "Legal basis", "English")).fill(`Extension of ${mark}`);
  await page.getByLabel("Title of the article").fill(`Gazette again, ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText([`For citizens of ${name} the deadline moves from ${day(FIRST)} to ${day(LATER)}.`]);
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The deadline is extended; the public sees it now.");
  await page.goto(publicPage);
  await expect(card.getByRole("heading", { name: day(LATER), level: 3 })).toBeVisible();
  await expect(card).toContainText(`${day(FIRST)}: extended`);

  // Corrected: the day stays, the text changes, the past is kept.
  await page.goto("/staff/deadlines");
  await inList(page, mark).getByRole("link", { name: "Correct" }).click();
  await expectNoAxeViolations(page);
  await (await textIn(page, "Legal basis", "English")).fill(`Law of ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(alert).toContainText("Reason for the correction: This is needed.");
  await page.getByLabel("Reason for the correction").fill("It was a law");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText(["Nobody's deadline changes; only the text does."]);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The correction is public.");
  await inList(page, mark).getByRole("link", { name: "Correct" }).click();
  const history = page.getByRole("list").filter({ has: page.getByRole("heading", { name: "Revision 1" }) });
  await expect(history).toContainText("It was a law");
  await expect(history).toContainText(`Extension of ${mark}`);
  await page.goto(publicPage);
  await expect(card).toContainText(`Law of ${mark}`);
  await expect(card).not.toContainText(`Extension of ${mark}`);

  // Cancelled.
  await page.goto("/staff/deadlines");
  await inList(page, mark).getByRole("link", { name: "Cancel" }).click();
  await (await textIn(page, "Basis of the cancellation", "Русский")).fill(`Отмена ${mark}`);
  await page.getByLabel("Title of the article").fill(`Gazette, cancelling, ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText([`The deadline of ${day(LATER)} no longer holds for citizens of ${name}.`]);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The deadline is cancelled; the public sees it now.");
  await page.goto(publicPage);
  await expect(card).toContainText("Cancelled: it no longer holds");
  await expect(card).not.toContainText(`${day(LATER)}: extended`);
  await expectNoAxeViolations(page);

  // The cancellation was a mistake: withdrawn, the extended deadline stands again.
  await page.goto("/staff/deadlines");
  await inList(page, mark).getByRole("link", { name: "Withdraw" }).click();
  await expect(page.getByRole("main")).toContainText(`For citizens of ${name} a deadline holds again: ${day(LATER)}.`);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(alert).toContainText("Reason for withdrawing: This is needed.");
  await expectNoAxeViolations(page);
  await page.getByLabel("Reason for withdrawing").fill("It was another decree");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("status")).toHaveText("The deadline is withdrawn.");
  await page.goto(publicPage);
  await expect(card.getByRole("heading", { name: day(LATER), level: 3 })).toBeVisible();
  await expect(card).toContainText("days left");
});

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  if (before) await page.setViewportSize(before);
}

test("the second of two who extend the same deadline is shown the other's version", async ({ page, context }, info) => {
  const { other } = COUNTRY[info.project.name] ?? { other: "" };
  const mark = `${info.project.name} race ${info.retry}`;
  await signIn(page);
  await page.goto("/staff/deadlines/new");
  if (other === "Georgia") await page.getByText("Other countries").click();
  await page.getByLabel(other, { exact: true }).check();
  await page.getByLabel("Day", { exact: true }).fill(FIRST);
  await (await textIn(page, "Legal basis", "English")).fill(`Decree of ${mark}`);
  await page.getByLabel("How is it known whom it binds?").selectOption("yes");
  await page.getByLabel("Title of the article").fill(`Gazette, ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toBeVisible();
  await inList(page, mark).getByRole("link", { name: "Extend" }).click();

  const rival = await context.newPage();
  await rival.goto(page.url());
  const extend = async (one: Page, to: string) => {
    await one.getByLabel("Day", { exact: true }).fill(to);
    await (await textIn(one, "Legal basis", "English")).fill(`Extension of ${mark}`);
    await one.getByLabel("Title of the article").fill(`Gazette to ${to}, ${mark}`);
    await one.getByRole("button", { name: "Preview" }).click();
  };
  await extend(page, LATER);
  await extend(rival, `${YEAR}-10-01`);
  await rival.getByRole("button", { name: "Publish" }).click();
  await expect(rival.getByRole("status")).toHaveText("The deadline is extended; the public sees it now.");

  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("It has been replaced already.");
  const conflict = page.getByRole("region", { name: "Somebody else was quicker" });
  await expect(conflict.getByRole("row", { name: /^Day/ })).toContainText(`1 October ${YEAR}`);
  await expect(conflict.getByRole("row", { name: /^Day/ })).toContainText(LATER);
  await expect(page.getByLabel("Day", { exact: true })).toHaveValue(LATER);
  await expectNoAxeViolations(page);
});

test("an event is recorded, corrected and withdrawn", async ({ page }, info) => {
  const { code, name } = COUNTRY[info.project.name] ?? { code: "", name: "" };
  const mark = `${info.project.name} ${info.retry}`;
  await signIn(page);
  await page.goto("/staff/events/new");
  await page.getByRole("button", { name: "Preview" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  for (const field of ["Day, month or span", "Whose figures", "What happened", "Title of the article"])
    await expect(alert).toContainText(field);
  await expectNoAxeViolations(page);
  await page.getByLabel("Day, month or span").fill("2026-02-03");
  await page.getByLabel(name, { exact: true }).check();
  await page.getByLabel("What kind of fact").selectOption("break");
  await page.getByLabel("Expelled", { exact: true }).check();
  await (await textIn(page, "What happened", "English")).fill(`A new way of counting, ${mark}`);
  await page.getByLabel("Title of the article").fill(`Gazette, ${mark}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText([`From 3 February 2026 on, the lines for citizens of ${name} are cut: Expelled.`]);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The event is recorded and public.");
  await expectNoAxeViolations(page);

  const row = page.getByRole("listitem").filter({ hasText: mark });
  await row.getByRole("link", { name: "Correct" }).click();
  await page.getByLabel("What kind of fact").selectOption("context");
  await page.getByLabel("Reason for the correction").fill("Nothing was cut");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(sentences(page)).toHaveText([`The charts for citizens of ${name} show a mark at 3 February 2026.`]);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("status")).toHaveText("The correction is public.");
  await row.getByRole("link", { name: "Correct" }).click();
  await expect(page.getByRole("heading", { name: "Revision 1" })).toBeVisible();
  await expectNoAxeViolations(page);
  await page.goto("/staff/events");
  await row.getByRole("link", { name: "Withdraw" }).click();
  await page.getByLabel("Reason for withdrawing").fill(`No source for ${code}`);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByRole("status")).toHaveText("The event is withdrawn.");
  await expect(row).toHaveCount(0);
});
