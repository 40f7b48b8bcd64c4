"use client";

import { useActionState, useEffect } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import type { TwoSteps } from "@/app/_server/two-steps";
import {
  Carried,
  ChoiceField,
  Group,
  LanguageTexts,
  type Option,
  PublishButtons,
  SourceFields,
  sourceNames,
  TextField,
  Ticks,
  textNames,
  WhomFields,
} from "./announce-parts";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { SideBySide } from "./side-by-side";

/** What becomes of the charts, and what they name the event in every language; `textLanguage` where it is another's text. */
export type EventPreview = {
  seen: string;
  changes: string[];
  told: { language: string; name: string; when: string; what: string; textLanguage: string }[];
};
export type EventState = TwoSteps<EventPreview>;

type Props = {
  action: (state: EventState, form: FormData) => Promise<EventState>;
  initial: EventState;
  labels: Labels;
  choices: AnnounceChoices & { measures: Option[] };
  correcting?: boolean;
};

const KINDS = ["context", "law", "break"];

/** One event: typed, looked at, published. Works as a plain form where no script runs. */
export function EventForm({ action, initial, labels, choices, correcting = false }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  const { preview } = state;
  useShownRefusal(state);
  useEffect(() => {
    if (preview) document.getElementById("preview")?.focus();
  }, [preview]);
  const word = (key: string) => labels[key] ?? key;
  const names = {
    happened_on: word("events.happenedOn"),
    kind: word("events.kind"),
    countries: word("events.whom"),
    whom: word("events.whom"),
    ...Object.fromEntries([...choices.countries, ...choices.others].map(({ value, label }) => [`country.${value}`, label])),
    measures: word("events.measures"),
    ...Object.fromEntries(choices.measures.map(({ value, label }) => [`measure_of.${value}`, label])),
    ...textNames("what", word("events.what"), choices.languages),
    ...sourceNames(labels),
    reason: word("record.reason"),
  };
  const shown = { state, labels };

  if (preview)
    return (
      <>
        <RefusalBox refusal={refusalOf(state, labels, names)} />
        <section className="preview" aria-labelledby="preview">
          <h2 id="preview" tabIndex={-1}>
            {word("deadlines.previewTitle")}
          </h2>
          <p>{word("events.notYet")}</p>
          <h3>{word("deadlines.changesTitle")}</h3>
          <ul>
            {preview.changes.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <dl className="facts">
            {preview.told.map(({ language, name, when, what, textLanguage }) => (
              <div key={language}>
                <dt>{name}</dt>
                <dd lang={language}>
                  {when}: <span lang={textLanguage}>{what}</span>
                </dd>
              </div>
            ))}
          </dl>
          <form action={send} key={state.sent}>
            <Carried typed={state.typed} but={["step", "seen"]} />
            <PublishButtons labels={labels} seen={preview.seen} sending={sending} />
          </form>
        </section>
      </>
    );

  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      {state.theirs && <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} />}
      <form className="sheet" id="yours" action={send} key={state.sent} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        {correcting && (
          <input type="hidden" name="replaces_revision" value={state.theirs?.revision ?? state.typed.replaces_revision ?? ""} />
        )}
        <Group name="when" legend={word("events.when")} {...shown}>
          <TextField name="happened_on" label={word("events.happenedOn")} hint={word("events.happenedOnHint")} {...shown} />
          <ChoiceField
            name="kind"
            label={word("events.kind")}
            hint={word("events.kindHint")}
            options={KINDS.map((value) => ({ value, label: word(`events.kinds.${value}`) }))}
            {...shown}
          />
        </Group>
        <WhomFields
          choices={choices}
          legend={word("events.whom")}
          ways={{ all: word("events.whomAll"), named: word("events.whomNamed") }}
          {...shown}
        />
        <Group name="measures" legend={word("events.measures")} hint={word("events.measuresHint")} {...shown}>
          <Ticks group="measure_of" options={choices.measures} {...shown} />
        </Group>
        <LanguageTexts name="what" legend={word("events.what")} hint={word("events.whatHint")} languages={choices.languages} {...shown} />
        <SourceFields {...shown} />
        {correcting && <TextField name="reason" label={word("record.reason")} hint={word("record.reasonHint")} long {...shown} />}
        <p>
          <button type="submit" name="step" value="preview" disabled={sending}>
            {word("deadlines.preview")}
          </button>
        </p>
      </form>
    </>
  );
}
