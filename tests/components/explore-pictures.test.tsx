import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { chartSvg } from "@/app/_server/explore-files/chart-svg";
import { ownStyles, pictureStyles } from "@/app/_server/explore-files/picture-styles";
import { pngOf } from "@/app/_server/explore-files/png";
import { shownIn } from "@/app/_server/explore-files/shown";
import type { ExploreRecord } from "@/app/_server/explore-record";
import type { Event } from "@/lib/events/rules";
import { plotted } from "@/lib/explore/rules/plotted";
import { START, type View } from "@/lib/explore/rules/view";
import { type Language, languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { hostile } from "../open-data/hostile";
import { decodePng } from "../pictures/png";
import { figureOf, knownOn } from "../snapshots/statements";

const ORIGIN = "https://example.org";
const NOW = new Date("2026-03-01T09:00:00Z");

const breakOn = (day: string, what: string): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(day),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: { en: what },
  source: { id: "s", title: "t", url: null },
});

function shown(series: Record<string, readonly Snapshot[]>, language: Language, asked: Partial<View> = {}, events: readonly Event[] = []) {
  const view: View = { ...START, countries: Object.keys(series), ...asked };
  const record: ExploreRecord = {
    view,
    vintage: { knownOn: "2026-03-01" },
    pinned: { knownOn: "2026-03-01", recordedAt: NOW },
    at: NOW,
    plots: view.countries.map((code) => plotted(code, series[code] ?? [], [], events, view)),
    latest: new Map(),
    events: [...events],
    deadlines: [],
    countries: [...view.countries],
    presents: new Map(),
    removed: new Map(),
    since: undefined,
    news: [],
    earliest: undefined,
    thinned: { drawn: 0, all: 0 },
  };
  return shownIn(record, ORIGIN, wordsFor(language));
}

const kg = [
  figureOf("2025-02-05/2025-02-28", { qualifier: "about", value: 70_000 }),
  figureOf("2025-07-01/2025-07-05", { qualifier: "about", value: 113_000 }),
  figureOf("2025-09-15", 72_739),
  figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30")),
  figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26")),
];
const tj = [
  figureOf("2025-03-01", 120_000, { country: "TJ" }),
  figureOf("2025-11", { qualifier: "more_than", value: 150_000 }, { country: "TJ" }),
];
const registry = breakOn("2025-02-05", "The registry opens");

type Tag = { name: string; attributes: Record<string, string>; text: string };

/** The elements of a drawing; what is not well-formed is an error. */
function tags(svg: string): Tag[] {
  const all: Tag[] = [];
  const open: Tag[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const tag = { name, attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])), text: "" };
    all.push(tag);
    open.push(tag);
  });
  parser.on("text", (text) => {
    for (const tag of open) tag.text += text;
  });
  parser.on("closetag", () => void open.pop());
  parser.write(svg).close();
  return all;
}

const NAMES = new Set(["svg", "title", "style", "rect", "g", "line", "path", "circle", "text", "tspan", "a"]);
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

  test("whatever the record's texts are", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const source = { id: "s", title: text, publisher: null, speaker: text, speakerRole: null, publishedOn: null, url: null };
        const figures = [figureOf("2025-03-01", 5, { source }), figureOf("2025-07-01", 9, { source })];
        const all = tags(await chartSvg(shown({ KG: figures }, "ky", {}, [breakOn("2025-05-01", text)])));
        expect(all.filter(({ name }) => !NAMES.has(name))).toEqual([]);
      }),
      { numRuns: 25 },
    );
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

test("a PNG is as large as its drawing, however many are asked for at once", async () => {
  const svg = await chartSvg(shown({ KG: kg, TJ: tj }, "tg"));
  const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
  const made = await Promise.all([1, 2, 3, 4, 5].map(() => pngOf(svg)));
  const first = decodePng(made[0] ?? new Uint8Array());
  expect([first.width, first.height]).toEqual([1200, height]);
  for (const other of made) expect(Buffer.compare(other, made[0] ?? other)).toBe(0);
});
