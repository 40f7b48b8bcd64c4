"use server";

import { contactSent } from "@/app/_server/contact-form";
import { staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped } from "@/app/_server/form";
import { signedIn } from "@/app/_server/session";
import { contentsOf } from "@/app/_server/two-steps";
import { confirmContact, correctContact, withdrawContact } from "@/lib/contacts/write";
import { actOnce } from "@/lib/ledger/once";

/** Corrects, confirms or withdraws a contact, and shows it as it then stands. */
export async function change(
  verb: "correct" | "confirm" | "withdraw",
  statementId: string,
  previous: FormState,
  form: FormData,
): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const of = { statementId, replacesRevision: Number(typed.replaces_revision), reason: typed.reason };
    const now = new Date();
    const changed = await actOnce<number>(staffDb(), person, typed.send_key, [verb, statementId, contentsOf(typed)], (tx) => {
      if (verb === "correct") return correctContact(tx, person, of, contactSent(typed), now);
      return verb === "confirm" ? confirmContact(tx, person, of, now) : withdrawContact(tx, person, of);
    });
    return changed.ok ? { saved: `/staff/contacts/${statementId}?saved=${changed.value}` } : changed.failure;
  });
}
