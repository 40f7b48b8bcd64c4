"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { LinkState } from "@/app/_server/set-up-link";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownLink } from "./shown-link";

type Props = {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  initial: LinkState;
  labels: Labels;
  /** What the act is written against, by the name of its field; an act that can be done only once needs nothing. */
  against?: { name: string; value: number };
  submit: string;
  hint: string;
};

/** One act in one click, with what it does beside its button. */
export function OneAct({ action, initial, labels, against, submit, hint }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, {})} />
      {state.link && <ShownLink link={state.link} labels={labels} />}
      <form action={send} className="one-act" key={state.sent} noValidate>
        {against && <input type="hidden" name={against.name} value={against.value} />}
        <button type="submit" disabled={sending}>
          {submit}
        </button>
        <p className="hint">{hint}</p>
      </form>
    </>
  );
}
