"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { TextField } from "./announce-parts";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
};

/** Withdraws a statement, with the reason that stays beside it. */
export function WithdrawForm({ action, initial, labels }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const word = (key: string) => labels[key] ?? key;
  const names = { reason: word("deadlines.withdrawReason"), statement: word("deadlines.statement") };
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <input type="hidden" name="replaces_revision" value={state.typed.replaces_revision ?? ""} />
        <TextField
          name="reason"
          label={word("deadlines.withdrawReason")}
          hint={word("deadlines.withdrawHint")}
          long
          state={state}
          labels={labels}
        />
        <p id="field-statement" tabIndex={-1}>
          <button type="submit" disabled={sending}>
            {word("deadlines.withdraw")}
          </button>
        </p>
      </form>
    </>
  );
}
