import { readFileSync } from "node:fs";
import path from "node:path";

/** What drawings are styled by; everything else in the sheets is about pages. */
const KEPT = new Set(["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "font-weight"]);

type Rule = { selector: string; declarations: [string, string][] };

/** The rules of a sheet outside of any condition, a selector each; those that only a page in use can meet are left out. */
function rulesOf(sheet: string): Rule[] {
  const plain = sheet.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = "", body = ""]) => {
    const declarations = body
      .split(";")
      .map((line) => line.split(":").map((part) => part.trim()))
      .filter((parts): parts is [string, string] => parts.length === 2);
    return selectors.split(",").map((selector) => ({ selector: selector.trim(), declarations }));
  });
}

/**
 * The style sheet of charts as a drawing by itself can carry it: the colours of light pages as values, since programs
 * for drawings know no properties of one's own.
 * @param chart the sheet of charts
 * @param base the sheet whose first rule for `:root` names the colours of light pages
 */
export function pictureStyles(chart: string, base: string): { sheet: string; colour: (name: string) => string } {
  const palette = new Map(rulesOf(base).find(({ selector }) => selector === ":root")?.declarations);
  const colour = (name: string) => palette.get(`--${name}`) ?? "";
  const rules = rulesOf(chart);
  const valued = (text: string, tone: string | undefined): string =>
    text.replace(/var\((--[\w-]+)(?:, *((?:[^()]|\([^()]*\))*))?\)/g, (_, name: string, otherwise: string = "") => {
      const found = name === "--tone" ? tone : palette.get(name);
      return valued(found ?? otherwise, tone);
    });
  const tones = rules.flatMap(({ selector, declarations }) => {
    const tone = declarations.find(([name]) => name === "--tone")?.[1];
    return tone ? [{ selector, tone: valued(tone, undefined) }] : [];
  });
  const lines = rules.flatMap(({ selector, declarations }) => {
    const kept = declarations.filter(([name]) => KEPT.has(name));
    if (kept.length === 0 || /[:[>+~]/.test(selector)) return [];
    const line = (where: string, these: Rule["declarations"], tone?: string) =>
      `${where}{${these.flatMap(([name, value]) => (valued(value, tone) ? [`${name}:${valued(value, tone)}`] : [])).join(";")}}`;
    // Only what the tone changes: whatever else the longer selector said would outweigh rules further down.
    const toned = kept.filter(([, value]) => value.includes("--tone"));
    const coloured = toned.length > 0 ? tones : [];
    return [
      line(selector, kept),
      ...coloured.map((one) => line(`${one.selector} ${selector},${selector}${one.selector}`, toned, one.tone)),
    ];
  });
  return { sheet: lines.join("\n"), colour };
}

let read: ReturnType<typeof pictureStyles> | undefined;

/** The styles of our own charts, read when the first picture is asked for. */
export function ownStyles(): ReturnType<typeof pictureStyles> {
  const sheet = (name: string) => readFileSync(path.join(process.cwd(), "app", name), "utf8");
  read ??= pictureStyles(sheet("chart.css"), sheet("base.css"));
  return read;
}
