"use client";

import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { ContactChoices } from "@/app/_server/contact-choices";
import type { FormState } from "@/app/_server/form";
import { ChoiceField } from "./choice-field";
import { DraftList } from "./draft-list";
import { Group } from "./group";
import { KeptLine } from "./kept-line";
import { refusalOf } from "./refusal";
import { TextField } from "./text-field";
import { TextsField, textNames } from "./texts-field";
import { Ticks } from "./ticks";
import { useKeptForm } from "./use-kept-form";

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  initial: FormState;
  labels: Labels;
  choices: ContactChoices;
  person: string;
  /** Present when a contact is corrected: which, and the revision its author sees. */
  correcting?: { statementId: string; revision: number };
};

/** The label of each field, by its input name. */
const NAMES: Record<string, string> = {
  country: "country",
  kind: "kind",
  name: "name",
  telephone: "telephone",
  email: "email",
  url: "url",
  address: "address",
  hours: "hours",
  languages: "languages",
  note: "note",
  confirmed_on: "confirmedOn",
  hide_after_days: "hideAfterDays",
  reason: "reason",
};
const TEXTS = ["name", "address", "hours", "note"];

/** Whom citizens can turn to: entered or corrected. */
export function ContactForm({ action, initial, labels, choices, person, correcting }: Props) {
  const about = `contact/${correcting?.statementId ?? ""}`;
  const { state, form, formKey, busy, line, others } = useKeptForm(action, initial, person, about);
  const label = (key: string) => labels[`contacts.${key}`] ?? key;
  const names = Object.fromEntries(Object.entries(NAMES).map(([name, key]) => [name, label(key)]));
  const shown = { state, labels };
  const field = (name: string) => ({ name, label: names[name] ?? name, ...shown });
  const texts = (name: string) => ({ ...field(name), languages: choices.texts });
  return (
    <>
      <RefusalBox
        refusal={refusalOf(
          state,
          labels,
          Object.assign(names, ...TEXTS.map((name) => textNames(name, names[name] ?? name, choices.texts))),
        )}
      />
      <DraftList {...others} labels={labels} />
      <form className="sheet" {...form} key={formKey}>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        {correcting && <input type="hidden" name="replaces_revision" value={state.typed.replaces_revision ?? correcting.revision} />}
        <fieldset>
          <legend>{label("what")}</legend>
          <ChoiceField {...field("country")} options={choices.countries} />
          <ChoiceField {...field("kind")} options={choices.kinds} />
          <TextsField {...texts("name")} />
        </fieldset>
        <fieldset>
          <legend>{label("reach")}</legend>
          <p className="hint">{label("reachHint")}</p>
          <TextField {...field("telephone")} type="tel" hint={label("telephoneHint")} />
          <TextField {...field("email")} type="email" />
          <TextField {...field("url")} type="url" />
          <TextsField {...texts("hours")} long />
          <TextsField {...texts("address")} long />
          <Group name="languages" legend={names.languages ?? ""} {...shown}>
            <Ticks
              group="languages"
              options={choices.spoken}
              more={{ label: label("moreLanguages"), options: choices.otherSpoken }}
              {...shown}
            />
          </Group>
          <TextsField {...texts("note")} long />
        </fieldset>
        <fieldset>
          <legend>{label("holds")}</legend>
          <TextField {...field("confirmed_on")} hint={label("confirmedOnHint")} />
          <TextField {...field("hide_after_days")} hint={label("hideAfterDaysHint")} />
        </fieldset>
        {correcting && <TextField {...field("reason")} hint={label("reasonHint")} />}
        <p>
          <button type="submit" disabled={busy}>
            {label(correcting ? "submitCorrection" : "submit")}
          </button>
        </p>
        <KeptLine {...line} labels={labels} />
      </form>
    </>
  );
}
