"use server";

import { warningsInWords } from "@/app/_server/briefing";
import { type Database, staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped, nested } from "@/app/_server/form";
import { sentCopy } from "@/app/_server/sent-copy";
import { signedIn, staffWords } from "@/app/_server/session";
import { actOnce } from "@/lib/ledger/once";
import type { Outcome } from "@/lib/outcome";
import { submissionOf } from "@/lib/review/read";
import { mendSubmission, publishSubmission, returnSubmission, type Seen, takeBackSubmission } from "@/lib/review/write";
import type { SignedIn } from "@/lib/sign-in/rules";

type Verb = (tx: Database, person: SignedIn, of: Seen, typed: Record<string, string>) => Promise<Outcome<unknown>>;

/** One decision about a submission, taken once however often it is sent. */
async function decide(submissionId: string, previous: FormState, form: FormData, done: string, verb: Verb): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { failure: { code: "signed_out" } };
    const copy = await sentCopy(form, "source.copy", typed, person);
    if (!copy.ok) return copy.failure;
    const { send_key, scripted: _, ...fields } = typed;
    const of = { submissionId, version: Number(typed.replaces_revision) };
    const body = { submissionId, done, fields };
    const decided = await actOnce(staffDb(), person, send_key, body, (tx) => verb(tx, person, of, typed));
    if (decided.ok) return { saved: `/staff/review?done=${done}` };
    const { failure } = decided;
    // A newer version of the submission means that somebody decided or mended it; one of the statement, that it was overtaken.
    if (failure.code === "conflict" && (await submissionOf(staffDb(), submissionId))?.version !== of.version) {
      // What was typed to mend it stays; a decision that came too late has nothing to keep but what became of the thing.
      return done === "sent" ? { typed, failure: { code: "decided_meanwhile" } } : { saved: `/staff/review/${submissionId}?late=yes` };
    }
    if (failure.code !== "warned") return { typed, failure };
    return {
      typed,
      failure: { code: "warned" },
      looks: [{ warnings: warningsInWords(failure.rows[0]?.warnings ?? [], await staffWords()) }],
    };
  });
}

/** Lets a submission become part of the record. */
export async function publish(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return decide(id, previous, form, "published", (tx, person, of) => publishSubmission(tx, person, of, new Date()));
}

/** Sends it back to its author with the reason. */
export async function sendBack(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return decide(id, previous, form, "returned", (tx, person, of, typed) => returnSubmission(tx, person, of, typed.reason));
}

/** Takes back one's own. */
export async function takeBack(id: string, previous: FormState, form: FormData): Promise<FormState> {
  return decide(id, previous, form, "taken_back", (tx, person, of) => takeBackSubmission(tx, person, of));
}

/** Sends one's own again, mended; what it restates stays as it was. */
export async function mend(id: string, restates: string | undefined, previous: FormState, form: FormData): Promise<FormState> {
  return decide(id, previous, form, "sent", (tx, person, of, typed) =>
    mendSubmission(tx, person, of, { ...nested(typed), restates }, typed.reason, new Date()),
  );
}
