import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { describe, expect, test } from "vitest";
import { chartSvg } from "@/app/_server/explore-files/chart-svg";
import { ownStyles, pictureStyles } from "@/app/_server/explore-files/picture-styles";
import { languages } from "@/lib/i18n/languages";
import { figureOf } from "../snapshots/statements";
import { breakOn, kg, NAMES, ORIGIN, registry, shown, tags, tj } from "./drawings";

const PLACES = ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height"];

describe("a drawing stands by itself", () => {
  test.each([
    ["one country", { KG: kg }, {}],
    ["several", { KG: kg, TJ: tj }, {}],
    ["each in its own", { KG: kg, TJ: tj, UZ: [] }, { facet: "each" }],
    ["by equal ratios", { KG: kg, TJ: tj }, { scale: "log", reading: "index" }],
    ["nothing known", { UZ: [] }, {}],
  ] as const)("of %s", async (_, series, view) => {
    for (const language of languages) {
      const given = shown(series, language, view, [registry]);
      const svg = await chartSvg(given);
      const all = tags(svg);
      expect(new Set(all.map(({ name }) => name).filter((name) => !NAMES.has(name)))).toEqual(new Set());
      expect(svg).not.toMatch(/var\(|url\(|@import|xlink|javascript:|\bon\w+="|style="|%"/);
      for (const { attributes } of all)
        for (const place of PLACES) if (attributes[place] !== undefined) expect(Number(attributes[place]), place).not.toBeNaN();
      const links = all.flatMap(({ name, attributes }) => (name === "a" ? [attributes.href ?? ""] : []));
      expect(links.filter((link) => !link.startsWith(`${ORIGIN}/${language}/`))).toEqual([]);

      const said = all.filter(({ name }) => name === "text").map(({ text }) => text);
      const together = said.join("");
      expect(said.join(" ")).toContain(given.about.title);
      expect(together).toContain(given.about.address);
      expect(given.about.address).toContain("recorded=2026-03-01T09");
      expect(said.join(" ")).toContain(given.words.day("2026-03-01"));
      if (given.rows.length > 0) expect(said.join(" ")).toContain("Somewhere");
    }
  });

  test("with a mark for each figure, the same ones as the table", async () => {
    const given = shown({ KG: kg, TJ: tj }, "en");
    const all = tags(await chartSvg(given));
    const marks = all.filter(
      ({ name, attributes }) => name === "a" && attributes.class === undefined && attributes.href?.includes("/snapshots/"),
    );
    expect(marks.map(({ attributes }) => attributes.href).sort()).toEqual(
      given.rows.map(({ statement }) => `${ORIGIN}/en/snapshots/${statement.statementId}`).sort(),
    );
    expect(marks.filter(({ text }) => text.includes("about 113,000"))).toHaveLength(1);
  });

  test("within its own edges, in the letters of five languages", async () => {
    for (const language of languages) {
      const series = {
        KG: kg,
        TJ: tj,
        UZ: [figureOf("2025-06-01", 999_999, { country: "UZ" })],
        BY: [figureOf("2025-06-01", 90_000, { country: "BY" })],
      };
      const svg = await chartSvg(shown(series, language, {}, [breakOn("2025-02-05", "Ҳ Ӯ Ң Ш Щ ".repeat(60))]));
      const box = new Resvg(svg.replace(/<rect[^>]*>/, ""), { font: { loadSystemFonts: true } }).getBBox();
      const height = Number(/viewBox="0 0 800 (\d+)"/.exec(svg)?.[1]);
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(800);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    }
  });
});

describe("its styles", () => {
  test("are those of light pages, as values", () => {
    const { sheet, colour } = pictureStyles(
      `.tone-1{--tone:var(--series-1)} .dot{fill:var(--tone, var(--strong));stroke-width:2;cursor:pointer} .dot:hover{fill:red} .dot.vague{fill:var(--paper)} @media print{.dot{fill:#000}}`,
      `:root{--strong:#111;--paper:#fff;--series-1:#0b4f8a} @media (prefers-color-scheme: dark){:root{--strong:#eee;--paper:#000}}`,
    );
    expect(sheet.split("\n")).toEqual([
      ".dot{fill:#111;stroke-width:2}",
      ".tone-1 .dot,.dot.tone-1{fill:#0b4f8a}",
      ".dot.vague{fill:#fff}",
    ]);
    expect(colour("paper")).toBe("#fff");
  });

  test("give every tone its colour and leave no value unsaid", () => {
    const { sheet } = ownStyles();
    const base = readFileSync("app/base.css", "utf8");
    for (let tone = 1; tone <= 8; tone += 1) {
      const colour = new RegExp(`--series-${tone}: (#\\w+)`).exec(base)?.[1];
      expect(sheet).toContain(`.tone-${tone} .change,.change.tone-${tone}{stroke:${colour}}`);
    }
    expect(sheet).not.toMatch(/var\(|:;|:\}|--/);
  });
});
