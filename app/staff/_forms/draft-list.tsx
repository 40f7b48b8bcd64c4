"use client";

import { useEffect, useState } from "react";
import type { Labels } from "@/app/_components/fields";
import { dayAndTime } from "./local-time";
import { type Draft, draftsOf, forget } from "./use-draft";

type Props = {
  person: string;
  labels: Labels;
  /** Only drafts of this form, without the one at work. */
  of?: { form: string; but: string | undefined };
};

/** What a draft speaks of, in the words typed: its source, the name of a contact in any language, or the reason of a change. */
const nameOf = ({ typed }: Draft) =>
  typed["source.title"] ||
  Object.entries(typed).find(([name, text]) => name.startsWith("name.") && text)?.[1] ||
  typed.name ||
  typed.reason;

/** What this person left unfinished in this browser, with a way on and a way to let it go. */
export function DraftList({ person, labels, of }: Props) {
  const [drafts, setDrafts] = useState<Draft[]>([]);
  useEffect(() => setDrafts(draftsOf(person)), [person]);
  const label = (key: string) => labels[`draft.${key}`] ?? key;
  const shown = drafts.filter((draft) => !of || (draft.form === of.form && draft.key !== of.but));
  if (shown.length === 0) return null;
  const letGo = (draft: Draft) => {
    forget(person, draft.key);
    setDrafts(drafts.filter((d) => d !== draft));
  };
  return (
    <section className="band" aria-labelledby="drafts">
      <h2 id="drafts">{label("title")}</h2>
      <ul className="plain">
        {shown.map((draft) => (
          <li key={draft.key}>
            <a href={`${draft.path}?draft=${draft.key}`}>
              {dayAndTime(draft.at)}
              {nameOf(draft) && ` · ${nameOf(draft)}`}
            </a>{" "}
            <button type="button" className="quiet" onClick={() => letGo(draft)}>
              {label("throwAway")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
