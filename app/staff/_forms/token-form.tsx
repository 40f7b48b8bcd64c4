"use client";

import { useActionState } from "react";
import { type Labels, RefusalBox } from "@/app/_components/fields";
import type { TokenChoices, TokenState } from "@/app/_server/token-form";
import { ChoiceField } from "./choice-field";
import { Group } from "./group";
import { refusalOf } from "./refusal";
import { useShownRefusal } from "./show-refusal";
import { ShownToken } from "./shown-token";
import { TextField } from "./text-field";
import { Ticks } from "./ticks";

type Props = {
  action: (state: TokenState, form: FormData) => Promise<TokenState>;
  initial: TokenState;
  labels: Labels;
  choices: TokenChoices;
};

/** Makes a token; in the form's place comes the token, to be copied now. */
export function TokenForm({ action, initial, labels, choices }: Props) {
  const [state, send, sending] = useActionState(action, initial);
  useShownRefusal(state);
  if (state.made) return <ShownToken made={state.made} labels={labels} />;
  const label = (key: string) => labels[`tokens.${key}`] ?? key;
  const countries = labels["people.countries"] ?? "";
  const shown = { state, labels };
  return (
    <>
      <RefusalBox refusal={refusalOf(state, labels, { name: label("name"), countries, days: label("days") })} />
      <form className="sheet" action={send} key={state.sent} noValidate>
        <input type="hidden" name="send_key" value={state.typed.send_key ?? ""} />
        <TextField name="name" label={label("name")} hint={label("nameHint")} {...shown} />
        <Group name="countries" legend={countries} {...shown}>
          <Ticks
            group="countries"
            options={choices.countries}
            more={{ label: labels["people.otherCountries"] ?? "", options: choices.otherCountries }}
            {...shown}
          />
        </Group>
        <div className="ticks">
          <label className="tick">
            <input
              type="checkbox"
              name="publishes"
              value="✓"
              defaultChecked={Boolean(state.typed.publishes)}
              aria-describedby="publishes-hint"
            />{" "}
            {label("publishes")}
          </label>
        </div>
        <p className="hint" id="publishes-hint">
          {label("publishesHint")}
        </p>
        <ChoiceField name="days" label={label("days")} options={choices.lives} {...shown} />
        <p>
          <button type="submit" disabled={sending}>
            {label("submit")}
          </button>
        </p>
      </form>
    </>
  );
}
