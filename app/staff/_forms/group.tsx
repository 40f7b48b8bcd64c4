import type { ReactNode } from "react";
import { errorOf } from "./refusal";
import type { Shown } from "./shown";

type Props = Shown & { name: string; legend: string; hint?: string; children: ReactNode };

/** A group of fields that is refused as one; the refusal's link leads to it. */
export function Group({ name, legend, hint, children, state, labels }: Props) {
  const id = `field-${name}`;
  const error = errorOf(state, labels, name);
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <fieldset id={id} className={error && "wrong"} tabIndex={-1} aria-describedby={described || undefined}>
      <legend>{legend}</legend>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  );
}
