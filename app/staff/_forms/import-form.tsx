"use client";

import type { ReactNode } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { ImportProgress } from "./import-progress";
import { KeptLine } from "./kept-line";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { useSending } from "./use-sending";

/** One thing to fill in: a text, a box to tick, or a choice. */
export type ImportField = {
  name: string;
  label: string;
  hint?: string;
} & ({ kind: "text" } | { kind: "tick" } | { kind: "choice"; value: string; choices: { value: string; label: string }[] });

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  importId: string;
  version: number;
  /** Sets the names of this form's fields apart from those of others on the page. */
  about: string;
  fields?: ImportField[];
  submit: string;
  children?: ReactNode;
};

const nothing = () => {};
/** The steps that an import is made for. */
const MAIN = ["send", "publish"];

/** One step of an import, with what it asks for and how far it is. */
export function ImportForm({ action, initial, labels, importId, version, about, fields = [], submit, children }: Props) {
  const { state, sending, plainAction, onSubmit, again, stop } = useSending(action, initial, nothing);
  useShownRefusal(state);
  const names = Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  const refusal = refusalOf(state, labels, { rows: labels["imports.rowsField"] ?? "", ...names });
  const prefixed = refusal && { ...refusal, fields: refusal.fields.map((field) => ({ ...field, name: `${about}.${field.name}` })) };
  return (
    <>
      <RefusalBox refusal={prefixed} />
      <form className={MAIN.includes(about) ? "sheet" : "sheet aside-act"} action={plainAction} onSubmit={onSubmit} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <input type="hidden" name="replaces_revision" value={version} />
        {children}
        <div className={fields.some(({ kind }) => kind === "choice") ? "pair" : undefined}>
          {fields.map((field) =>
            field.kind === "tick" ? (
              <Tick
                key={field.name}
                field={field}
                about={about}
                typed={state.typed[field.name]}
                error={errorOf(state, labels, field.name)}
              />
            ) : (
              <Field
                key={field.name}
                name={`${about}.${field.name}`}
                label={field.label}
                hint={field.hint}
                error={errorOf(state, labels, field.name)}
              >
                {(ids) => input(field, ids, state.typed[field.name])}
              </Field>
            ),
          )}
        </div>
        <p>
          <button type="submit" disabled={sending !== "still"}>
            {submit}
          </button>
        </p>
        <ImportProgress importId={importId} label={labels["imports.working"] ?? ""} asking={sending === "sending"} />
        <KeptLine keptAt={undefined} sending={sending} labels={labels} again={again} stop={stop} />
      </form>
    </>
  );
}

/** A box to tick; its label stands beside it, why it was refused above both. */
function Tick({ field, about, typed, error }: { field: ImportField; about: string; typed: string | undefined; error: string | undefined }) {
  const id = `field-${about}-${field.name}`;
  const described = error ? { "aria-describedby": `${id}-error`, "aria-invalid": true as const } : {};
  return (
    <div>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <label className="tick" htmlFor={id}>
        {input(field, { id, ...described }, typed)} {field.label}
      </label>
    </div>
  );
}

function input(field: ImportField, ids: { id: string }, typed: string | undefined): ReactNode {
  if (field.kind === "text") return <textarea {...ids} name={field.name} rows={2} maxLength={10_000} defaultValue={typed ?? ""} />;
  if (field.kind === "tick") return <input {...ids} type="checkbox" name={field.name} value="yes" defaultChecked={typed === "yes"} />;
  return (
    <select {...ids} name={field.name} defaultValue={typed ?? field.value}>
      {field.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
