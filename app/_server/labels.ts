import type { Labels } from "@/app/_components/fields";
import { MESSAGES } from "@/lib/i18n/translator";
import type { Words } from "@/lib/i18n/words";

type Namespace =
  | "record"
  | "review"
  | "briefing"
  | "draft"
  | "figure"
  | "refusals"
  | "errors"
  | "setUp"
  | "conflict"
  | "copies"
  | "deadlines"
  | "measures"
  | "events"
  | "people"
  | "tokens"
  | "contacts"
  | "imports"
  | "enrol"
  | "account";

/**
 * The texts of some parts of the messages by dotted name, for a form that runs in the browser. Only
 * texts without placeholders of their own go as they stand.
 */
export function labelsOf(words: Words, namespaces: Namespace[]): Labels {
  const labels: Labels = {};
  const add = (name: string, value: unknown) => {
    if (typeof value === "string") labels[name] = value;
    else for (const [key, child] of Object.entries(value as object)) add(`${name}.${key}`, child);
  };
  for (const namespace of namespaces) add(namespace, MESSAGES[words.language][namespace]);
  return labels;
}
