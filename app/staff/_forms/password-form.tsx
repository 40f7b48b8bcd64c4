"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = { action: (state: FormState, form: FormData) => Promise<FormState>; initial: FormState; email: string; labels: Labels };

/** The password that an invited person chooses. */
export function PasswordForm({ action, initial, email, labels }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const label = (key: string) => labels[`setUp.${key}`] ?? key;
  const names = { password: label("password") };
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {/* For the browser's keeper of passwords. */}
        <input type="hidden" name="email" autoComplete="username" value={email} />
        <Field name="password" label={names.password} error={errorOf(state, labels, "password")} hint={label("passwordHint")}>
          {(ids) => <input {...ids} name="password" type="password" autoComplete="new-password" maxLength={1000} />}
        </Field>
        <p>
          <button type="submit" disabled={sending}>
            {label("choose")}
          </button>
        </p>
      </form>
    </>
  );
}
