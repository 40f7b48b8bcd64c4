import type { Words } from "@/lib/i18n/words";
import type { Field } from "@/lib/imports/files/column-names";
import type { Progress } from "@/lib/imports/progress";
import type { Import, ImportRow, Said } from "@/lib/imports/read";
import { type Measure } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import { answerOfRow } from "@/lib/snapshots/rules";
import type { WarningCode } from "@/lib/snapshots/warnings";
import { answerInWords } from "../_components/series-table";
import { labelsOf } from "./labels";

type Saying = Omit<Said, "value" | "low" | "high" | "unchanged"> & {
  value: string | number | null;
  low: string | number | null;
  high: string | number | null;
  unchanged: boolean | null;
};

function answerSaid(said: Saying, words: Words): string {
  const answer = answerOfRow({ ...said, wording: null, children_share: null, unchanged: said.unchanged === true });
  return answerInWords({ answer, asOf: momentOf(said.as_of) }, words);
}

/** What a row of an import says; a faulty one in its own words. */
export function rowInWords(row: ImportRow, words: Words): string {
  const { country, measure, as_of } = row;
  if (country === null || measure === null || as_of === null) return (row.cells ?? []).filter((cell) => cell.trim() !== "").join(" | ");
  const figure = answerSaid({ ...row, as_of }, words);
  return `${words.country(country)} · ${words.t(`measures.${measure as Measure}`)} · ${figure} · ${words.moment(momentOf(as_of))}`;
}

/** The name of what a column can hold, as our own form has it. */
export function fieldInWords(field: Field, { t }: Words): string {
  const labels: Record<Field, string> = {
    id: t("imports.fieldId"),
    country: t("record.country"),
    measure: t("record.measure"),
    period_start: t("record.periodStart"),
    as_of: t("record.asOf"),
    answer: t("record.answer"),
    value: t("record.value"),
    low: t("record.low"),
    high: t("record.high"),
    qualifier: t("record.qualifier"),
    wording: t("record.wording"),
    missing_reason: t("record.missingReason"),
    children_share: t("record.childrenShare"),
    note: t("record.note"),
    restates: t("imports.fieldRestates"),
    "source.title": t("record.sourceTitle"),
    "source.publisher": t("record.publisher"),
    "source.speaker": t("record.speaker"),
    "source.speaker_role": t("record.speakerRole"),
    "source.published_on": t("record.publishedOn"),
    "source.url": t("record.url"),
  };
  return labels[field];
}

/** Why a row has its verdict, one reason after the other. */
export function reasonsInWords(row: ImportRow, words: Words): string[] {
  const { t } = words;
  const errors = labelsOf(words, ["errors"]);
  const faults = Object.entries(row.faults ?? {}).map(
    ([field, code]) => `${fieldInWords(field as Field, words)}: ${errors[`errors.${code}`] ?? code}`,
  );
  const warned = row.warnings.map((code) => t(`imports.warned.${code as Exclude<WarningCode, "too_few_figures" | "rival">}`));
  const said: string[] = [];
  if (row.before)
    said.push(t("imports.changesFrom", { before: `${answerSaid(row.before, words)}, ${words.moment(momentOf(row.before.as_of))}` }));
  if (row.rival) said.push(t("imports.rivalOf", { figure: answerSaid(row.rival, words), moment: words.moment(momentOf(row.rival.as_of)) }));
  else if (row.rival_line !== null) said.push(t("imports.rivalLine", { line: words.number(row.rival_line) }));
  if (row.verdict === "same")
    said.push(row.same_line === null ? t("imports.sameRecord") : t("imports.sameLine", { line: words.number(row.same_line) }));
  if (row.verdict === "new") said.push(t("imports.isNew"));
  return [...faults, ...warned, ...said];
}

const DELIMITERS = { ";": "semicolon", ",": "comma", "\t": "tab" } as const;

/** What kind of file it is, as it was found to be. */
export function kindInWords(found: Import, { t }: Words): string {
  if (found.kind === "xlsx") return t("imports.xlsx", { sheet: found.sheet ?? "" });
  const delimiter = DELIMITERS[(found.delimiter ?? ";") as keyof typeof DELIMITERS];
  return t("imports.csv", { encoding: found.encoding ?? "", delimiter: t(`imports.delimiters.${delimiter}`) });
}

/** How far the work on an import is. */
export function progressInWords({ step, done, total }: Progress, words: Words): string {
  const { t } = words;
  const numbers = { done: words.number(done), total: words.number(total ?? 0) };
  if (step === "reading") return total === undefined ? t("imports.progress.reading", numbers) : t("imports.progress.readingOf", numbers);
  if (step === "waiting") return t("imports.progress.waiting");
  if (step === "writing") return t("imports.progress.writing", numbers);
  return step === "comparing" ? t("imports.progress.comparing") : t("imports.progress.withdrawing");
}
