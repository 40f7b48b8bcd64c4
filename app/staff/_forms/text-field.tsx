import { Field } from "@/app/_components/fields";
import { errorOf } from "./refusal";
import { type Shown, typedInto, wordIn } from "./shown";

type Props = Shown & {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  long?: boolean;
  type?: "text" | "email" | "tel" | "url";
  lang?: string;
};

/** One text field, short or long. */
export function TextField({ name, label, hint, error, optional, long, type = "text", lang, ...shown }: Props) {
  const title = optional ? `${label} (${wordIn(shown, "record.optional")})` : label;
  const given = { name, lang, maxLength: 10_000, defaultValue: typedInto(shown, name) };
  return (
    <Field name={name} label={title} hint={hint} error={error ?? errorOf(shown.state, shown.labels, name)}>
      {(ids) => (long ? <textarea {...ids} {...given} rows={2} /> : <input {...ids} {...given} type={type} autoComplete="off" />)}
    </Field>
  );
}
