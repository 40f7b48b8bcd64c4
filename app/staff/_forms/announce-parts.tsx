import type { ReactNode } from "react";
import { Field, type Labels } from "@/app/_components/fields";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import type { FormState } from "@/app/_server/form";
import { errorOf } from "./refusal";

// The parts that the forms for deadlines and events are made of.

export type Option = { value: string; label: string };

/** What each part needs of its form. */
export type Shown = { state: FormState; labels: Labels };

const typedIn = ({ state }: Shown, name: string) => state.typed[name] ?? "";
const wordIn = ({ labels }: Shown, key: string) => labels[key] ?? key;

type TextProps = Shown & { name: string; label: string; hint?: string; optional?: boolean; long?: boolean; language?: string };

/** One text field, short or long. */
export function TextField({ name, label, hint, optional, long, language, ...shown }: TextProps) {
  const title = optional ? `${label} (${wordIn(shown, "record.optional")})` : label;
  return (
    <Field name={name} label={title} hint={hint} error={errorOf(shown.state, shown.labels, name)}>
      {(ids) =>
        long ? (
          <textarea {...ids} name={name} lang={language} rows={2} maxLength={10_000} defaultValue={typedIn(shown, name)} />
        ) : (
          <input {...ids} name={name} type="text" autoComplete="off" maxLength={10_000} defaultValue={typedIn(shown, name)} />
        )
      }
    </Field>
  );
}

/** One choice from a list. */
export function ChoiceField({
  name,
  label,
  hint,
  options,
  ...shown
}: Shown & { name: string; label: string; hint?: string; options: Option[] }) {
  return (
    <Field name={name} label={label} hint={hint} error={errorOf(shown.state, shown.labels, name)}>
      {(ids) => (
        <select {...ids} name={name} defaultValue={typedIn(shown, name)}>
          <option value="">{wordIn(shown, "record.choose")}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A group of fields that is refused as one; the refusal's link leads to it. */
export function Group({
  name,
  legend,
  hint,
  children,
  ...shown
}: Shown & { name: string; legend: string; hint?: string; children: ReactNode }) {
  const error = errorOf(shown.state, shown.labels, name);
  const described = [error && `group-${name}-error`, hint && `group-${name}-hint`].filter(Boolean).join(" ");
  return (
    <fieldset id={`field-${name}`} tabIndex={-1} {...(described ? { "aria-describedby": described } : {})}>
      <legend>{legend}</legend>
      {error && (
        <p className="error" id={`group-${name}-error`}>
          {error}
        </p>
      )}
      {hint && (
        <p className="hint" id={`group-${name}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </fieldset>
  );
}

/** A text in each of the five languages. */
export function LanguageTexts({
  name,
  legend,
  hint,
  languages,
  ...shown
}: Shown & { name: string; legend: string; hint?: string; languages: Option[] }) {
  return (
    <Group name={name} legend={legend} hint={hint} {...shown}>
      {languages.map(({ value, label }) => (
        <TextField key={value} name={`${name}.${value}`} label={label} long language={value} {...shown} />
      ))}
    </Group>
  );
}

/** Boxes to tick, one for each option. */
export function Ticks({ group, options, ...shown }: Shown & { group: string; options: Option[] }) {
  return (
    <div className="ticks">
      {options.map(({ value, label }) => (
        <label className="tick" key={value}>
          <input type="checkbox" name={`${group}.${value}`} value="✓" defaultChecked={typedIn(shown, `${group}.${value}`) !== ""} />
          {label}
        </label>
      ))}
    </div>
  );
}

/** Whom it binds: everybody but the ticked, or the ticked alone. */
export function WhomFields({
  choices,
  legend,
  ways,
  children,
  ...shown
}: Shown & { choices: AnnounceChoices; legend: string; ways: { all: string; named: string }; children?: ReactNode }) {
  const chosen = typedIn(shown, "whom") || "named";
  const farTicked = choices.others.some(({ value }) => typedIn(shown, `country.${value}`) !== "");
  const way = (value: "all" | "named") => (
    <label className="tick">
      <input type="radio" name="whom" value={value} defaultChecked={chosen === value} />
      {ways[value]}
    </label>
  );
  return (
    <Group name="countries" legend={legend} {...shown}>
      {choices.everybody ? (
        <div>
          {way("named")}
          {way("all")}
        </div>
      ) : (
        <input type="hidden" name="whom" value="named" />
      )}
      <Ticks group="country" options={choices.countries} {...shown} />
      {choices.others.length > 0 && (
        <details open={farTicked}>
          <summary>{wordIn(shown, "deadlines.otherCountries")}</summary>
          <Ticks group="country" options={choices.others} {...shown} />
        </details>
      )}
      {children}
    </Group>
  );
}

/** Where it is known from. */
export function SourceFields(shown: Shown) {
  const word = (key: string) => wordIn(shown, key);
  return (
    <fieldset>
      <legend>{word("record.source")}</legend>
      <TextField name="source.title" label={word("record.sourceTitle")} {...shown} />
      <TextField name="source.publisher" label={word("record.publisher")} optional {...shown} />
      <TextField name="source.speaker" label={word("record.speaker")} optional {...shown} />
      <TextField name="source.speaker_role" label={word("record.speakerRole")} optional {...shown} />
      <TextField name="source.published_on" label={word("record.publishedOn")} hint={word("record.publishedOnHint")} optional {...shown} />
      <TextField name="source.url" label={word("record.url")} optional {...shown} />
    </fieldset>
  );
}

/** Every word for a source's fields, by input name. */
export const sourceNames = (labels: Labels): Record<string, string> => ({
  "source.title": labels["record.sourceTitle"] ?? "",
  "source.publisher": labels["record.publisher"] ?? "",
  "source.speaker": labels["record.speaker"] ?? "",
  "source.speaker_role": labels["record.speakerRole"] ?? "",
  "source.published_on": labels["record.publishedOn"] ?? "",
  "source.url": labels["record.url"] ?? "",
});

/** A text's name in each language, by input name. */
export const textNames = (name: string, label: string, languages: Option[]): Record<string, string> => ({
  [name]: label,
  ...Object.fromEntries(languages.map(({ value, label: language }) => [`${name}.${value}`, `${label}, ${language}`])),
});

/** What was typed, carried through a step in which it is looked at. */
export function Carried({ typed, but }: { typed: Record<string, string>; but: readonly string[] }) {
  return Object.entries(typed)
    .filter(([name]) => !but.includes(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** The second step: publish what was looked at, or go back to it. */
export function PublishButtons({ labels, seen, sending }: { labels: Labels; seen: string; sending: boolean }) {
  return (
    <>
      <input type="hidden" name="seen" value={seen} />
      <p className="buttons">
        <button type="submit" name="step" value="publish" disabled={sending}>
          {labels["deadlines.publish"]}
        </button>{" "}
        <button type="submit" name="step" value="edit" className="quiet" disabled={sending}>
          {labels["deadlines.backToForm"]}
        </button>
      </p>
    </>
  );
}
