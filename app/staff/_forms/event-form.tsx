"use client";

import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import type { TwoSteps } from "@/app/_server/two-steps";
import { ChoiceField } from "./choice-field";
import { DraftList } from "./draft-list";
import { Group } from "./group";
import { KeptLine } from "./kept-line";
import { PublishSteps } from "./publish-steps";
import { refusalOf } from "./refusal";
import type { Option } from "./shown";
import { SideBySide } from "./side-by-side";
import { SourceFields, sourceNames } from "./source-fields";
import { TextField } from "./text-field";
import { TextsField, textNames } from "./texts-field";
import { Ticks } from "./ticks";
import { useKeptForm } from "./use-kept-form";
import { WhomFields } from "./whom-fields";

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
  person: string;
  /** The event that is corrected, where that is done. */
  correcting?: string;
};

const KINDS = ["context", "law", "break"];

/** One event: typed, looked at, published. Works as a plain form where no script runs. */
export function EventForm({ action, initial, labels, choices, person, correcting }: Props) {
  const kept = useKeptForm(action, initial, person, `event/${correcting ?? ""}`);
  const { state, form, formKey, busy, line, others, drop } = kept;
  const { preview } = state;
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
        <PublishSteps kept={kept} labels={labels} seen={preview.seen} changes={preview.changes} notYet={word("events.notYet")}>
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
        </PublishSteps>
      </>
    );

  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      {state.theirs && <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} onTheirs={drop} />}
      <DraftList {...others} labels={labels} />
      <form className="sheet" id="yours" {...form} key={formKey}>
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
        <TextsField name="what" label={word("events.what")} hint={word("events.whatHint")} languages={choices.languages} long {...shown} />
        <fieldset>
          <legend>{word("record.source")}</legend>
          <SourceFields {...shown} />
        </fieldset>
        {correcting && <TextField name="reason" label={word("record.reason")} hint={word("record.reasonHint")} long {...shown} />}
        <p>
          <button type="submit" name="step" value="preview" disabled={busy}>
            {word("deadlines.preview")}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </>
  );
}
