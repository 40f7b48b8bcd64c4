import type { Words } from "@/lib/i18n/words";
import type { Measure } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import type { Submission } from "@/lib/review/read";
import { answerColumns, type SnapshotInput } from "@/lib/snapshots/input";
import { answerOf } from "@/lib/snapshots/rules";
import type { Confirmed } from "@/lib/snapshots/write/publish";
import { answerInWords } from "../_components/series-table";

/** What a submission would record; undefined where it only withdraws or ranks. */
export const inputOf = (submission: Submission): (SnapshotInput & { confirmed: Confirmed }) | undefined =>
  submission.verb === "record" || submission.verb === "correct"
    ? (submission.content as SnapshotInput & { confirmed: Confirmed })
    : undefined;

/** What was submitted, in one line: the country, and for a statement its count, figure and moment. */
export function submittedInWords(submission: Submission, words: Words): string {
  const input = inputOf(submission);
  const what = words.t(`review.verbs.${submission.verb as "record" | "correct" | "withdraw" | "rank"}`);
  const where = submission.countries.map(words.country).join(", ");
  if (!input) return `${what}: ${where}`;
  const asOf = momentOf(input.as_of);
  const measure = words.t(`measures.${input.measure as Measure}`);
  return `${what}: ${where} · ${measure} · ${answerInWords({ answer: answerOf(answerColumns(input)), asOf }, words)} · ${words.moment(asOf)}`;
}

/** A submitted statement as the record form shows it, by input name. */
export function typedOfInput(input: SnapshotInput): Record<string, string> {
  const { source, ...fields } = input;
  const flat = { ...fields, ...Object.fromEntries(Object.entries(source).map(([name, value]) => [`source.${name}`, value])) };
  return Object.fromEntries(
    Object.entries(flat).flatMap(([name, value]) => (typeof value === "object" || value === undefined ? [] : [[name, String(value)]])),
  );
}
