"use client";

import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser";
import { useEffect, useRef, useState } from "react";

type Props = {
  /** Where the answer is sent, as a plain form. */
  action: string;
  options: PublicKeyCredentialRequestOptionsJSON;
  sealed: string;
  to: string;
  texts: { submit: string; noScript: string; failed: string };
};

/** Asks the browser for a passkey and sends its answer; without script it says that it needs one. */
export function PasskeyButton({ action, options, sealed, to, texts }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"unscripted" | "ready" | "asking" | "failed">("unscripted");
  useEffect(() => setState("ready"), []);
  const ask = async () => {
    setState("asking");
    try {
      const given = await startAuthentication({ optionsJSON: options });
      if (answer.current) answer.current.value = JSON.stringify(given);
      form.current?.submit();
    } catch {
      setState("failed");
    }
  };
  return (
    <form ref={form} method="post" action={action}>
      <input type="hidden" name="sealed" value={sealed} />
      <input type="hidden" name="to" value={to} />
      <input type="hidden" name="answer" ref={answer} />
      {state === "failed" && (
        <p className="bad" role="alert">
          {texts.failed}
        </p>
      )}
      {state === "unscripted" ? (
        <noscript>
          <p className="hint">{texts.noScript}</p>
        </noscript>
      ) : (
        <p>
          <button type="button" className="quiet" onClick={ask} disabled={state === "asking"}>
            {texts.submit}
          </button>
        </p>
      )}
    </form>
  );
}
