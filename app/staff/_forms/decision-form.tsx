"use client";

import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { KeptLine } from "./kept-line";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { useSending } from "./use-sending";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  /** The revision or version that its author sees. */
  version: number;
  /** Tells the fields of several decisions on one page apart. */
  id: string;
  /** The label of the reason, where one is wanted. */
  reason?: string;
  reasonHint?: string;
  /** The ranks to choose from, where that is what the form decides. */
  ranks?: { value: string; label: string }[];
  /** The text of the button. */
  submit: string;
};

const nothing = () => {};

/** A decision about something on record or submitted: a reason where one is wanted, a rank where it is about that. */
export function DecisionForm({ action, initial, labels, version, id, reason, reasonHint, ranks, submit }: Props) {
  const { state, sending, plainAction, onSubmit, again, stop } = useSending(action, initial, nothing);
  useShownRefusal(state);
  const label = (key: string) => labels[`record.${key}`] ?? key;
  const names = { rank: label("rank"), reason: reason ?? "", because: reason ?? "", statement: label("thisStatement") };
  const refusal = refusalOf(state, labels, names);
  const at = (name: string) => `${id}.${name === "because" ? "reason" : name}`;
  const error = errorOf(state, labels, "reason") ?? errorOf(state, labels, "because");
  return (
    <>
      <RefusalBox refusal={refusal && { ...refusal, fields: refusal.fields.map((field) => ({ ...field, name: at(field.name) })) }} />
      <form className={id === "publish" ? "sheet" : "sheet aside-act"} action={plainAction} onSubmit={onSubmit} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <input type="hidden" name="replaces_revision" value={state.theirs?.revision ?? version} />
        {state.theirs && <p className="band">{state.theirs.lead}</p>}
        {ranks && (
          <Field name={at("rank")} label={label("rank")} hint={label("rankHint")} error={errorOf(state, labels, "rank")}>
            {(ids) => (
              <select {...ids} name="rank" defaultValue={state.typed.rank}>
                {ranks.map(({ value, label: shown }) => (
                  <option key={value} value={value}>
                    {shown}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {reason && (
          <Field name={at("reason")} label={reason} hint={reasonHint} error={error}>
            {(ids) => <textarea {...ids} name="reason" rows={2} maxLength={10_000} defaultValue={state.typed.reason ?? ""} />}
          </Field>
        )}
        <p id={`field-${id}-statement`} tabIndex={-1}>
          <button type="submit" disabled={sending !== "still"}>
            {submit}
          </button>
        </p>
        <KeptLine keptAt={undefined} sending={sending} labels={labels} again={again} stop={stop} />
      </form>
    </>
  );
}
