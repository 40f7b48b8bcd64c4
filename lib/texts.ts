import { z } from "zod";

// Everything but tab and line break: PostgreSQL refuses U+0000, and no control or half a character can be meant.
// Nor may a text turn round the direction of what stands behind it.
const CONTROL = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u;
/** Something that can be seen: a text of spaces and marks alone is blank. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const blankToUndefined = (value: unknown) =>
  value === null || (typeof value === "string" && !VISIBLE.test(value) && !CONTROL.test(value)) ? undefined : value;

/** An optional text of at most `max` characters, trimmed; blank counts as not given. */
export const optionalText = (max: number) =>
  z.preprocess(
    blankToUndefined,
    z
      .string("not_text")
      .trim()
      .max(max, "too_long")
      .refine((text) => !CONTROL.test(text), "unreadable_characters")
      .optional(),
  );

/** A required text of at most `max` characters, trimmed. */
export const requiredText = (max: number) =>
  z.preprocess(
    blankToUndefined,
    z
      .string({ error: (issue) => (issue.input === undefined ? "required" : "not_text") })
      .trim()
      .max(max, "too_long")
      .refine((text) => !CONTROL.test(text), "unreadable_characters"),
  );

/** An optional web address; only https, so that no link runs anything and nobody on the way changes what it leads to. */
export const optionalUrl = z.preprocess(
  blankToUndefined,
  z
    .string("not_text")
    .trim()
    .max(2000, "too_long")
    .refine((text) => /^https:\/\/[^\s/][^\t\n\r]*$/.test(text) && URL.canParse(text) && !CONTROL.test(text), "not_a_web_address")
    .optional(),
);

const LANGUAGES = ["en", "ru", "ky", "uz", "tg"] as const;

type Texts = Partial<Record<(typeof LANGUAGES)[number], string>>;

/** A text in one or more languages, by language code; `required` wants at least one. */
export const texts = (max: number, required: boolean) =>
  z.preprocess(
    (value) => value ?? {},
    z
      .object(
        Object.fromEntries(LANGUAGES.map((language) => [language, optionalText(max)])) as Record<
          (typeof LANGUAGES)[number],
          ReturnType<typeof optionalText>
        >,
        "not_text",
      )
      .transform((given) => Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined)) as Texts)
      .refine((given) => !required || Object.keys(given).length > 0, "required"),
  );

/** For a check of several fields at once: it is made although one of them was refused already. */
export const isObject = ({ value }: { value: unknown }): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** The first refusal of each field, by the field's dotted name. */
export function fieldsOf(error: Pick<z.ZodError, "issues">): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return fields;
}
