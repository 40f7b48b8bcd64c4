"use server";

import { cardOf } from "@/app/_components/deadline-card";
import { deadlineSent, typedDeadline, typedSource } from "@/app/_server/announce-fields";
import { changesInWords } from "@/app/_server/changes-in-words";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { type FormState, keepingTyped, type Theirs } from "@/app/_server/form";
import { signedIn, staffWords } from "@/app/_server/session";
import { contentsOf, inTwoSteps, seenOf } from "@/app/_server/two-steps";
import { listedCountries } from "@/lib/countries/read";
import { ALL } from "@/lib/countries/rules";
import { deadlineRevisions, recordedDeadlines } from "@/lib/deadlines/read";
import { chainsFor, lastDay, whatChanges } from "@/lib/deadlines/rules";
import { announceDeadline, checkAnnouncement, checkCorrection, correctDeadline, type Draft, withdrawDeadline } from "@/lib/deadlines/write";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { actOnce } from "@/lib/ledger/once";
import { newStatementId } from "@/lib/ledger/write";
import { type Outcome, refused } from "@/lib/outcome";
import { namesOf } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { today } from "@/lib/vintage";
import type { DeadlinePreview, DeadlineState } from "../_forms/deadline-form";

type Database = ReturnType<typeof staffDb>;
type Typed = Record<string, string>;

/** What is done to which deadline; a new one replaces none. */
export type Doing = { as: "new" } | { as: "extend" | "cancel" | "correct"; statementId: string };

/** What was typed, in its place; what a cancellation does not ask for is as it was in what it cancels. */
async function sentFor(db: Database, doing: Doing, typed: Typed): Promise<Outcome<ReturnType<typeof deadlineSent>>> {
  if (doing.as === "new") return { ok: true, value: deadlineSent(typed, { chain: newStatementId(), cancelled: false }) };
  const [newest] = await deadlineRevisions(db, doing.statementId);
  if (!newest) return refused({ code: "not_found" });
  const { chain } = newest.deadline;
  if (doing.as !== "cancel") return { ok: true, value: deadlineSent(typed, { chain, replaces: doing.statementId, cancelled: false }) };
  const { falls_on, zone, day_counts, measure } = typedDeadline(newest.deadline) as Record<
    "falls_on" | "zone" | "day_counts" | "measure",
    string
  >;
  const kept = { ...typed, falls_on, zone, day_counts, measure };
  return { ok: true, value: deadlineSent(kept, { chain, replaces: doing.statementId, cancelled: true }) };
}

const changeOf = (statementId: string, typed: Typed) => ({
  statementId,
  replacesRevision: Number(typed.replaces_revision),
  reason: typed.reason,
});

async function draftOf(db: Database, person: Actor, doing: Doing, typed: Typed, now: Date): Promise<Outcome<Draft>> {
  const sent = await sentFor(db, doing, typed);
  if (!sent.ok) return sent;
  if (doing.as === "correct") return checkCorrection(db, person, changeOf(doing.statementId, typed), sent.value, now);
  return checkAnnouncement(db, person, sent.value, now, newStatementId());
}

const seenIn = (typed: Typed, { before }: Draft) =>
  seenOf(
    typed,
    before.map((d) => [d.statementId, d.revision]),
  );

async function previewOf(typed: Typed, draft: Draft, now: Date): Promise<DeadlinePreview> {
  const { deadline, before, after } = draft;
  const [country = ALL] = deadline.countries.includes(ALL) ? [ALL] : deadline.countries;
  const [chain = { chain: deadline.chain, standing: deadline, replaced: [] }] = chainsFor(after, country, now);
  const zone = (await listedCountries(staffDb(), today(now))).find((facts) => facts.code === country)?.zone;
  return {
    seen: seenIn(typed, draft),
    changes: changesInWords(whatChanges(before, after), await staffWords()),
    cards: languages.map((language) => ({
      language,
      name: LANGUAGES[language].name,
      card: cardOf(chain, now, zone, wordsFor(language)),
    })),
  };
}

/** The version that came first, for the second of two who change the same. */
async function theirsOf(doing: Doing, failure: DeadlineState["failure"]): Promise<Theirs | undefined> {
  if (doing.as === "new" || !failure) return undefined;
  const replaced = failure.code === "invalid" && failure.fields.replaces === "already_replaced";
  if (!replaced && failure.code !== "conflict") return undefined;
  const db = staffDb();
  const other = replaced ? (await recordedDeadlines(db)).find((d) => d.replaces === doing.statementId)?.statementId : doing.statementId;
  const [newest] = other === undefined ? [] : await deadlineRevisions(db, other);
  if (!newest) return undefined;
  const words = await staffWords();
  const { t, day } = words;
  const { revision } = newest.deadline;
  const name = (await namesOf(db, [newest.recordedBy])).get(newest.recordedBy) ?? t("record.starter");
  const lead = replaced
    ? t("deadlines.replacedMeanwhile", { name, day: day(lastDay(newest.deadline)) })
    : t("conflict.lead", { name, number: revision });
  return { revision, typed: withDatesWritten({ ...typedDeadline(newest.deadline), ...typedSource(newest.source) }, words), lead };
}

/** One step of announcing, extending, cancelling or correcting a deadline: its preview, or its publication. */
export async function announce(doing: Doing, previous: DeadlineState, form: FormData): Promise<DeadlineState> {
  const look = async (typed: Typed) => {
    const person = await signedIn();
    if (!person) return { ok: false as const, failure: { code: "signed_out" as const } };
    const now = new Date();
    const draft = await draftOf(staffDb(), person, doing, typed, now);
    return draft.ok ? { ok: true as const, value: await previewOf(typed, draft.value, now) } : draft;
  };
  const publish = async (typed: Typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" as const };
    const now = new Date();
    let changed = false;
    const outcome = await actOnce<string | number>(staffDb(), person, typed.send_key, [doing, contentsOf(typed)], async (tx) => {
      const draft = await draftOf(tx, person, doing, typed, now);
      if (!draft.ok) return draft;
      changed = typed.seen !== seenIn(typed, draft.value);
      if (changed) return refused({ code: "conflict", current: -1 });
      const { input } = draft.value;
      if (doing.as === "correct") return correctDeadline(tx, person, changeOf(doing.statementId, typed), input, now);
      return announceDeadline(tx, person, input, now);
    });
    if (outcome.ok) return { saved: `/staff/deadlines?saved=${doing.as}` };
    return changed ? { code: "preview_changed" as const } : outcome.failure;
  };
  const state = await inTwoSteps(previous, form, look, publish);
  const theirs = await theirsOf(doing, state.failure);
  return theirs ? { ...state, theirs } : state;
}

/** Withdraws a deadline that never was. */
export async function withdraw(statementId: string, previous: FormState, form: FormData): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const body = ["withdraw", statementId, contentsOf(typed)];
    const outcome = await actOnce(staffDb(), person, typed.send_key, body, (tx) =>
      withdrawDeadline(tx, person, changeOf(statementId, typed)),
    );
    if (!outcome.ok) return outcome.failure;
    return { saved: "/staff/deadlines?saved=withdraw" };
  });
}
