"use client";

import { type ReactNode, useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { FileInput } from "./file-input";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  /** The newest revision of the source that the person sees. */
  revision: number;
};

/** A change of a source with its reason; `reasonName` tells the reasons of two forms on one page apart. */
function ChangeForm({
  action,
  initial,
  labels,
  revision,
  reasonName,
  submit,
  fields,
}: Props & { reasonName: string; submit: string; fields?: (state: FormState) => ReactNode }) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[key] ?? key;
  const names = { copy: label("copies.file"), [reasonName]: label("copies.reason") };
  const { failure } = state;
  const newest = failure?.code === "conflict" && failure.current > 0 ? failure.current : (state.typed.replaces_revision ?? revision);
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        <input type="hidden" name="replaces_revision" value={newest} />
        {fields?.(state)}
        <Field
          name={reasonName}
          label={label("copies.reason")}
          hint={label("copies.reasonHint")}
          error={errorOf(state, labels, reasonName)}
        >
          {(ids) => <textarea {...ids} name={reasonName} rows={2} maxLength={10_000} defaultValue={state.typed[reasonName] ?? ""} />}
        </Field>
        <p>
          <button type="submit" disabled={sending}>
            {submit}
          </button>
        </p>
      </form>
    </>
  );
}

/** Sends a document to be stored with a source. */
export function AttachCopyForm(props: Props) {
  const { labels } = props;
  const label = (key: string) => labels[key] ?? key;
  return (
    <ChangeForm
      {...props}
      reasonName="reason"
      submit={label("copies.submit")}
      fields={(state) => (
        <>
          <Field name="copy" label={label("copies.file")} hint={label("copies.fileHint")} error={errorOf(state, labels, "copy")}>
            {(ids) => <FileInput ids={ids} name="copy" tooLarge={label("errors.file_too_large")} />}
          </Field>
          {state.typed.copy_id && (
            <p className="good">
              <input type="hidden" name="copy_id" value={state.typed.copy_id} />
              {label("copies.kept")}
            </p>
          )}
        </>
      )}
    />
  );
}

/** Lets the public see the stored copy of a source, or not any more. */
export function ShowCopyForm({ shown, ...props }: Props & { shown: boolean }) {
  const label = (key: string) => props.labels[key] ?? key;
  return <ChangeForm {...props} reasonName="show.reason" submit={label(shown ? "copies.stopSubmit" : "copies.allowSubmit")} />;
}
