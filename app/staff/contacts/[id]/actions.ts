"use server";

import { redirect } from "next/navigation";
import { contactSent } from "@/app/_server/contact-form";
import { staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped } from "@/app/_server/form";
import { signedIn } from "@/app/_server/session";
import { confirmContact, correctContact, withdrawContact } from "@/lib/contacts/write";
import { act } from "@/lib/ledger/write";

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
    const of = {
      statementId,
      replacesRevision: Number(typed.replaces_revision),
      reason: verb === "withdraw" ? typed.withdrawal : typed.reason,
    };
    const now = new Date();
    const changed = await act(staffDb(), (tx) => {
      if (verb === "correct") return correctContact(tx, person, of, contactSent(typed), now);
      return verb === "confirm" ? confirmContact(tx, person, of, now) : withdrawContact(tx, person, of);
    });
    // The page has two reasons; each refusal names its own.
    if (!changed.ok && verb === "withdraw" && changed.failure.code === "invalid")
      return { code: "invalid", fields: { withdrawal: changed.failure.fields.reason ?? "" } };
    if (!changed.ok) return changed.failure;
    redirect(`/staff/contacts/${statementId}?saved=${changed.value}`);
  });
}
