"use client";

type Option = { value: string; label: string; lang?: string };
type Props = {
  name: string;
  legend: string;
  hint?: string;
  error?: string;
  options: Option[];
  more?: { label: string; options: Option[] };
  typed: Record<string, string>;
};

/** A group of boxes to tick, each sent as `name.value`; `more` stay folded until they are wanted. */
export function TickBoxes({ name, legend, hint, error, options, more, typed }: Props) {
  const id = `field-${name}`;
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const box = ({ value, label, lang }: Option) => (
    <label key={value} className="tick" lang={lang}>
      <input type="checkbox" name={`${name}.${value}`} defaultChecked={typed[`${name}.${value}`] === "on"} /> {label}
    </label>
  );
  return (
    <fieldset id={id} className={error ? "ticks wrong" : "ticks"} tabIndex={-1} aria-describedby={described || undefined}>
      <legend>{legend}</legend>
      {error && (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div className="tick-list">{options.map(box)}</div>
      {more && more.options.length > 0 && (
        <details open={more.options.some(({ value }) => typed[`${name}.${value}`] === "on")}>
          <summary>{more.label}</summary>
          <div className="tick-list">{more.options.map(box)}</div>
        </details>
      )}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
