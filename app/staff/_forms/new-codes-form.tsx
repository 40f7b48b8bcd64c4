"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { EnrolState } from "@/app/_server/enrolment";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownCodes } from "./shown-codes";

type Props = { action: (state: EnrolState, form: FormData) => Promise<EnrolState>; initial: EnrolState; labels: Labels };

/** Ten new recovery codes in one click; they come in the button's place. */
export function NewCodesForm({ action, initial, labels }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  if (state.enrolled) return <ShownCodes codes={state.enrolled.codes} labels={labels} to="/staff/account" />;
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, {})} />
      <form action={send} className="one-act">
        <button type="submit" disabled={sending}>
          {labels["account.newCodes"]}
        </button>
        <p className="hint">{labels["account.newCodesHint"]}</p>
      </form>
    </>
  );
}
