"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { FormState } from "@/app/_server/form";
import { useShownRefusal } from "./show-refusal";
import { useDraft } from "./use-draft";
import { useSending } from "./use-sending";

/**
 * A form whose typing is kept in the browser until it is saved, and which is sent once.
 * @param about what the form is about, for its draft: a draft comes back only to the same
 * @returns the form's state; `form` for the form element, which also needs `formKey` as its key; `line` for the line that says
 *   where the typing is; `others` for the list of other drafts of the same; `drop` lets the draft go
 */
export function useKeptForm<S extends FormState>(
  action: (state: S, form: FormData) => Promise<S>,
  initial: S,
  person: string,
  about: string,
) {
  const element = useRef<HTMLFormElement>(null);
  const dropDraft = useRef(() => {});
  const { state, setState, sending, plainAction, onSubmit, again, stop } = useSending(action, initial, () => dropDraft.current());
  const [formKey, setFormKey] = useState(state.typed.send_key);
  const restore = useCallback(
    (typed: Record<string, string>) => {
      setState({ sent: 0, typed } as S);
      setFormKey(typed.send_key);
    },
    [setState],
  );
  const { keptAt, keep, drop } = useDraft(person, about, element, restore);
  dropDraft.current = drop;
  useShownRefusal(state);
  // Another tab may have saved and dropped the draft that this one goes on with.
  useEffect(() => {
    if (state.failure) keep();
  }, [state, keep]);
  return {
    state,
    busy: sending !== "still",
    formKey,
    form: { ref: element, action: plainAction, onSubmit, onInput: keep, noValidate: true },
    line: { keptAt, sending, again, stop },
    others: { person, of: { form: about, but: formKey } },
    drop,
  };
}

export type KeptForm = ReturnType<typeof useKeptForm>;
