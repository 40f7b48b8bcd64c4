"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = { action: (state: FormState, form: FormData) => Promise<FormState>; initial: FormState; labels: Labels };

/** The first admin's name, e-mail and password. */
export function SetUpForm({ action, initial, labels }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[`setUp.${key}`] ?? key;
  const names = { name: label("name"), email: label("email"), password: label("password") };
  const field = (name: keyof typeof names, type: string, autoComplete: string, hint?: string) => (
    <Field name={name} label={names[name]} error={errorOf(state, labels, name)} hint={hint}>
      {(ids) => (
        <input {...ids} name={name} type={type} autoComplete={autoComplete} defaultValue={type === "password" ? "" : state.typed[name]} />
      )}
    </Field>
  );
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {field("name", "text", "name")}
        {field("email", "email", "username")}
        {field("password", "password", "new-password", label("passwordHint"))}
        <p>
          <button type="submit" disabled={sending}>
            {label("submit")}
          </button>
        </p>
      </form>
    </>
  );
}
