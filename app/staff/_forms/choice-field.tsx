import { Field } from "@/app/_components/fields";
import { errorOf } from "./refusal";
import { type Option, type Shown, typedInto, wordIn } from "./shown";

type Props = Shown & { name: string; label: string; hint?: string; options: readonly Option[] };

/** One choice from a list. */
export function ChoiceField({ name, label, hint, options, ...shown }: Props) {
  return (
    <Field name={name} label={label} hint={hint} error={errorOf(shown.state, shown.labels, name)}>
      {(ids) => (
        <select {...ids} name={name} defaultValue={typedInto(shown, name)}>
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
