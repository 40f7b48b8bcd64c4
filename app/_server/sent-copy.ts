import { storeCopy } from "@/lib/copies/write";
import { act } from "@/lib/ledger/write";
import { done, invalid, type Outcome } from "@/lib/outcome";
import type { Actor } from "@/lib/staff/rules";
import { staffDb } from "./database";

/**
 * The file that a form brings in the field `name`, stored at once, so that a refusal of other fields does not lose it: its id
 * goes into `typed` as `${name}_id`, which the form sends along hidden the next time.
 * @returns the id of the copy; where no file was chosen the one sent along, or undefined; else why the file was not taken
 */
export async function sentCopy(
  form: FormData,
  name: string,
  typed: Record<string, string>,
  actor: Actor,
): Promise<Outcome<string | undefined>> {
  const file = form.get(name);
  if (typed[`${name}_refused`] === "yes") return invalid({ [name]: "file_too_large" });
  // Where none was chosen, browsers send a file of nothing and of no kind; its missing name does not always arrive as such.
  if (!(file instanceof File) || (file.size === 0 && file.type === "application/octet-stream"))
    return done(typed[`${name}_id`] || undefined);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const stored = await act(staffDb(), (tx) => storeCopy(tx, actor, bytes));
  if (stored.ok) typed[`${name}_id`] = stored.value;
  else if (stored.failure.code === "invalid") return invalid({ [name]: stored.failure.fields.copy ?? "unknown_kind_of_file" });
  return stored;
}
