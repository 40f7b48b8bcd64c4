"use server";

import { briefingOf, looksAt, warningsInWords } from "@/app/_server/briefing";
import { staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped, type Look, typedIn } from "@/app/_server/form";
import { sentCopy } from "@/app/_server/sent-copy";
import { signedIn, staffWords } from "@/app/_server/session";
import { rowsOf, stepped, withRows } from "@/app/staff/_forms/briefing-rows";
import { actOnce } from "@/lib/ledger/once";
import type { Failure } from "@/lib/outcome";
import { MOST_FIGURES, recordBriefing } from "@/lib/snapshots/write";

/** The fields of a refusal by the places that the rows have in the form, blank ones among them. */
function inForm(fields: Record<string, string>, rows: readonly number[]): Record<string, string> {
  const placed = (name: string) => name.replace(/^figures\.(\d+)/, (_, index) => `figures.${rows[Number(index)] ?? index}`);
  return Object.fromEntries(Object.entries(fields).map(([name, code]) => [placed(name), code]));
}

/** Saves a briefing, or takes one step within its form where no script runs: a row more or less, a look before saving. */
export async function saveBriefing(previous: FormState, form: FormData): Promise<FormState> {
  return keepingTyped(previous, form, async ({ step = "save", ...typed }) => {
    const person = await signedIn();
    if (!person) return { failure: { code: "signed_out" } };
    const now = new Date();
    const words = await staffWords();
    if (step === "look") return { looks: await looksAt(typed, words, now) };
    if (step !== "save") return { typed: withRows(typed, stepped(rowsOf(typed), step, MOST_FIGURES)) };
    const copy = await sentCopy(form, "source.copy", typed, person);
    if (!copy.ok) return copy.failure;
    const { source, figures, rows } = briefingOf(typed);
    const recorded = await actOnce(staffDb(), person, typed.send_key, { source, figures }, (tx) =>
      recordBriefing(tx, person, { source, figures }, now),
    );
    if (!recorded.ok) return refusal(recorded.failure, typed, rows);
    const [first] = recorded.value;
    if (recorded.value.length === 1 && first?.state === "published") return { saved: `/staff/record/${first.statementId}?saved=published` };
    const published = recorded.value.filter((r) => r.state === "published").length;
    return { saved: `/staff?published=${published}&waiting=${recorded.value.length - published}` };
  });

  async function refusal(failure: Failure, typed: Record<string, string>, rows: readonly number[]) {
    if (failure.code === "invalid") return { typed, failure: { ...failure, fields: inForm(failure.fields, rows) } };
    if (failure.code !== "warned") return { typed, failure };
    const looks = await looksAt(typed, await staffWords(), new Date());
    for (const { row, warnings } of failure.rows) {
      const look = looks[rows[row] ?? row];
      if (look) look.warnings = warningsInWords(warnings, await staffWords());
    }
    return { typed, failure: { code: "warned" as const }, looks };
  }
}

/** What is to be looked at beside the figures as they stand; undefined for somebody who is not signed in. */
export async function lookAtBriefing(form: FormData): Promise<Look[] | undefined> {
  if (!(await signedIn())) return undefined;
  const fields = Object.entries(typedIn(form)).filter(([name, value]) => name.length < 60 && value.length <= 10_000);
  return looksAt(Object.fromEntries(fields.slice(0, 1000)), await staffWords(), new Date());
}
