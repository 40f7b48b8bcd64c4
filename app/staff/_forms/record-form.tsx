"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { SideBySide } from "./side-by-side";

type Option = { value: string; label: string };
type Choices = { countries: Option[]; stocks: Option[]; flows: Option[]; missingReasons: Option[] };

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  choices: Choices;
  /** Present when a statement is corrected: the revision its author sees. */
  correcting?: { revision: number };
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
  "source.title": "sourceTitle",
  "source.publisher": "publisher",
  "source.speaker": "speaker",
  "source.speaker_role": "speakerRole",
  "source.published_on": "publishedOn",
  "source.url": "url",
};

/**
 * One statement, entered or corrected. Sent as a plain form where no script runs; then and otherwise
 * the answer comes back with everything that was typed.
 */
export function RecordForm({ action, initial, labels, choices, correcting }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[`record.${key}`] ?? key;
  const names = Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, label(key)]));
  const common = (name: string, optional = false) => ({
    name,
    label: `${names[name]}${optional ? ` (${label("optional")})` : ""}`,
    error: errorOf(state, labels, name),
  });
  const typed = (name: string) => state.typed[name] ?? "";
  const text = (name: string, options: { hint?: string; optional?: boolean; long?: boolean; mode?: "numeric" | "url" } = {}) => (
    <Field {...common(name, options.optional)} hint={options.hint && label(options.hint)}>
      {(ids) =>
        options.long ? (
          <textarea {...ids} name={name} rows={3} maxLength={10_000} defaultValue={typed(name)} />
        ) : (
          <input
            {...ids}
            name={name}
            type="text"
            inputMode={options.mode}
            autoComplete="off"
            maxLength={10_000}
            defaultValue={typed(name)}
          />
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
      {state.theirs && <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} />}
      {/* A new key after each answer: React would otherwise show a select's first value instead of the typed one. */}
      <form className="sheet" id="yours" action={send} key={state.sent} noValidate>
        {/* What was sent stays what it was written against, also when the page around it is newer by now. */}
        {correcting && (
          <input
            type="hidden"
            name="replaces_revision"
            value={state.theirs?.revision ?? state.typed.replaces_revision ?? correcting.revision}
          />
        )}
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
          {text("value", { mode: "numeric" })}
          <div className="pair">
            {text("low", { mode: "numeric", optional: true })}
            {text("high", { mode: "numeric", optional: true })}
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
          {text("source.title")}
          {text("source.publisher", { optional: true })}
          {text("source.speaker", { optional: true })}
          {text("source.speaker_role", { optional: true })}
          {text("source.published_on", { hint: "publishedOnHint", optional: true })}
          {text("source.url", { mode: "url", optional: true })}
        </fieldset>
        {correcting && text("reason", { hint: "reasonHint", long: true })}
        <p>
          <button type="submit" disabled={sending}>
            {label(correcting ? "submitCorrection" : "submit")}
          </button>
        </p>
      </form>
    </>
  );
}
