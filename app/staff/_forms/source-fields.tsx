import type { Labels } from "@/app/_components/fields";
import { type Shown, wordIn } from "./shown";
import { TextField } from "./text-field";

/** The fields of a source: input name and the name of its text. */
const FIELDS = [
  { field: "title", word: "record.sourceTitle" },
  { field: "publisher", word: "record.publisher" },
  { field: "speaker", word: "record.speaker" },
  { field: "speaker_role", word: "record.speakerRole" },
  { field: "published_on", word: "record.publishedOn", hint: "record.publishedOnHint" },
  { field: "url", word: "record.url" },
];

/** Where it is known from. */
export function SourceFields(shown: Shown) {
  return FIELDS.map(({ field, word, hint }) => (
    <TextField
      key={field}
      name={`source.${field}`}
      label={wordIn(shown, word)}
      hint={hint && wordIn(shown, hint)}
      optional={field !== "title"}
      {...shown}
    />
  ));
}

/** Every word for a source's fields, by input name. */
export const sourceNames = (labels: Labels): Record<string, string> =>
  Object.fromEntries(FIELDS.map(({ field, word }) => [`source.${field}`, labels[word] ?? word]));
