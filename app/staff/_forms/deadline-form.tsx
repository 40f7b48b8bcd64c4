"use client";

import { useActionState, useEffect } from "react";
import { type Card, DrawnDeadline } from "@/app/_components/drawn-deadline";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import type { TwoSteps } from "@/app/_server/two-steps";
import {
  Carried,
  ChoiceField,
  Group,
  LanguageTexts,
  PublishButtons,
  SourceFields,
  sourceNames,
  TextField,
  textNames,
  WhomFields,
} from "./announce-parts";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { SideBySide } from "./side-by-side";

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
};

/** One deadline: typed, looked at as visitors will see it, published. Works as a plain form where no script runs. */
export function DeadlineForm({ as, action, initial, labels, choices }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  const { preview } = state;
  useShownRefusal(state);
  useEffect(() => {
    if (preview) document.getElementById("preview")?.focus();
  }, [preview]);
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
        <section className="preview" aria-labelledby="preview">
          <h2 id="preview" tabIndex={-1}>
            {word("deadlines.previewTitle")}
          </h2>
          <p>{word("deadlines.notYet")}</p>
          <h3>{word("deadlines.changesTitle")}</h3>
          <ul>
            {preview.changes.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {preview.cards.map(({ language, name, card }) => (
            <section key={language} aria-label={name}>
              <p className="aside">{name}</p>
              <div lang={language}>
                <DrawnDeadline card={card} />
              </div>
            </section>
          ))}
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
      {state.theirs && (
        <div id="field-replaces" tabIndex={-1}>
          <SideBySide theirs={state.theirs} yours={state.typed} names={names} labels={labels} />
        </div>
      )}
      <form className="sheet" id="yours" action={send} key={state.sent} noValidate>
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
        <LanguageTexts
          name="basis"
          legend={word(as === "cancel" ? "deadlines.basisOfCancelling" : "deadlines.basis")}
          hint={word("deadlines.basisHint")}
          languages={choices.languages}
          {...shown}
        />
        <TextField name="basis_url" label={word("deadlines.basisUrl")} optional {...shown} />
        <LanguageTexts
          name="consequence"
          legend={word("deadlines.consequence")}
          hint={word("deadlines.mayStayEmpty")}
          languages={choices.languages}
          {...shown}
        />
        <LanguageTexts
          name="afterwards"
          legend={word("deadlines.afterwards")}
          hint={word("deadlines.mayStayEmpty")}
          languages={choices.languages}
          {...shown}
        />
        <SourceFields {...shown} />
        {as === "correct" && <TextField name="reason" label={word("record.reason")} hint={word("record.reasonHint")} long {...shown} />}
        <p>
          <button type="submit" name="step" value="preview" disabled={sending}>
            {word("deadlines.preview")}
          </button>
        </p>
      </form>
    </>
  );
}
