"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { PeopleChoices } from "@/app/_server/people-choices";
import type { LinkState } from "@/app/_server/set-up-link";
import { ChoiceField } from "./choice-field";
import { Group } from "./group";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownLink } from "./shown-link";
import { TextField } from "./text-field";
import { Ticks } from "./ticks";

type Props = {
  action: (state: LinkState, form: FormData) => Promise<LinkState>;
  initial: LinkState;
  labels: Labels;
  choices: PeopleChoices;
  /** Present when somebody is changed instead of invited: the last act on them that was seen. */
  changing?: { seen: number };
};

/** Somebody's name, role and countries, for an invitation or a change. */
export function PersonForm({ action, initial, labels, choices, changing }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[`people.${key}`] ?? key;
  const names = {
    name: label("name"),
    email: label("email"),
    role: label("role"),
    countries: label("countries"),
    language: label("language"),
  };
  const shown = { state, labels };
  if (state.link) return <ShownLink link={state.link} labels={labels} invited />;
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {changing && <input type="hidden" name="seen" value={state.typed.seen ?? changing.seen} />}
        <TextField name="name" label={names.name} {...shown} />
        {!changing && <TextField name="email" label={names.email} type="email" {...shown} />}
        <ChoiceField name="role" label={names.role} hint={label("rolesHint")} options={choices.roles} {...shown} />
        <Group
          name="countries"
          legend={names.countries}
          hint={choices.roles.some(({ value }) => value === "central_admin") ? label("countriesHint") : undefined}
          {...shown}
        >
          <Ticks
            group="countries"
            options={choices.countries}
            more={{ label: label("otherCountries"), options: choices.otherCountries }}
            {...shown}
          />
        </Group>
        {!changing && <ChoiceField name="language" label={names.language} options={choices.languages} {...shown} />}
        <p>
          <button type="submit" disabled={sending}>
            {label(changing ? "submitChange" : "submitInvite")}
          </button>
        </p>
      </form>
    </>
  );
}
