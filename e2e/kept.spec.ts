import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { signIn } from "./people";

const first = (list: string) => async (page: Page) => {
  await page.goto(list);
  await page.getByRole("main").getByRole("link", { name: "Correct" }).first().click();
  await expect(page.getByLabel("Reason for the correction")).toBeVisible();
};
const at = (path: string) => async (page: Page) => {
  await page.goto(path);
};

/** A form, one of its fields, and the button that sends it. */
const FORMS = [
  { form: "a new deadline", open: at("/staff/deadlines/new"), field: "Day", send: "Preview" },
  { form: "a corrected deadline", open: first("/staff/deadlines"), field: "Reason for the correction", send: "Preview" },
  { form: "a new event", open: at("/staff/events/new"), field: "Day, month or span", send: "Preview" },
  { form: "a corrected event", open: first("/staff/events"), field: "Reason for the correction", send: "Preview" },
  { form: "an invitation", open: at("/staff/people/new"), field: "E-mail", send: "Make the link" },
  { form: "a new contact", open: at("/staff/contacts/new"), field: "Name (English)", send: "Save and show to the public" },
];

for (const { form, open, field, send } of FORMS)
  test(`what was typed into ${form} outlives the session`, async ({ page, context }, info) => {
    await signIn(page);
    await open(page);
    const address = page.url();
    const typed = page.getByLabel(field, { exact: true });
    await typed.fill("Half typed");
    await context.clearCookies();
    await page.getByRole("button", { name: send }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("You are no longer signed in.");
    await expect(typed).toHaveValue("Half typed");
    if (info.project.name !== "scripts-on") return;
    await signIn(page);
    await expect(page.getByRole("region", { name: "Left unfinished in this browser" }).getByRole("listitem")).toHaveCount(1);
    await page.goto(address);
    await expect(typed).toHaveValue("Half typed");
  });
