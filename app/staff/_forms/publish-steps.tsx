"use client";

import { type ReactNode, useEffect, useRef } from "react";
import type { Labels } from "@/app/_components/fields";
import { KeptLine } from "./kept-line";
import type { KeptForm } from "./use-kept-form";

/** Names that belong to one sending and not to what is carried through it. */
const SENDING = ["step", "scripted"];

type Props = {
  kept: Pick<KeptForm, "state" | "form" | "busy" | "line">;
  labels: Labels;
  seen: string;
  /** What becomes of the public pages, in sentences. */
  changes: readonly string[];
  notYet: string;
  /** What visitors will see. */
  children: ReactNode;
};

/** The second step of a form: what was typed is looked at as visitors will see it; then it is published, or gone back to. */
export function PublishSteps({ kept: { state, form, busy, line }, labels, seen, changes, notYet, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const word = (key: string) => labels[key] ?? key;
  return (
    <section className="preview" aria-labelledby="preview">
      <h2 id="preview" ref={title} tabIndex={-1}>
        {word("deadlines.previewTitle")}
      </h2>
      <p>{notYet}</p>
      <h3>{word("deadlines.changesTitle")}</h3>
      <ul>
        {changes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {children}
      <form {...form}>
        {Object.entries({ ...state.typed, seen })
          .filter(([name]) => !SENDING.includes(name))
          .map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
        <p className="buttons">
          <button type="submit" name="step" value="publish" disabled={busy}>
            {word("deadlines.publish")}
          </button>{" "}
          <button type="submit" name="step" value="edit" className="quiet" disabled={busy}>
            {word("deadlines.backToForm")}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </section>
  );
}
