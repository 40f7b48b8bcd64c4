import type { Labels } from "@/app/_components/fields";
import { formatMoment } from "@/lib/i18n/dates";
import type { Language } from "@/lib/i18n/languages";
import { formatNumber, formatThreshold } from "@/lib/i18n/numbers";
import { momentOf } from "@/lib/moments/rules";
import { readMoment } from "@/lib/moments/spelling";
import type { Figure } from "@/lib/snapshots/rules";
import { readFigure } from "@/lib/snapshots/spelling";
import { type Drawn, drawnFigure } from "@/lib/trends/rules/drawn";
import type { Row } from "./briefing-rows";

/** How something typed is understood, or why it is not; undefined while nothing is typed. */
export type Understood = { ok: true; text: string } | { ok: false; text: string } | undefined;

function inWords(figure: Figure, language: Language, labels: Labels): string {
  const number = (value: number) => formatNumber(language, value);
  if (figure.qualifier === "between")
    return (labels["figure.between"] ?? "").replace("{low}", number(figure.low)).replace("{high}", number(figure.high));
  if (figure.qualifier === "exact") return `${labels["record.qualifiers.exact"]} ${number(figure.value)}`;
  const value = figure.qualifier === "about" ? number(figure.value) : formatThreshold(language, figure.value);
  return (labels[`figure.${figure.qualifier}`] ?? "").replace("{value}", value);
}

const refusal = (code: string, labels: Labels): Understood => ({ ok: false, text: labels[`errors.${code}`] ?? code });

/** What the text of a moment is understood as. */
export function understoodMoment(text: string, language: Language, labels: Labels): Understood {
  if (text.trim() === "") return undefined;
  const read = readMoment(text);
  return read.ok ? { ok: true, text: formatMoment(language, { text: read.iso }) } : refusal(read.code, labels);
}

/** What the text of a figure is understood as: its value and how it was put. */
export function understoodFigure(text: string, language: Language, labels: Labels): Understood {
  if (text.trim() === "") return undefined;
  const read = readFigure(text);
  return read.ok ? { ok: true, text: inWords(read, language, labels) } : refusal(read.code, labels);
}

/** The figure of a row as a chart draws it, as soon as it and its moment can be read. */
export function drawnRow(row: Row): Drawn | undefined {
  const asOf = readMoment(row.as_of ?? "");
  const figure = readFigure(row.figure ?? "");
  return asOf.ok && figure.ok && (row.answer ?? "figure") === "figure" ? drawnFigure("typed", figure, momentOf(asOf.iso)) : undefined;
}
