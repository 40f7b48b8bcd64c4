"use client";

import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { CopyField } from "./copy-field";
import { DraftList } from "./draft-list";
import type { Choices } from "./figure-row";
import { KeptLine } from "./kept-line";
import { errorOf, refusalOf } from "./refusal";
import { SideBySide } from "./side-by-side";
import { SourceFields, sourceNames } from "./source-fields";
import { useKeptForm } from "./use-kept-form";
import { Warnings } from "./warnings";

type Option = Choices["countries"][number];

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  choices: Choices;
  person: string;
  /** What the form is about, for its draft: the statement or submission. */
  about: string;
  /** The revision or version that its author sees. */
  revision: number;
  /** A new statement that was sent back needs no reason for a correction. */
  reasoned: boolean;
  submit: "submitCorrection" | "submitAgain";
};

const QUALIFIERS = ["exact", "about", "more_than", "less_than", "between"];
const ANSWERS = ["figure", "missing", "unchanged"];

/** The label of each field, by its input name. */
const NAMES: Record<string, string> = {
  country: "country",
  measure: "measure",
  period_start: "periodStart",
  as_of: "asOf",
  answer: "answer",
  qualifier: "qualifier",
  value: "value",
  low: "low",
  high: "high",
  missing_reason: "missingReason",
  wording: "wording",
  children_share: "childrenShare",
  note: "note",
  reason: "reason",
  statement: "thisStatement",
  "confirm.word": "word",
};

/**
 * One statement, corrected or mended. Sent as a plain form where no script runs; then and otherwise
 * the answer comes back with everything that was typed.
 */
export function RecordForm({ action, initial, labels, choices, person, about, revision, reasoned, submit }: Props) {
  const { state, form, formKey, busy, line, others, drop } = useKeptForm(action, initial, person, about);
  const label = (key: string) => labels[`record.${key}`] ?? key;
  const { reason = "", ...figure } = Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, label(key)]));
  const names: Record<string, string> = { ...figure, ...sourceNames(labels), "source.copy": labels["copies.file"] ?? "", reason };
  const common = (name: string, optional = false) => ({
    name,
    label: `${names[name]}${optional ? ` (${label("optional")})` : ""}`,
    error: errorOf(state, labels, name),
  });
  const typed = (name: string) => state.typed[name] ?? "";
  const text = (name: string, options: { hint?: string; optional?: boolean; long?: boolean } = {}) => (
    <Field {...common(name, options.optional)} hint={options.hint && label(options.hint)}>
      {(ids) =>
        options.long ? (
          <textarea {...ids} name={name} rows={3} maxLength={10_000} defaultValue={typed(name)} />
        ) : (
          <input {...ids} name={name} type="text" autoComplete="off" maxLength={10_000} defaultValue={typed(name)} />
        )
      }
    </Field>
  );
  const option = ({ value, label: shown }: Option) => (
    <option key={value} value={value}>
      {shown}
    </option>
  );

  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      {state.theirs && <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} onTheirs={drop} />}
      <DraftList {...others} labels={labels} />
      <form className="sheet" id="yours" {...form} key={formKey}>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        {/* What was sent stays what it was written against, also when the page around it is newer by now. */}
        <input type="hidden" name="replaces_revision" value={state.theirs?.revision ?? state.typed.replaces_revision ?? revision} />
        <fieldset>
          <legend>{label("what")}</legend>
          <Field {...common("country")}>
            {(ids) => (
              <select {...ids} name="country" defaultValue={typed("country")}>
                <option value="">{label("choose")}</option>
                {choices.countries.map(option)}
              </select>
            )}
          </Field>
          <Field {...common("measure")}>
            {(ids) => (
              <select {...ids} name="measure" defaultValue={typed("measure")}>
                <option value="">{label("choose")}</option>
                <optgroup label={label("stocks")}>{choices.stocks.map(option)}</optgroup>
                <optgroup label={label("flows")}>{choices.flows.map(option)}</optgroup>
              </select>
            )}
          </Field>
          {text("period_start", { hint: "periodStartHint", optional: true })}
          {text("as_of", { hint: "asOfHint" })}
        </fieldset>
        <fieldset>
          <legend>{label("figure")}</legend>
          <Field {...common("answer")}>
            {(ids) => (
              <select {...ids} name="answer" defaultValue={typed("answer") || "figure"}>
                {ANSWERS.map((value) => option({ value, label: label(`answers.${value}`) }))}
              </select>
            )}
          </Field>
          <Field {...common("qualifier")}>
            {(ids) => (
              <select {...ids} name="qualifier" defaultValue={typed("qualifier")}>
                <option value="">{label("choose")}</option>
                {QUALIFIERS.map((value) => option({ value, label: label(`qualifiers.${value}`) }))}
              </select>
            )}
          </Field>
          {text("value")}
          <div className="pair">
            {text("low", { optional: true })}
            {text("high", { optional: true })}
          </div>
          {text("wording", { optional: true })}
          {text("children_share", { hint: "childrenShareHint", optional: true })}
          <Field {...common("missing_reason", true)}>
            {(ids) => (
              <select {...ids} name="missing_reason" defaultValue={typed("missing_reason")}>
                <option value="" />
                {choices.missingReasons.map(option)}
              </select>
            )}
          </Field>
          {text("note", { optional: true, long: true })}
        </fieldset>
        <fieldset>
          <legend>{label("source")}</legend>
          <SourceFields state={state} labels={labels} />
          <CopyField
            stored={state.typed["source.copy_id"]}
            error={errorOf(state, labels, "source.copy") ?? errorOf(state, labels, "source.copy_id")}
            labels={labels}
          />
        </fieldset>
        {reasoned && text("reason", { hint: "reasonHint", long: true })}
        <Warnings look={state.looks?.[0]} name="confirm" labels={labels}>
          {text("confirm.word", { hint: "wordHint" })}
        </Warnings>
        <p>
          <button type="submit" disabled={busy}>
            {label(submit)}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </>
  );
}
