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
  /** The label of the reason, where one is wanted. */
  reason?: "reasonOf" | "because";
  /** The ranks to choose from, where that is what the form decides. */
  ranks?: { value: string; label: string }[];
  submit: "submitRank" | "submitWithdrawal" | "publish" | "sendBack" | "takeBack";
};

const nothing = () => {};

/** A decision about a statement or a submission: a reason where one is wanted, a rank where it is about that. */
export function DecisionForm({ action, initial, labels, version, reason, ranks, submit }: Props) {
  const { state, sending, plainAction, onSubmit, again, stop } = useSending(action, initial, nothing);
  useShownRefusal(state);
  const label = (key: string) => labels[`record.${key}`] ?? labels[`review.${key}`] ?? key;
  const names: Record<string, string> = { rank: label("rank"), reason: label(reason ?? "reasonOf"), statement: label("thisStatement") };
  names.because = label("because");
  const error = errorOf(state, labels, "reason") ?? errorOf(state, labels, "because");
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={plainAction} onSubmit={onSubmit} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <input type="hidden" name="replaces_revision" value={state.theirs?.revision ?? version} />
        {state.theirs && <p className="band">{state.theirs.lead}</p>}
        {ranks && (
          <Field name={`${submit}.rank`} label={label("rank")} hint={label("rankHint")} error={errorOf(state, labels, "rank")}>
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
          <Field name={`${submit}.reason`} label={label(reason)} error={error}>
            {(ids) => <textarea {...ids} name="reason" rows={2} maxLength={10_000} defaultValue={state.typed.reason ?? ""} />}
          </Field>
        )}
        <p>
          <button type="submit" disabled={sending !== "still"}>
            {label(submit)}
          </button>
        </p>
        <KeptLine keptAt={undefined} sending={sending} labels={labels} again={again} stop={stop} />
      </form>
    </>
  );
}
