"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { PeopleChoices } from "@/app/_server/people-choices";
import type { LinkState } from "@/app/_server/set-up-link";
import { PersonFields, personNames } from "./person-fields";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  initial: LinkState;
  labels: Labels;
  choices: PeopleChoices;
  /** The last act on them that was seen. */
  seen: number;
};

/** Somebody's name, role and countries, changed. */
export function PersonForm({ action, initial, labels, choices, seen }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, personNames({ labels }))} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        <input type="hidden" name="seen" value={state.typed.seen ?? seen} />
        <PersonFields state={state} labels={labels} choices={choices} />
        <p>
          <button type="submit" disabled={sending}>
            {labels["people.submitChange"]}
          </button>
        </p>
      </form>
    </>
  );
}
