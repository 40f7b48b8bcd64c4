"use client";

import { Field, type Labels } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { errorOf } from "./refusal";

type Props = {
  name: string;
  label: string;
  /** Languages by code and own name; the first stands open. */
  languages: { value: string; label: string }[];
  otherLanguages: string;
  long?: boolean;
  state: FormState;
  labels: Labels;
};

/** A text that may be given in any of the five languages: one's own in sight, the others folded until they are wanted. */
export function TextsField({ name, label, languages, otherLanguages, long, state, labels }: Props) {
  const typed = (language: string) => state.typed[`${name}.${language}`] ?? "";
  const wrong = (language: string) => errorOf(state, labels, `${name}.${language}`);
  const [first, ...others] = languages;
  const field = (language: { value: string; label: string }, error?: string) => (
    <Field
      key={language.value}
      name={`${name}.${language.value}`}
      label={`${label} (${language.label})`}
      error={error ?? wrong(language.value)}
    >
      {(ids) => {
        const given = {
          ...ids,
          name: `${name}.${language.value}`,
          lang: language.value,
          maxLength: 10_000,
          defaultValue: typed(language.value),
        };
        return long ? <textarea {...given} rows={2} /> : <input {...given} type="text" autoComplete="off" />;
      }}
    </Field>
  );
  return (
    <div id={`field-${name}`} tabIndex={-1}>
      {first && field(first, errorOf(state, labels, name))}
      <details open={others.some(({ value }) => typed(value) !== "" || wrong(value) !== undefined)}>
        <summary>
          {label}: {otherLanguages}
        </summary>
        {others.map((language) => field(language))}
      </details>
    </div>
  );
}
