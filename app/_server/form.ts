import type { Failure } from "@/lib/outcome";

/** Somebody else's version that came first: its revision, its fields, and a sentence that says so. */
export type Theirs = { revision: number; typed: Record<string, string>; lead: string };

/** What a form shows after it was sent: what was typed, and why it was not accepted. `sent` counts the tries. */
export type FormState = {
  sent: number;
  typed: Record<string, string>;
  failure?: Failure | { code: "broken" } | { code: "signed_out" } | { code: "preview_changed" };
  theirs?: Theirs;
};

export const freshForm = (typed: Record<string, string> = {}): FormState => ({ sent: 0, typed });

/** Every text field of a form by its name, without the framework's own. */
export function typedIn(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form.entries()) if (typeof value === "string" && !name.startsWith("$")) typed[name] = value;
  return typed;
}

/**
 * A form's flat fields as the nested shape inputs have: `source.title` becomes `source: { title }`.
 * Names a stranger made up are dropped by the schema that reads the result.
 */
export function nested(typed: Record<string, string>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const source: Record<string, string> = {};
  for (const [name, value] of Object.entries(typed)) {
    if (name.startsWith("source.")) source[name.slice("source.".length)] = value;
    else result[name] = value;
  }
  return { ...result, source };
}

/** Keeps what was typed beside a failure; a bug is told as such, and written to the log. */
export async function keepingTyped(
  previous: FormState,
  form: FormData,
  work: (typed: Record<string, string>) => Promise<FormState["failure"]>,
): Promise<FormState> {
  const typed = typedIn(form);
  const sent = previous.sent + 1;
  try {
    const failure = await work(typed);
    return failure ? { sent, typed, failure } : { sent, typed };
  } catch (error) {
    if (isRedirect(error)) throw error;
    console.error("a form could not be saved:", error);
    return { sent, typed, failure: { code: "broken" } };
  }
}

const isRedirect = (error: unknown) =>
  typeof (error as { digest?: unknown })?.digest === "string" && (error as { digest: string }).digest.startsWith("NEXT_REDIRECT");
