"use client";

import { type Card, DrawnDeadline } from "@/app/_components/drawn-deadline";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import type { TwoSteps } from "@/app/_server/two-steps";
import { ChoiceField } from "./choice-field";
import { DraftList } from "./draft-list";
import { Group } from "./group";
import { KeptLine } from "./kept-line";
import { PublishSteps } from "./publish-steps";
import { refusalOf } from "./refusal";
import { SideBySide } from "./side-by-side";
import { SourceFields, sourceNames } from "./source-fields";
import { TextField } from "./text-field";
import { TextsField, textNames } from "./texts-field";
import { useKeptForm } from "./use-kept-form";
import { WhomFields } from "./whom-fields";

/** What becomes of the public page: what changes for whom, and the card in every language. */
export type DeadlinePreview = { seen: string; changes: string[]; cards: { language: string; name: string; card: Card }[] };
export type DeadlineState = TwoSteps<DeadlinePreview>;

type Props = {
  /** What is done; a cancellation keeps the day and the list of what it cancels. */
  as: "new" | "extend" | "cancel" | "correct";
  action: (state: DeadlineState, form: FormData) => Promise<DeadlineState>;
  initial: DeadlineState;
  labels: Labels;
  choices: AnnounceChoices;
  person: string;
  /** The deadline that it is done to, for its draft. */
  of?: string;
};

/** One deadline: typed, looked at as visitors will see it, published. Works as a plain form where no script runs. */
export function DeadlineForm({ as, action, initial, labels, choices, person, of }: Props) {
  const kept = useKeptForm(action, initial, person, `deadline/${as}/${of ?? ""}`);
  const { state, form, formKey, busy, line, others, drop } = kept;
  const { preview } = state;
  const word = (key: string) => labels[key] ?? key;
  const names = {
    replaces: word("deadlines.replaces"),
    statement: word("deadlines.replaces"),
    countries: word("deadlines.whom"),
    whom: word("deadlines.whom"),
    ...Object.fromEntries([...choices.countries, ...choices.others].map(({ value, label }) => [`country.${value}`, label])),
    scope_as_reported: word("deadlines.scope"),
    measure: word("deadlines.measure"),
    falls_on: word("deadlines.fallsOn"),
    zone: word("deadlines.zone"),
    day_counts: word("deadlines.dayCounts"),
    ...textNames("basis", word("deadlines.basis"), choices.languages),
    basis_url: word("deadlines.basisUrl"),
    ...textNames("consequence", word("deadlines.consequence"), choices.languages),
    ...textNames("afterwards", word("deadlines.afterwards"), choices.languages),
    ...sourceNames(labels),
    reason: word("record.reason"),
  };
  const shown = { state, labels };
  const yesNo = (yes: string, no: string) => [
    { value: "yes", label: word(yes) },
    { value: "no", label: word(no) },
  ];

  if (preview)
    return (
      <>
        <RefusalBox refusal={refusalOf(state, labels, names)} />
        <PublishSteps kept={kept} labels={labels} seen={preview.seen} changes={preview.changes} notYet={word("deadlines.notYet")}>
          {preview.cards.map(({ language, name, card }) => (
            <section key={language} aria-label={name}>
              <p className="aside">{name}</p>
              <div lang={language}>
                <DrawnDeadline card={card} />
              </div>
            </section>
          ))}
        </PublishSteps>
      </>
    );

  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, names)} />
      {state.theirs && (
        <div id="field-replaces" tabIndex={-1}>
          <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} onTheirs={drop} />
        </div>
      )}
      <DraftList {...others} labels={labels} />
      <form className="sheet" id="yours" {...form} key={formKey}>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        {as === "correct" && (
          <input type="hidden" name="replaces_revision" value={state.theirs?.revision ?? state.typed.replaces_revision ?? ""} />
        )}
        <WhomFields
          choices={choices}
          legend={word("deadlines.whom")}
          ways={{ all: word("deadlines.whomAll"), named: word("deadlines.whomNamed") }}
          {...shown}
        >
          <ChoiceField
            name="scope_as_reported"
            label={word("deadlines.scope")}
            options={yesNo("deadlines.scopeReported", "deadlines.scopeLegal")}
            {...shown}
          />
        </WhomFields>
        {as !== "cancel" && (
          <Group name="when" legend={word("deadlines.when")} {...shown}>
            <TextField name="falls_on" label={word("deadlines.fallsOn")} hint={word("deadlines.fallsOnHint")} {...shown} />
            <ChoiceField
              name="day_counts"
              label={word("deadlines.dayCounts")}
              options={yesNo("deadlines.dayCountsYes", "deadlines.dayCountsNo")}
              {...shown}
            />
            <ChoiceField name="zone" label={word("deadlines.zone")} options={choices.zones} {...shown} />
            <ChoiceField
              name="measure"
              label={word("deadlines.measure")}
              options={[
                { value: "gray_list", label: word("measures.gray_list") },
                { value: "black_list", label: word("measures.black_list") },
              ]}
              {...shown}
            />
          </Group>
        )}
        <TextsField
          name="basis"
          label={word(as === "cancel" ? "deadlines.basisOfCancelling" : "deadlines.basis")}
          hint={word("deadlines.basisHint")}
          languages={choices.languages}
          long
          {...shown}
        />
        <TextField name="basis_url" label={word("deadlines.basisUrl")} optional {...shown} />
        <TextsField
          name="consequence"
          label={word("deadlines.consequence")}
          hint={word("deadlines.mayStayEmpty")}
          languages={choices.languages}
          long
          {...shown}
        />
        <TextsField
          name="afterwards"
          label={word("deadlines.afterwards")}
          hint={word("deadlines.mayStayEmpty")}
          languages={choices.languages}
          long
          {...shown}
        />
        <fieldset>
          <legend>{word("record.source")}</legend>
          <SourceFields {...shown} />
        </fieldset>
        {as === "correct" && <TextField name="reason" label={word("record.reason")} hint={word("record.reasonHint")} long {...shown} />}
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
