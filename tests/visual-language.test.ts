import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { SIGN } from "@/app/_components/deadline-card";
import { sourceTexts } from "./source-texts";

const root = path.resolve(import.meta.dirname, "..");
const page = readFileSync(path.join(root, "docs/visual-language.md"), "utf8");
const styles = sourceTexts("app", /\.css$/);
const base = styles.find(({ file }) => file === "app/base.css")?.text ?? "";

const blockAfter = (text: string, start: string) => /\{([^}]*)\}/.exec(text.slice(text.indexOf(start)))?.[1] ?? "";
const valuesIn = (block: string) =>
  new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]));
const light = valuesIn(blockAfter(base, ":root"));
const dark = valuesIn(blockAfter(base.slice(base.indexOf("prefers-color-scheme: dark")), ":root"));

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c).join("") : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

test("contrast is measured as it is defined", () => {
  expect(contrast("#000", "#ffffff")).toBe(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
});

describe("text can be read on every ground it stands on", () => {
  const pairs = [
    ...["--paper", "--sheet", "--band", "--ahead-tint", "--soon-tint", "--over-tint"].flatMap((ground) =>
      ["--ink", "--quiet", "--link"].map((text) => [text, ground] as const),
    ),
    ["--ahead", "--ahead-tint"],
    ["--soon", "--soon-tint"],
    ["--over", "--over-tint"],
    ["--paper", "--strong"],
  ] as const;
  for (const [mode, values] of [
    ["light", light],
    ["dark", dark],
  ] as const)
    test.each(pairs)(`${mode}: %s on %s`, (text, ground) => {
      expect(contrast(values.get(text) ?? "", values.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
    });
});

test("every value of the language has a pair for the dark", () => {
  expect(light.size).toBeGreaterThan(10);
  expect([...dark.keys()]).toEqual([...light.keys()]);
});

test("the page lists every property there is, and no other", () => {
  const declared = new Set([...blockAfter(base, ":root").matchAll(/(--[\w-]+):/g)].map(([, name]) => name));
  expect(new Set([...page.matchAll(/`(--[\w-]+)`/g)].map(([, name]) => name))).toEqual(declared);
});

test("the page shows every sign of a state", () => {
  for (const sign of Object.values(SIGN)) expect(page).toContain(`| ${sign} |`);
});

test("no other file writes a colour of its own", () => {
  const written = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, "").match(/#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/gi) ?? [];
  expect(written("a { color: #fff }")).toEqual(["#fff"]);
  const others = styles.filter(({ file }) => !["app/base.css", "app/print.css"].includes(file));
  expect(others.length).toBeGreaterThan(2);
  for (const { file, text } of others) expect(written(text), file).toEqual([]);
});
