"use client";

import { Field, type Labels } from "@/app/_components/fields";
import type { LinkState } from "@/app/_server/set-up-link";
import { OneAct } from "./one-act";
import { errorOf } from "./refusal";

type Props = {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  labels: Labels;
  against: { name: string; value: number };
};

/** Withdraws a contact, with a reason. */
export function WithdrawContactForm({ action, labels, against }: Props) {
  const label = (key: string) => labels[`contacts.${key}`] ?? key;
  return (
    <OneAct
      action={action}
      initial={{ sent: 0, typed: {} }}
      labels={labels}
      against={against}
      submit={label("withdraw")}
      hint={label("withdrawHint")}
      names={{ withdrawal: label("withdrawReason") }}
    >
      {(state) => (
        <Field name="withdrawal" label={label("withdrawReason")} error={errorOf(state, labels, "withdrawal")}>
          {(ids) => (
            <input {...ids} name="withdrawal" type="text" autoComplete="off" maxLength={10_000} defaultValue={state.typed.withdrawal} />
          )}
        </Field>
      )}
    </OneAct>
  );
}
