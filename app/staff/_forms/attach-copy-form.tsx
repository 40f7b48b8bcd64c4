"use client";

import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { FileInput } from "./file-input";
import { KeptLine } from "./kept-line";
import { errorOf, refusalOf } from "./refusal";
import { TextField } from "./text-field";
import { useKeptForm } from "./use-kept-form";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  person: string;
  sourceId: string;
  /** The newest revision of the source that the person sees. */
  revision: number;
};

/** Sends a document to be stored with a source. */
export function AttachCopyForm({ action, initial, labels, person, sourceId, revision }: Props) {
  const { state, form, formKey, busy, line } = useKeptForm(action, initial, person, `copy/${sourceId}`);
  const label = (key: string) => labels[`copies.${key}`] ?? key;
  const { failure } = state;
  const newest = failure?.code === "conflict" && failure.current > 0 ? failure.current : (state.typed.replaces_revision ?? revision);
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, { copy: label("file"), reason: label("reason") })} />
      <form className="sheet" {...form} key={formKey}>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <input type="hidden" name="replaces_revision" value={newest} />
        <Field name="copy" label={label("file")} hint={label("fileHint")} error={errorOf(state, labels, "copy")}>
          {(ids) => (
            <FileInput ids={ids} name="copy" tooLarge={labels["errors.file_too_large"] ?? ""} without={labels["copies.without"] ?? ""} />
          )}
        </Field>
        {state.typed.copy_id && (
          <p className="good">
            <input type="hidden" name="copy_id" value={state.typed.copy_id} />
            {label("kept")}
          </p>
        )}
        <TextField name="reason" label={label("reason")} hint={label("reasonHint")} long state={state} labels={labels} />
        <p>
          <button type="submit" disabled={busy}>
            {label("submit")}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </>
  );
}
