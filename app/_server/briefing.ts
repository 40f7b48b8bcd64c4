import { answerInWords } from "@/app/_components/series-table";
import { isBlank, type Row, rowsOf } from "@/app/staff/_forms/briefing-rows";
import { isCountry } from "@/lib/countries/rules";
import { knownEvents } from "@/lib/events/read";
import { warningInWords } from "@/lib/i18n/warning-words";
import type { Words } from "@/lib/i18n/words";
import { isMeasure, type Measure } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import { answerColumns, readSnapshot, type SnapshotInput } from "@/lib/snapshots/input";
import { historyAround } from "@/lib/snapshots/nearby";
import { answerOf } from "@/lib/snapshots/rules";
import { lastFigures } from "@/lib/snapshots/series";
import { readFigure } from "@/lib/snapshots/spelling";
import { needsConfirmation, type Warning } from "@/lib/snapshots/warnings";
import { warningsAbout } from "@/lib/snapshots/write/confirmed";
import { drawnSeries } from "@/lib/trends/rules/drawn-series";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { today } from "@/lib/vintage";
import { staffDb } from "./database";
import { type Look, nested } from "./form";

/** How many figures of a series stand beside the one being typed. */
const BESIDE = 12;

/**
 * One figure of the form in the shape of an input: its answer is one choice there (`figure`, `unchanged`,
 * `missing:declined`), and a bare number is an exact one.
 */
function sentOf(row: Row): Record<string, unknown> {
  const { answer = "figure", figure, "confirm.warnings": warnings, "confirm.word": word, ...fields } = row;
  const [kind, reason] = answer.split(":");
  const read = readFigure(figure ?? "");
  const plain = read.ok && !read.said;
  return {
    ...fields,
    answer: kind,
    missing_reason: reason,
    value: figure,
    qualifier: kind === "figure" && plain ? "exact" : undefined,
    confirm: { warnings, word },
  };
}

/** What a briefing's form was sent with: the source, and its figures without the rows left blank. */
export function briefingOf(typed: Record<string, string>): { source: unknown; figures: Record<string, unknown>[]; rows: number[] } {
  const rows = rowsOf(typed);
  const filled = rows.flatMap((row, index) => (isBlank(row) && rows.length > 1 ? [] : [index]));
  const kept = filled.length > 0 ? filled : [0];
  return { source: nested(typed).source, figures: kept.map((index) => sentOf(rows[index] ?? {})), rows: kept };
}

/** Warnings as a form shows them. */
export const warningsInWords = (warnings: readonly Warning[], words: Words): Look["warnings"] =>
  warnings.map((warning) => ({ code: warning.code, text: warningInWords(warning, words), asks: needsConfirmation(warning) }));

function understoodAs(input: SnapshotInput, words: Words): string {
  const asOf = momentOf(input.as_of);
  return `${answerInWords({ answer: answerOf(answerColumns(input)), asOf }, words)} · ${words.moment(asOf)}`;
}

async function seriesOf(country: string, measure: Measure, words: Words, now: Date): Promise<NonNullable<Look["series"]>> {
  const known = today(now);
  const statements = await historyAround(staffDb(), country, { from: now, to: now }, known);
  const trend = trendOf(
    statements.filter((s) => s.measure === measure),
    breaksOf(await knownEvents(staffDb(), known), country, measure),
  );
  const last = lastFigures(statements, measure, BESIDE);
  const title = `${words.country(country)}, ${words.t(`measures.${measure}`)}`;
  return {
    title,
    last: last.map((s) => ({
      statementId: s.statementId,
      figure: words.figure(s.answer.figure),
      moment: words.moment(s.asOf),
      who: s.source.speaker ?? s.source.title,
    })),
    drawn: drawnSeries(trend),
    alternative: words.t("briefing.drawn", { series: title, count: last.length }),
  };
}

/** What is to be looked at beside each figure of a briefing, as far as it is typed; nothing is written. */
export async function looksAt(typed: Record<string, string>, words: Words, now: Date): Promise<Look[]> {
  const looks: Look[] = [];
  for (const row of rowsOf(typed).slice(0, 50)) {
    const { country = "", measure = "" } = row;
    const source = nested(typed).source as Record<string, unknown>;
    // The source is typed last; its title is not what a figure is judged by.
    const parsed = readSnapshot({ ...sentOf(row), source: { ...source, title: source.title || "…" } }, now);
    looks.push({
      understood: parsed.success ? understoodAs(parsed.data, words) : undefined,
      warnings: parsed.success ? warningsInWords(await warningsAbout(staffDb(), parsed.data, now), words) : [],
      series: isCountry(country) && isMeasure(measure) ? await seriesOf(country, measure, words, now) : undefined,
    });
  }
  return looks;
}
