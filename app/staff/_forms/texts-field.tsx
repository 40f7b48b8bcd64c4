import { errorOf } from "./refusal";
import { type Option, type Shown, typedInto, wordIn } from "./shown";
import { TextField } from "./text-field";

type Props = Shown & {
  name: string;
  label: string;
  hint?: string;
  /** Languages by code and own name; the first stands open. */
  languages: readonly Option[];
  long?: boolean;
};

/** A text that may be given in any of the five languages: one's own in sight, the others folded until they are wanted. */
export function TextsField({ name, label, hint, languages, long, ...shown }: Props) {
  const { state, labels } = shown;
  const at = (language: Option) => `${name}.${language.value}`;
  const [first, ...others] = languages;
  const common = (language: Option) => ({
    name: at(language),
    label: `${label} (${language.label})`,
    lang: language.value,
    long,
    ...shown,
  });
  return (
    <div id={`field-${name}`} tabIndex={-1}>
      {first && <TextField {...common(first)} hint={hint} error={errorOf(state, labels, name)} />}
      <details open={others.some((language) => typedInto(shown, at(language)) !== "" || errorOf(state, labels, at(language)))}>
        <summary>
          {label}: {wordIn(shown, "record.otherLanguages")}
        </summary>
        {others.map((language) => (
          <TextField key={language.value} {...common(language)} />
        ))}
      </details>
    </div>
  );
}

/** A text's name in each language, by input name. */
export const textNames = (name: string, label: string, languages: readonly Option[]): Record<string, string> => ({
  [name]: label,
  ...Object.fromEntries(languages.map(({ value, label: language }) => [`${name}.${value}`, `${label} (${language})`])),
});
