"use client";

import { type FormEvent, useActionState, useCallback, useEffect, useRef, useState } from "react";
import type { FormState } from "@/app/_server/form";

export type SendingState = "still" | "sending" | "waiting";

/** How long a form waits before it tries again to reach the server; milliseconds. */
const AGAIN = 5_000;

/**
 * Sends a form by script where there is one: with what was typed kept in place, tried again while the
 * server cannot be reached, and led on once it is saved. Without script the browser sends it by itself.
 * @param saved is called before the form is left
 */
export function useSending<S extends FormState>(action: (state: S, form: FormData) => Promise<S>, initial: S, saved: () => void) {
  const [answered, plainAction] = useActionState<S, FormData>(action, initial as Awaited<S>);
  const [own, setOwn] = useState<S>();
  const [sending, setSending] = useState<SendingState>("still");
  const unsent = useRef<FormData>(undefined);
  const state = own ?? answered;

  const send = useCallback(
    async (form: FormData) => {
      unsent.current = form;
      setSending("sending");
      let answer: S;
      try {
        answer = await action({ sent: state.sent, typed: {} } as S, form);
      } catch {
        setSending("waiting");
        return;
      }
      unsent.current = undefined;
      if (answer.saved) {
        saved();
        location.assign(answer.saved);
        return;
      }
      setOwn(answer);
      setSending("still");
    },
    [action, state.sent, saved],
  );

  const again = useCallback(() => {
    if (unsent.current) send(unsent.current);
  }, [send]);

  useEffect(() => {
    if (sending !== "waiting") return;
    const timer = setTimeout(again, AGAIN);
    addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", again);
    };
  }, [sending, again]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending === "sending") return;
    const form = new FormData(event.currentTarget, (event.nativeEvent as SubmitEvent).submitter);
    form.set("scripted", "yes");
    send(form);
  };

  /** Lets the form be changed again while it waits; it is the same form still, and saved once. */
  const stop = () => {
    unsent.current = undefined;
    setSending("still");
  };

  return { state, setState: setOwn, sending, plainAction, onSubmit, again, stop };
}
