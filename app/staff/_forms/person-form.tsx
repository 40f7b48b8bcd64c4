"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { PeopleChoices } from "@/app/_server/people-choices";
import type { LinkState } from "@/app/_server/set-up-link";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownLink } from "./shown-link";
import { TickBoxes } from "./tick-boxes";

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
  const common = (name: keyof typeof names) => ({ name, label: names[name], error: errorOf(state, labels, name) });
  const select = (name: "role" | "language", options: { value: string; label: string }[], hint?: string) => (
    <Field {...common(name)} hint={hint}>
      {(ids) => (
        <select {...ids} name={name} defaultValue={state.typed[name] ?? ""}>
          <option value="">{label("choose")}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
  const text = (name: "name" | "email", type: string) => (
    <Field {...common(name)}>
      {(ids) => <input {...ids} name={name} type={type} autoComplete="off" maxLength={1000} defaultValue={state.typed[name]} />}
    </Field>
  );
  if (state.link) return <ShownLink link={state.link} labels={labels} invited />;
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {changing && <input type="hidden" name="seen" value={state.typed.seen ?? changing.seen} />}
        {text("name", "text")}
        {!changing && text("email", "email")}
        {select("role", choices.roles, label("rolesHint"))}
        <TickBoxes
          name="countries"
          legend={names.countries}
          hint={choices.roles.some(({ value }) => value === "central_admin") ? label("countriesHint") : undefined}
          error={errorOf(state, labels, "countries")}
          options={choices.countries}
          more={{ label: label("otherCountries"), options: choices.otherCountries }}
          typed={state.typed}
        />
        {!changing && select("language", choices.languages)}
        <p>
          <button type="submit" disabled={sending}>
            {label(changing ? "submitChange" : "submitInvite")}
          </button>
        </p>
      </form>
    </>
  );
}
