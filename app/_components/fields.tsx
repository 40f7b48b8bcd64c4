import type { ReactNode } from "react";

/** The texts a form needs, by name; client forms are given them ready, so that no message file reaches the browser. */
export type Labels = Record<string, string>;

type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
};

/** A labelled field with its hint and its refusal, tied together for screen readers. */
export function Field({ name, label, hint, error, children }: FieldProps) {
  const id = `field-${name.replaceAll(".", "-")}`;
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={error ? "field wrong" : "field"}>
      <label htmlFor={id}>{label}</label>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {children({ id, ...(described ? { "aria-describedby": described } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

type Refusal = {
  title: string;
  text?: string;
  way?: { href: string; label: string } | undefined;
  fields: { name: string; label: string; error: string }[];
};

/** Why a form was not accepted, at its top, with a way to each field. */
export function RefusalBox({ refusal }: { refusal: Refusal | undefined }) {
  if (!refusal) return null;
  return (
    <div className="bad" id="refusal" role="alert" tabIndex={-1}>
      <p>
        <strong>{refusal.title}</strong>
      </p>
      {refusal.text && <p>{refusal.text}</p>}
      {refusal.way && (
        <p>
          <a className="button" href={refusal.way.href} target="_blank" rel="noopener">
            {refusal.way.label}
          </a>
        </p>
      )}
      {refusal.fields.length > 0 && (
        <ul>
          {refusal.fields.map(({ name, label, error }) => (
            <li key={name}>
              <a href={`#field-${name.replaceAll(".", "-")}`}>{label}</a>: {error}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
