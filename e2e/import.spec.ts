import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { cp1251 } from "../tests/imports/cp1251";
import { expect, expectNoAxeViolations, test } from "./fixtures";
import { invited, signIn } from "./people";

const fixtures = path.join(import.meta.dirname, "../tests/imports/fixtures");
const shots = process.env.SHOTS;

async function look(page: Page, name: string): Promise<void> {
  await page.waitForLoadState();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    if (shots) await page.screenshot({ path: path.join(shots, `${name}-${test.info().project.name}-${width}.png`), fullPage: true });
  }
}

async function upload(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.goto("/staff/import");
  await page.getByLabel("File").setInputFiles(file);
  await page.getByRole("button", { name: "Look at every row" }).click();
}

/** A column under a name that says nothing; one for each project, since what is chosen for it is remembered. */
const count = () => (test.info().project.name === "scripts-on" ? "Сколько их там" : "Сколько их здесь");

/** What Excel in Russian writes, with one column under a name that says nothing, of a country that no other test uses. */
const russian = (country: string, value = "34 500") => ({
  name: "Список.csv",
  mimeType: "text/csv",
  buffer: cp1251(
    [
      `Страна;Список;По состоянию на;${count()};Доля детей;Источник;Дата публикации`,
      `${country};Серый список;24.07.2025;${value};0,3;Письмо МВД;05.08.2025`,
      `${country};Серый список;01.08.2025;33\u00a0900;;Письмо МВД;05.08.2025`,
      `${country};Чёрный список;01.08.2025;1200;100%;Письмо МВД;05.08.2025`,
      `${country};Чёрный список;32.08.2025;1200;;Письмо МВД;05.08.2025`,
    ].join("\r\n"),
  ),
});

test("a table from Excel in Russian is looked at, mended, recorded and withdrawn", async ({ page }, info) => {
  const [country, name, code] = info.project.name === "scripts-on" ? ["Вьетнам", "Vietnam", "vn"] : ["Индия", "India", "in"];
  await signIn(page);
  await page.goto("/staff/import");
  await look(page, "empty");
  await expectNoAxeViolations(page);

  await upload(page, russian(country));
  await expect(page.getByRole("heading", { level: 1, name: "Список.csv" })).toBeVisible();
  await expect(page.getByText("text table, windows-1251, columns separated by semicolons")).toBeVisible();
  await expect(page.getByRole("row", { name: /^Faulty 4/ })).toBeVisible();
  await look(page, "faulty");
  await expectNoAxeViolations(page);

  await page.getByLabel(count()).selectOption({ label: "Number of people" });
  await page.getByRole("button", { name: "Look at every row again" }).click();
  await expect(page.getByRole("row", { name: /^New 2/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Look again 1/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Line 5 / })).toContainText("There is no such date");
  await expect(page.getByRole("row", { name: /^Line 2 / })).toContainText(`${name} · Gray list · 34,500`);
  await page.getByRole("link", { name: "Look again" }).click();
  await expect(page.getByRole("row", { name: /^Line 4 / })).toContainText("All of them would be children.");
  await expect(page.getByRole("row", { name: /^Line 2 / })).toHaveCount(0);

  await page.getByRole("button", { name: "Record these rows" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("There are faulty rows.");
  await look(page, "refused");
  await expectNoAxeViolations(page);
  await page.getByLabel("Why the marked rows are right all the same").fill("It was a school");
  await page.getByLabel("Leave out the 1 faulty row").check();
  await page.getByRole("button", { name: "Record these rows" }).click();
  await expect(page.getByText("In the record", { exact: true })).toBeVisible();
  await look(page, "committed");
  await expectNoAxeViolations(page);
  const address = page.url();

  await page.goto(`/en/countries/${code}`);
  await expect(page.getByRole("main")).toContainText("33,900");

  await upload(page, russian(country, "34 700"));
  await expect(page.getByRole("row", { name: /^Changes 1/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Same 2/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^Line 2 / })).toContainText("The record says 34,500");
  await page.getByRole("button", { name: "Abandon it" }).click();
  await expect(page.getByText("Abandoned", { exact: true })).toBeVisible();

  await page.goto(address);
  await page.getByLabel("Reason", { exact: true }).fill("It was the list of another year");
  await page.getByRole("button", { name: "Withdraw the whole import" }).click();
  await expect(page.getByText("3 statements were withdrawn")).toBeVisible();
  await page.goto(`/en/countries/${code}`);
  await expect(page.getByRole("main")).not.toContainText("33,900");
  await page.goto("/staff/import");
  await look(page, "full");
  await expectNoAxeViolations(page);
});

test("a workbook is understood, its list can be downloaded, and it is abandoned, once", async ({ page }, info) => {
  await signIn(page);
  await upload(page, path.join(fixtures, "excel-ru.xlsx"));
  await expect(page.getByText("Excel workbook, sheet “Данные”")).toBeVisible();
  await expect(page.getByRole("row", { name: /^Line 8 / })).toContainText("The formula in this cell has failed");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download this list (CSV)" }).click();
  const text = readFileSync((await (await downloading).path()) ?? "", "utf8");
  expect(text.startsWith("\ufeffLine;Verdict;What it says;Why;")).toBe(true);
  const other = await page.context().newPage();
  await other.goto(page.url());
  expect(text).toMatch(/\r\n5;Rivals;Kyrgyzstan · Gray list · 103,000 · 24 July 2025;.*\r\n7;Faulty;[\s\S]*\r\n8;Faulty;/);
  await page.getByRole("button", { name: "Abandon it" }).click();
  await expect(page.getByText("Abandoned", { exact: true })).toBeVisible();
  await other.getByRole("button", { name: "Abandon it" }).click();
  // Without scripts the page itself comes back, as the import stands now.
  const told = info.project.name === "scripts-on" ? "This import has gone on since you opened the page" : "Abandoned";
  await expect(other.getByRole("main")).toContainText(told);
});

test("files that are none are refused in words, and nothing is kept", async ({ page }) => {
  await signIn(page);
  const refused = async (file: string, sentence: string) => {
    await upload(page, path.join(fixtures, "broken", file));
    await expect(page.getByRole("main").getByRole("alert")).toContainText(sentence);
    await expect(page.getByRole("link", { name: file })).toHaveCount(0);
  };
  await refused("unclosed-quote.csv", "A quotation mark opens in line 2 and is never closed.");
  await refused("bomb.xlsx", "This workbook holds far more than a table of figures.");
  await refused("cut.xlsx", "This workbook is damaged or not complete.");
  await look(page, "broken");
  await expectNoAxeViolations(page);
});

test("a recorder's table waits on the desk of whoever may publish it", async ({ page, browser }, info) => {
  await signIn(page);
  const recorder = await invited(page, browser, `Sender ${info.project.name} ${info.retry}`, "recorder");
  const name = `waiting-${info.project.name}-${info.retry}.csv`;
  const day = info.project.name === "scripts-on" ? "2024-03-01" : "2024-04-01";
  const buffer = Buffer.from(`Country;List;As of;Number;Source;Published on\nKG;deported;${day};12;${name};2024-05-01\n`);
  await upload(recorder, { name, mimeType: "text/csv", buffer });
  await recorder.getByRole("button", { name: "Send to a second person" }).click();
  await expect(recorder.getByText("Waits for a second person", { exact: true })).toBeVisible();
  await page.goto("/staff");
  await page.getByRole("link", { name: `Import: ${name}` }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});
