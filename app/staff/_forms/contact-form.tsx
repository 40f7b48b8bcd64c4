"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { ContactChoices } from "@/app/_server/contact-choices";
import type { FormState } from "@/app/_server/form";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { TextsField } from "./texts-field";
import { TickBoxes } from "./tick-boxes";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  choices: ContactChoices;
  /** Present when a contact is corrected: the revision its author sees. */
  correcting?: { revision: number };
};

/** The label of each field, by its input name. */
const NAMES: Record<string, string> = {
  country: "country",
  kind: "kind",
  name: "name",
  telephone: "telephone",
  email: "email",
  url: "url",
  address: "address",
  hours: "hours",
  languages: "languages",
  note: "note",
  confirmed_on: "confirmedOn",
  hide_after_days: "hideAfterDays",
  reason: "reason",
};
const TEXTS = ["name", "address", "hours", "note"];

/** Whom citizens can turn to: entered or corrected. */
export function ContactForm({ action, initial, labels, choices, correcting }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[`contacts.${key}`] ?? key;
  const names = Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, label(key)]));
  const namesInLanguages = TEXTS.flatMap((name) =>
    choices.texts.map((text) => [`${name}.${text.value}`, `${names[name]} (${text.label})`]),
  );
  const common = (name: string, optional = false) => ({
    name,
    label: `${names[name]}${optional ? ` (${label("optional")})` : ""}`,
    error: errorOf(state, labels, name),
  });
  const line = (name: string, type: string, options: { hint?: string; optional?: boolean } = {}) => (
    <Field {...common(name, options.optional)} hint={options.hint}>
      {(ids) => <input {...ids} name={name} type={type} autoComplete="off" maxLength={10_000} defaultValue={state.typed[name]} />}
    </Field>
  );
  const select = (name: "country" | "kind", options: { value: string; label: string }[]) => (
    <Field {...common(name)}>
      {(ids) => (
        <select {...ids} name={name} defaultValue={state.typed[name]}>
          <option value="">{label("choose")}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const texts = (name: string, long = false) => (
    <TextsField
      name={name}
      label={names[name] ?? name}
      languages={choices.texts}
      otherLanguages={label("otherLanguages")}
      long={long}
      state={state}
      labels={labels}
    />
  );
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, { ...names, ...Object.fromEntries(namesInLanguages) })} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {correcting && <input type="hidden" name="replaces_revision" value={state.typed.replaces_revision ?? correcting.revision} />}
        <fieldset>
          <legend>{label("what")}</legend>
          {select("country", choices.countries)}
          {select("kind", choices.kinds)}
          {texts("name")}
        </fieldset>
        <fieldset>
          <legend>{label("reach")}</legend>
          <p className="hint">{label("reachHint")}</p>
          {line("telephone", "tel", { hint: label("telephoneHint") })}
          {line("email", "email")}
          {line("url", "url")}
          {texts("hours", true)}
          {texts("address", true)}
          <TickBoxes
            name="languages"
            legend={names.languages ?? ""}
            error={errorOf(state, labels, "languages")}
            options={choices.spoken}
            more={{ label: label("moreLanguages"), options: choices.otherSpoken }}
            typed={state.typed}
          />
          {texts("note", true)}
        </fieldset>
        <fieldset>
          <legend>{label("holds")}</legend>
          {line("confirmed_on", "text", { hint: label("confirmedOnHint") })}
          {line("hide_after_days", "text", { hint: label("hideAfterDaysHint") })}
        </fieldset>
        {correcting && line("reason", "text", { hint: label("reasonHint") })}
        <p>
          <button type="submit" disabled={sending}>
            {label(correcting ? "submitCorrection" : "submit")}
          </button>
        </p>
      </form>
    </>
  );
}
