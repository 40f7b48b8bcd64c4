"use client";

import { useEffect } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { PeopleChoices } from "@/app/_server/people-choices";
import type { LinkState } from "@/app/_server/set-up-link";
import { DraftList } from "./draft-list";
import { KeptLine } from "./kept-line";
import { PersonFields, personNames } from "./person-fields";
import { refusalOf } from "./refusal";
import { ShownLink } from "./shown-link";
import { forget } from "./use-draft";
import { useKeptForm } from "./use-kept-form";

type Props = {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  initial: LinkState;
  labels: Labels;
  choices: PeopleChoices;
  person: string;
};

/** Invites somebody; in its place comes the link to pass on. */
export function InviteForm({ action, initial, labels, choices, person }: Props) {
  const { state, form, formKey, busy, line, others } = useKeptForm(action, initial, person, "invite");
  // The link is in the form's place by now: the draft goes by its key.
  useEffect(() => {
    if (state.link && state.typed.send_key) forget(person, state.typed.send_key);
  }, [state, person]);
  if (state.link) return <ShownLink link={state.link} labels={labels} invited />;
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, personNames({ labels }))} />
      <DraftList {...others} labels={labels} />
      <form className="sheet" {...form} key={formKey}>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <PersonFields state={state} labels={labels} choices={choices} invited />
        <p>
          <button type="submit" disabled={busy}>
            {labels["people.submitInvite"]}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </>
  );
}
