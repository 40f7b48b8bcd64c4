import { Field, type Labels } from "@/app/_components/fields";
import { FileInput } from "./file-input";

/** The document of a source in a form: the file, and the one that is stored already, which a refusal does not lose. */
export function CopyField({ stored, error, labels }: { stored: string | undefined; error: string | undefined; labels: Labels }) {
  const label = (key: string) => labels[`copies.${key}`] ?? key;
  return (
    <>
      <input type="hidden" name="source.copy_id" value={stored ?? ""} />
      <Field
        name="source.copy"
        label={`${label("file")} (${labels["record.optional"]})`}
        hint={stored ? label("kept") : label("fileHint")}
        error={error}
      >
        {(ids) => <FileInput name="source.copy" ids={ids} tooLarge={labels["errors.file_too_large"] ?? ""} without={label("without")} />}
      </Field>
    </>
  );
}
