import { randomUUID } from "node:crypto";
import { redirect } from "next/navigation";
import { isOutcomeUnknown } from "@/db/commit";
import type { Failure } from "@/lib/outcome";
import type { DrawnSeries } from "@/lib/trends/rules/drawn";

/** Somebody else's version that came first: its revision, its fields, and a sentence that says so. */
export type Theirs = { revision: number; typed: Record<string, string>; lead: string };

/** What is to be looked at beside one figure: its warnings in words, and the series it belongs to. */
export type Look = {
  /** How the figure and its moment were understood; undefined while they cannot be. */
  understood?: string;
  warnings: { code: string; text: string; asks: boolean }[];
  series?: {
    title: string;
    last: { statementId: string; figure: string; moment: string; who: string }[];
    drawn: DrawnSeries;
    alternative: string;
  };
};

/** Why a form was not accepted; the warnings themselves stand in words beside the figures. */
export type Refusal =
  | Exclude<Failure, { code: "warned" }>
  | { code: "warned" | "broken" | "unconfirmed" | "signed_out" | "preview_changed" | "decided_meanwhile" | "not_fresh" };

/** What a form shows after it was sent: what was typed, and why it was not accepted. `sent` counts the tries. */
export type FormState = {
  sent: number;
  typed: Record<string, string>;
  failure?: Refusal;
  theirs?: Theirs;
  /** What is to be looked at before saving, for each figure. */
  looks?: Look[];
  /** Where it leads now that it is saved. */
  saved?: string;
};

/** A form as it is first shown; its key lets it be saved once, however often it is sent. */
export const freshForm = (typed: Record<string, string> = {}): FormState => ({ sent: 0, typed: { send_key: randomUUID(), ...typed } });

/** Every text field of a form by its name, without the framework's own. */
export function typedIn(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form.entries()) if (typeof value === "string" && !name.startsWith("$")) typed[name] = value;
  return typed;
}

/** What is typed to be known to nobody else; no answer carries it back. */
const SECRET = new Set(["password", "current"]);
const withoutSecrets = (typed: Record<string, string>) => Object.fromEntries(Object.entries(typed).filter(([name]) => !SECRET.has(name)));

/** A name that a form of ours can have: at most four words or numbers between dots. */
const NAME = /^[a-z_]+(\.([a-z_]+|\d{1,2})){0,3}$/;

const isNumber = (part: string) => /^\d+$/.test(part);

/**
 * A form's flat fields as the nested shape inputs have: `source.title` becomes `source: { title }`, and
 * `figures.0.as_of` the first of an array. Names a stranger made up are dropped here or by the schema that reads the result.
 */
export function nested(typed: Record<string, string>): Record<string, unknown> {
  const result: Record<string, unknown> = { source: {} };
  for (const [name, value] of Object.entries(typed)) {
    if (!NAME.test(name) || name.includes("__")) continue;
    const path = name.split(".");
    let place = result;
    for (const [depth, part] of path.entries()) {
      // An array holds nothing by a word, least of all a length.
      if (Array.isArray(place) && !isNumber(part)) break;
      const next = path[depth + 1];
      if (typeof place[part] !== "object") place[part] = next === undefined ? value : isNumber(next) ? [] : {};
      place = place[part] as Record<string, unknown>;
    }
  }
  return result;
}

/** What became of a form: refused, or what it shows beside what was typed, or where it leads now that it is saved. */
type Became = Failure | Refusal | Omit<FormState, "sent" | "typed"> | { typed: Record<string, string> } | undefined;

/**
 * Keeps what was typed, but for passwords, beside what became of it; a bug is told as such, and written to the log. Where no
 * script runs, a saved form leads on at once; where one does, it first forgets its draft.
 */
export async function keepingTyped(
  previous: FormState,
  form: FormData,
  work: (typed: Record<string, string>) => Promise<Became>,
): Promise<FormState> {
  const typed = typedIn(form);
  const sent = previous.sent + 1;
  let became: Became;
  try {
    became = await work(typed);
  } catch (error) {
    if (isRedirect(error)) throw error;
    console.error("a form could not be saved:", error);
    const failure: Refusal = isOutcomeUnknown(error) ? { code: "unconfirmed" } : { code: "broken" };
    return { sent, typed: withoutSecrets(typed), failure };
  }
  const answer = became && "code" in became ? { failure: became as Refusal } : became;
  if (answer && "saved" in answer && answer.saved && typed.scripted !== "yes") redirect(answer.saved);
  return { typed: withoutSecrets(typed), ...answer, sent };
}

const isRedirect = (error: unknown) =>
  typeof (error as { digest?: unknown })?.digest === "string" && (error as { digest: string }).digest.startsWith("NEXT_REDIRECT");
