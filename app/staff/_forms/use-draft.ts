"use client";

import { type RefObject, useCallback, useEffect, useState } from "react";

/** What a browser keeps of a form that is not saved yet. */
export type Draft = { key: string; form: string; path: string; at: number; typed: Record<string, string> };

const STORE = "muhlat.draft.";
/** Drafts that nobody came back to are let go after this many days. */
const DAYS = 30;

const isDraft = (value: unknown): value is Draft =>
  typeof value === "object" && value !== null && typeof (value as Draft).at === "number" && typeof (value as Draft).typed === "object";

/** A browser may refuse to keep anything; then nothing is kept and the form says so. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A person's drafts in this browser, newest first. */
export function draftsOf(person: string): Draft[] {
  return (
    quietly(() => {
      const drafts: Draft[] = [];
      for (const name of Object.keys(localStorage).filter((n) => n.startsWith(`${STORE}${person}.`))) {
        const draft: unknown = quietly(() => JSON.parse(localStorage.getItem(name) ?? ""));
        if (isDraft(draft) && draft.at > Date.now() - DAYS * 86_400_000) drafts.push(draft);
        else localStorage.removeItem(name);
      }
      return drafts.sort((a, b) => b.at - a.at);
    }) ?? []
  );
}

export const forget = (person: string, key: string) => quietly(() => localStorage.removeItem(`${STORE}${person}.${key}`));

/** The form's fields as they stand, without the framework's own and without files. */
export function typedIn(form: HTMLFormElement): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !name.startsWith("$")) typed[name] = value;
  return typed;
}

/** The draft that this tab was at work on under this address, or that the address names. */
function ownDraft(person: string, form: string): Draft | undefined {
  const asked = new URL(location.href).searchParams;
  // The desk leads here for a certain series, or the person begins anew: what lies in this tab waits in the list.
  if (asked.has("country") || asked.has("anew")) return undefined;
  const named = asked.get("draft") ?? quietly(() => sessionStorage.getItem(`${STORE}${form}`));
  return draftsOf(person).find((draft) => draft.key === named && draft.form === form);
}

/**
 * Keeps what is typed in this browser while it is typed, across reload, crash and a session that ends.
 * @param form a name for the kind of form and what it is about; a draft comes back only to the same
 * @param restore is given what was typed before this page was loaded
 */
export function useDraft(
  person: string,
  form: string,
  element: RefObject<HTMLFormElement | null>,
  restore: (typed: Record<string, string>) => void,
) {
  const [keptAt, setKeptAt] = useState<number | "refused">();

  useEffect(() => {
    const own = ownDraft(person, form);
    if (own) {
      restore(own.typed);
      setKeptAt(own.at);
      quietly(() => sessionStorage.setItem(`${STORE}${form}`, own.key));
    }
  }, []);

  const keep = useCallback(() => {
    if (!element.current) return;
    const typed = typedIn(element.current);
    const key = typed.send_key;
    if (!key) return;
    const at = Date.now();
    const draft: Draft = { key, form, path: location.pathname, at, typed };
    const kept = quietly(() => {
      localStorage.setItem(`${STORE}${person}.${key}`, JSON.stringify(draft));
      sessionStorage.setItem(`${STORE}${form}`, key);
      return true;
    });
    setKeptAt(kept ? at : "refused");
  }, [person, form, element]);

  const drop = useCallback(() => {
    const key = element.current ? typedIn(element.current).send_key : undefined;
    if (key) forget(person, key);
    quietly(() => sessionStorage.removeItem(`${STORE}${form}`));
    setKeptAt(undefined);
  }, [person, form, element]);

  return { keptAt, keep, drop };
}
