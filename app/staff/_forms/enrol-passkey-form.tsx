"use client";

import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import { startTransition, useActionState, useEffect, useState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { EnrolState } from "@/app/_server/enrolment";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownCodes } from "./shown-codes";

type Props = {
  action: (state: EnrolState, form: FormData) => Promise<EnrolState>;
  initial: EnrolState;
  options: PublicKeyCredentialCreationOptionsJSON;
  sealed: string;
  labels: Labels;
  /** Where it leads once the factor is set up. */
  to: string;
};

/** Asks the browser to make a passkey and sends what it made; without script it says that it needs one. */
export function EnrolPasskeyForm({ action, initial, options, sealed, labels, to }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  const [shown, setShown] = useState<"unscripted" | "ready" | "failed">("unscripted");
  useEffect(() => setShown("ready"), []);
  useShownRefusal(state);
  if (state.enrolled) return <ShownCodes codes={state.enrolled.codes} labels={labels} to={to} />;
  const label = (key: string) => labels[`enrol.${key}`] ?? "";
  const make = async () => {
    const form = new FormData();
    form.set("sealed", sealed);
    try {
      form.set("answer", JSON.stringify(await startRegistration({ optionsJSON: options })));
    } catch {
      return setShown("failed");
    }
    startTransition(() => send(form));
  };
  return (
    <section className="sheet">
      <RefusalBox refusal={refusalOf(state, labels, { passkey: label("passkeyTitle") })} />
      <h2>{label("passkeyTitle")}</h2>
      <p>{label("passkeyLead")}</p>
      {shown === "failed" && (
        <p className="bad" role="alert">
          {label("passkeyFailed")}
        </p>
      )}
      {shown === "unscripted" ? (
        <noscript>
          <p className="hint">{label("passkeyNoScript")}</p>
        </noscript>
      ) : (
        <p>
          <button type="button" onClick={make} disabled={sending}>
            {label("passkeySubmit")}
          </button>
        </p>
      )}
    </section>
  );
}
