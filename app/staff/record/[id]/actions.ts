"use server";

import { warningsInWords } from "@/app/_server/briefing";
import { type Database, staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { type FormState, keepingTyped, nested, type Theirs } from "@/app/_server/form";
import { typedOf } from "@/app/_server/record-choices";
import { sentCopy } from "@/app/_server/sent-copy";
import { signedIn, staffWords } from "@/app/_server/session";
import { actOnce } from "@/lib/ledger/once";
import type { Outcome } from "@/lib/outcome";
import type { SignedIn } from "@/lib/sign-in/rules";
import { revisionsOf } from "@/lib/snapshots/read";
import { correctSnapshot, type Recorded, rankSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { namesOf } from "@/lib/staff/read";

/** The version that came first, for the second of two editors. */
async function theirsOf(statementId: string): Promise<Theirs | undefined> {
  const [newest] = await revisionsOf(staffDb(), statementId);
  if (!newest) return undefined;
  const names = await namesOf(staffDb(), [newest.recordedBy]);
  const words = await staffWords();
  const { revision } = newest.snapshot;
  const lead = words.t("conflict.lead", { name: names.get(newest.recordedBy) ?? words.t("record.starter"), number: revision });
  return { revision, typed: withDatesWritten(typedOf(newest.snapshot), words), lead };
}

type Change = { statementId: string; replacesRevision: number; reason: unknown };

/** One change of a statement, done once however often it is sent, and what the form shows of it. */
async function change(
  statementId: string,
  previous: FormState,
  form: FormData,
  saved: "published" | "ranked" | "withdrawn",
  verb: (tx: Database, person: SignedIn, change: Change, typed: Record<string, string>) => Promise<Outcome<Recorded>>,
): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { failure: { code: "signed_out" } };
    const copy = await sentCopy(form, "source.copy", typed, person);
    if (!copy.ok) return copy.failure;
    const { send_key, scripted: _, ...fields } = typed;
    const of = { statementId, replacesRevision: Number(typed.replaces_revision), reason: typed.reason };
    const changed = await actOnce(staffDb(), person, send_key, { statementId, fields }, (tx) => verb(tx, person, of, typed));
    if (changed.ok) {
      const { value } = changed;
      const revision = value.state === "published" ? `&revision=${value.revision}` : "";
      return { saved: `/staff/record/${statementId}?saved=${value.state === "waiting" ? "waiting" : saved}${revision}` };
    }
    const { failure } = changed;
    if (failure.code === "conflict") return { typed, failure, theirs: await theirsOf(statementId) };
    if (failure.code !== "warned") return { typed, failure };
    const warnings = warningsInWords(failure.rows[0]?.warnings ?? [], await staffWords());
    return { typed, failure: { code: "warned" }, looks: [{ warnings }] };
  });
}

/** Corrects a statement; what it restates stays as it was. */
export async function correct(statementId: string, restates: string | null, previous: FormState, form: FormData): Promise<FormState> {
  return change(statementId, previous, form, "published", (tx, person, of, typed) =>
    correctSnapshot(tx, person, of, { ...nested(typed), restates }, new Date()),
  );
}

/** Ranks a statement among those about the same moment. */
export async function rank(statementId: string, previous: FormState, form: FormData): Promise<FormState> {
  return change(statementId, previous, form, "ranked", (tx, person, of, typed) => rankSnapshot(tx, person, of, typed.rank));
}

/** Withdraws a statement. */
export async function withdraw(statementId: string, previous: FormState, form: FormData): Promise<FormState> {
  return change(statementId, previous, form, "withdrawn", (tx, person, of) => withdrawSnapshot(tx, person, of));
}
