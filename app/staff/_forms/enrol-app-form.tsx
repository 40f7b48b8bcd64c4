"use client";

import { useActionState } from "react";
import { Field, type Labels, RefusalBox } from "@/app/_components/fields";
import type { EnrolState, Offer } from "@/app/_server/enrolment";
import { errorOf, refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownCodes } from "./shown-codes";

type Props = {
  action: (state: EnrolState, form: FormData) => Promise<EnrolState>;
  initial: EnrolState;
  offer: Offer;
  labels: Labels;
  /** Where it leads once the factor is set up. */
  to: string;
  /** Whether there is an app already, which this one takes the place of. */
  replaces: boolean;
};

/** A key for an authenticator app, as a picture and to be typed, and the code that shows that the app has it. */
export function EnrolAppForm({ action, initial, offer, labels, to, replaces }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  if (state.enrolled) return <ShownCodes codes={state.enrolled.codes} labels={labels} to={to} />;
  const label = (key: string) => labels[`enrol.${key}`] ?? "";
  const { sealed, key, picture } = state.offer ?? offer;
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, { code: label("code") })} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        <h2>{label("appTitle")}</h2>
        <p>{label("appLead")}</p>
        {/* What phones scan is black on white in dark rooms too. */}
        <svg className="qr" viewBox={`0 0 ${picture.size} ${picture.size}`} role="img" aria-label={label("picture")}>
          <path d={`M0 0h${picture.size}v${picture.size}h-${picture.size}z`} fill="white" />
          <path d={picture.path} fill="black" />
        </svg>
        <dl className="facts">
          <div>
            <dt>{label("key")}</dt>
            <dd>
              <code>{key}</code>
            </dd>
          </div>
        </dl>
        <input type="hidden" name="sealed" value={sealed} />
        <Field name="code" label={label("code")} error={errorOf(state, labels, "code")} hint={replaces ? label("replaces") : undefined}>
          {(ids) => <input {...ids} name="code" type="text" inputMode="numeric" autoComplete="one-time-code" maxLength={20} />}
        </Field>
        <p>
          <button type="submit" disabled={sending}>
            {label("submit")}
          </button>
        </p>
      </form>
    </>
  );
}
