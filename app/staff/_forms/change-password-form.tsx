"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";

type Props = { action: (state: FormState, form: FormData) => Promise<FormState>; initial: FormState; email: string; labels: Labels };

/** Another password for oneself, for which the present one is asked. */
export function ChangePasswordForm({ action, initial, email, labels }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  const names = { current: labels["account.current"] ?? "", password: labels["account.newPassword"] ?? "" };
  const error = (name: string) => errorOf(state, labels, name);
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        {/* For the browser's keeper of passwords. */}
        <input type="hidden" name="email" autoComplete="username" value={email} />
        <Field name="current" label={names.current} error={error("current")}>
          {(ids) => <input {...ids} name="current" type="password" autoComplete="current-password" maxLength={1000} />}
        </Field>
        <Field name="password" label={names.password} error={error("password")} hint={labels["setUp.passwordHint"]}>
          {(ids) => <input {...ids} name="password" type="password" autoComplete="new-password" maxLength={1000} />}
        </Field>
        <p>
          <button type="submit" disabled={sending}>
            {labels["account.changePassword"]}
          </button>
        </p>
      </form>
    </>
  );
}
