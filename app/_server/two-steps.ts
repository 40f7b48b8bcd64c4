import { createHash } from "node:crypto";
import type { Failure } from "@/lib/outcome";
import { type FormState, keepingTyped } from "./form";

/** What is shown before something is published; `seen` stands for what was looked at, and comes back with "publish". */
export type Preview = { seen: string };

/** A form in two steps: with a preview, what was typed is looked at and not changed. */
export type TwoSteps<P extends Preview> = FormState & { preview?: P };

/** Names that belong to the sending, not to what is sent. */
const SENDING = ["step", "seen", "send_key", "scripted"];

/** What was typed, without what belongs to the sending, and with the line ends of no particular browser. */
export function contentsOf(typed: Record<string, string>): [string, string][] {
  return Object.entries(typed)
    .filter(([name, value]) => !SENDING.includes(name) && value !== "")
    .map(([name, value]): [string, string] => [name, value.replace(/\r\n?/g, "\n")])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Stands for what somebody looked at: what was typed, and what of the record it was compared with. */
export const seenOf = (typed: Record<string, string>, compared: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify([contentsOf(typed), compared]))
    .digest("hex");

type Looked<P> = { ok: true; value: P } | { ok: false; failure: Failure | { code: "signed_out" } };

/**
 * Takes one step of a form: looks at what was typed, goes back to it, or publishes what was looked at.
 * @param publish says where it leads when it is done; where the preview no longer tells the truth it answers so, and a new one is shown
 */
export async function inTwoSteps<P extends Preview>(
  previous: TwoSteps<P>,
  form: FormData,
  look: (typed: Record<string, string>) => Promise<Looked<P>>,
  publish: (typed: Record<string, string>) => Promise<Failure | { code: "signed_out" } | { code: "preview_changed" } | { saved: string }>,
): Promise<TwoSteps<P>> {
  let preview: P | undefined;
  let changed: FormState["failure"];
  const state = await keepingTyped(previous, form, async (typed) => {
    if (typed.step === "edit") return undefined;
    if (typed.step === "publish") {
      const published = await publish(typed);
      if ("saved" in published || published.code !== "preview_changed") return published;
      changed = published;
    }
    const looked = await look(typed);
    if (!looked.ok) return looked.failure;
    preview = looked.value;
    return changed;
  });
  return preview ? { ...state, preview } : state;
}
