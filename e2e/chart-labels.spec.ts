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
        const labels = await figure.locator(".plot text, .plot .dated circle").evaluateAll((all) =>
          all.map((label) => {
            const { x, y, width, height } = label.getBoundingClientRect();
            // A number stands in its own circle; everything else stands by itself.
            const circle = label.closest(".dated")?.querySelector("text") ?? label;
            return {
              x,
              y,
              width,
              height,
              of: all.indexOf(circle),
              text: circle.textContent,
              scale: label.closest(".scale")?.getBoundingClientRect().x,
            };
          }),
        );
        const touching = labels.flatMap((a, i) =>
          labels.slice(i + 1).flatMap((b) => {
            if (a.of === b.of) return [];
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            return apart ? [] : [`${a.text} and ${b.text}`];
          }),
        );
        expect(touching, path).toEqual([]);
        const cut = labels.filter(({ x, scale }) => scale !== undefined && x < scale).map(({ text }) => text);
        expect(cut, path).toEqual([]);
      }
    }
  });
