import type { PeopleChoices } from "@/app/_server/people-choices";
import { ChoiceField } from "./choice-field";
import { Group } from "./group";
import type { Shown } from "./shown";
import { TextField } from "./text-field";
import { Ticks } from "./ticks";

/** The label of each field, by its input name. */
export const personNames = ({ labels }: Pick<Shown, "labels">) => ({
  name: labels["people.name"] ?? "",
  email: labels["people.email"] ?? "",
  role: labels["people.role"] ?? "",
  countries: labels["people.countries"] ?? "",
  language: labels["people.language"] ?? "",
});

/** Somebody's name, role and countries; for an invitation their address and language too. */
export function PersonFields({ choices, invited, state, labels }: Shown & { choices: PeopleChoices; invited?: boolean }) {
  const label = (key: string) => labels[`people.${key}`] ?? key;
  const names = personNames({ labels });
  const shown = { state, labels };
  return (
    <>
      <TextField name="name" label={names.name} {...shown} />
      {invited && <TextField name="email" label={names.email} type="email" {...shown} />}
      <ChoiceField name="role" label={names.role} hint={label("rolesHint")} options={choices.roles} {...shown} />
      <Group
        name="countries"
        legend={names.countries}
        hint={choices.roles.some(({ value }) => value === "central_admin") ? label("countriesHint") : undefined}
        {...shown}
      >
        <Ticks
          group="countries"
          options={choices.countries}
          more={{ label: label("otherCountries"), options: choices.otherCountries }}
          {...shown}
        />
      </Group>
      {invited && <ChoiceField name="language" label={names.language} options={choices.languages} {...shown} />}
    </>
  );
}
