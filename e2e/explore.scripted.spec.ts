import { expect, test } from "./fixtures";

test("a chart is walked by keyboard, from figure to figure, each read out with its date and who said it", async ({ page }) => {
  await page.goto("/en/explore?c=kg");
  const chart = page.getByRole("group", { name: /^Kyrgyzstan: 11 figures/ });
  const marks = chart.getByRole("link");
  await expect(chart.locator("a[tabindex='0']")).toHaveCount(1);
  await chart.locator("a[tabindex='0']").focus();
  const readout = page.locator(".readout");
  await page.keyboard.press("Home");
  await expect(readout).toContainText("Kyrgyzstan, 5–28 February 2025: about 70,000; said by A. Baibosov, Foreign Ministry, Kyrgyzstan");
  await page.keyboard.press("ArrowRight");
  await expect(readout).toContainText("1–5 July 2025: about 113,000");
  await page.keyboard.press("ArrowLeft");
  await expect(readout).toContainText("about 70,000");
  await page.keyboard.press("End");
  await expect(readout).toContainText("30 January 2026: about 34,000");
  await expect(page.locator(".point:focus")).toHaveAccessibleName(/30 January 2026: about 34,000; said by Bakyt Darmankul uulu/);
  expect(await readout.getAttribute("role")).toBe("status");
  // One stop in the order of the tab key, wherever one is.
  await expect(chart.locator("a[tabindex='0']")).toHaveCount(1);
  expect(await marks.count()).toBe(12);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/en\/snapshots\/kg-gray-list-2026-01-30/);
});

test("up and down go to the statements beside", async ({ page }) => {
  await page.goto("/en/explore?c=kg");
  const chart = page.getByRole("group", { name: /^Kyrgyzstan/ });
  await chart.getByRole("link", { name: /November 2025: about 124,000/ }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator(".readout")).toContainText("more than 128,497");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".readout")).toContainText("about 124,000");
});

test("the nearest figure is read where the mouse points, and stays while the mouse goes to its link", async ({ page }) => {
  await page.goto("/en/explore?c=kg");
  const mark = page.getByRole("link", { name: /1–5 July 2025: about 113,000/ });
  await mark.evaluate((link) => link.closest("figure")?.scrollIntoView());
  const box = await mark.locator(".hit").boundingBox();
  if (!box) throw new Error("the mark is nowhere");
  await page.mouse.move(box.x + box.width / 2 + 6, box.y + box.height / 2 - 6);
  await expect(page.locator(".readout")).toContainText("about 113,000");
  await expect(page.locator(".readout").getByRole("link", { name: "Open this figure" })).toHaveAttribute(
    "href",
    "/en/snapshots/kg-gray-list-2025-07-01",
  );
  const picture = await page.getByRole("group", { name: /^Kyrgyzstan/ }).boundingBox();
  await page.mouse.move((picture?.x ?? 0) + 4, (picture?.y ?? 0) + (picture?.height ?? 0) - 4);
  await expect(page.locator(".readout")).toContainText("about 113,000");
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });
  test("the first tap reads and the link below opens", async ({ page }) => {
    await page.goto("/en/explore?c=kg");
    await page
      .getByRole("link", { name: /1–5 July 2025: about 113,000/ })
      .locator(".dot")
      .tap();
    await expect(page.locator(".readout")).toContainText("about 113,000");
    await expect(page).toHaveURL("/en/explore?c=kg");
    // Far from every mark it is put away.
    const picture = page.getByRole("group", { name: /^Kyrgyzstan/ });
    await picture.tap({ position: { x: 3, y: 3 } });
    await expect(page.locator(".readout")).toHaveText("Move over a mark, or use the arrow keys, to read a figure.");
    await page
      .getByRole("link", { name: /1–5 July 2025: about 113,000/ })
      .locator(".dot")
      .tap();
    await page.locator(".readout").getByRole("link").tap();
    await expect(page).toHaveURL(/\/en\/snapshots\/kg-gray-list-2025-07-01$/);
  });
});

test("the page asks for no script but our own small modules", async ({ page }) => {
  const asked: string[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") asked.push(response.url());
  });
  await page.goto("/en/explore", { waitUntil: "networkidle" });
  expect(asked.every((url) => /\/js\/(?:explore|offline)-[A-Z0-9]{8}\.js$/.test(url))).toBe(true);
  expect(asked.length).toBe(2);
  let bytes = 0;
  for (const url of asked) bytes += (await (await page.request.get(url)).body()).length;
  expect(bytes).toBeLessThan(8 * 1024);
});
