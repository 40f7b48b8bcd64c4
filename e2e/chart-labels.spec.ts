import { expect, test } from "./fixtures";

const ALL_OF_THEM = "kg,tj,uz,am,az,by,kz,md,all";

for (const width of [320, 390, 1280])
  test(`no label of a chart touches another at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [
      "/en/countries/kg",
      "/ky/countries/kg",
      "/en/countries/tj",
      "/en/countries/all",
      "/en/as-known/2025-07-26/countries/kg",
      `/ky/explore?c=${ALL_OF_THEM}`,
      "/ru/explore?c=kg,tj,all&v=index&at=2025-07-02&scale=log",
      `/uz/explore?c=${ALL_OF_THEM}&m=regularised&facet=each`,
      "/tg/explore?c=kg&v=change",
      "/en/explore?c=kg,tj&v=per_1000",
    ]) {
      await page.goto(path);
      for (const figure of await page.locator("figure.trend").all()) {
        const boxes = await Promise.all(
          (await figure.locator(".plot text, .plot .dated circle").all()).map((label) => label.boundingBox()),
        );
        const texts = await figure
          .locator(".plot text, .plot .dated circle")
          .evaluateAll((labels) => labels.map((l) => l.parentElement?.textContent));
        const touching = boxes.flatMap((a, i) =>
          boxes.slice(i + 1).flatMap((b, j) => {
            // A number stands in its own circle.
            if (!a || !b || texts[i] === texts[i + 1 + j]) return [];
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            return apart ? [] : [`${texts[i]} and ${texts[i + 1 + j]}`];
          }),
        );
        expect(touching, path).toEqual([]);
        const column = await figure.locator(".scale").boundingBox();
        for (const label of await figure.locator(".scale text").all())
          expect((await label.boundingBox())?.x, `${path}: ${await label.textContent()}`).toBeGreaterThanOrEqual(column?.x ?? Infinity);
      }
    }
  });
