"use server";

import { eventSent, typedEvent, typedSource } from "@/app/_server/announce-fields";
import { citizens } from "@/app/_server/changes-in-words";
import { staffDb } from "@/app/_server/database";
import { withDatesWritten } from "@/app/_server/dates-typed";
import { type FormState, keepingTyped, type Theirs } from "@/app/_server/form";
import { signedIn, staffWords } from "@/app/_server/session";
import { contentsOf, inTwoSteps, seenOf } from "@/app/_server/two-steps";
import type { EventInput } from "@/lib/events/input";
import { eventRevisions } from "@/lib/events/read";
import { drawnOtherwise, type Mark } from "@/lib/events/rules";
import { checkEvent, checkEventCorrection, correctEvent, recordEvent, withdrawEvent } from "@/lib/events/write";
import { LANGUAGES, languages } from "@/lib/i18n/languages";
import { textIn, type Words, wordsFor } from "@/lib/i18n/words";
import { actOnce } from "@/lib/ledger/once";
import { done, type Outcome, refused } from "@/lib/outcome";
import { namesOf } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import type { EventPreview, EventState } from "../_forms/event-form";

type Database = ReturnType<typeof staffDb>;
type Typed = Record<string, string>;
/** An event that may be published, and the columns it replaces where it is a correction. */
type Draft = { input: EventInput; current?: Mark & { revision: number } };

const changeOf = (statementId: string, typed: Typed) => ({
  statementId,
  replacesRevision: Number(typed.replaces_revision),
  reason: typed.reason,
});

async function draftOf(db: Database, person: Actor, statementId: string | null, typed: Typed, now: Date): Promise<Outcome<Draft>> {
  if (statementId !== null) return checkEventCorrection(db, person, changeOf(statementId, typed), eventSent(typed), now);
  const checked = checkEvent(person, eventSent(typed), now);
  return checked.ok ? done({ input: checked.value }) : checked;
}

function changesInWords({ input, current }: Draft, words: Words): string {
  const { t } = words;
  if (current && !drawnOtherwise(current, { ...input, happenedOn: input.happened_on })) return t("events.changes.stays");
  const whom = citizens({ countries: input.countries, exceptCountries: [] }, words);
  const moment = words.moment({ text: input.happened_on });
  if (input.kind !== "break") return t("events.changes.mark", { whom, moment });
  return t("events.changes.cut", { whom, moment, measures: input.measures.map((measure) => t(`measures.${measure}`)).join(", ") });
}

const seenIn = (typed: Typed, { current }: Draft) => seenOf(typed, current?.revision ?? 0);

async function previewOf(typed: Typed, draft: Draft): Promise<EventPreview> {
  const { input } = draft;
  const told = languages.map((language) => {
    const text = textIn(input.what, language) ?? { text: "", language };
    const when = wordsFor(language).moment({ text: input.happened_on });
    return { language, name: LANGUAGES[language].name, when, what: text.text, textLanguage: text.language };
  });
  return { seen: seenIn(typed, draft), changes: [changesInWords(draft, await staffWords())], told };
}

/** The version that came first, for the second of two who correct the same. */
async function theirsOf(statementId: string): Promise<Theirs | undefined> {
  const [newest] = await eventRevisions(staffDb(), statementId);
  if (!newest) return undefined;
  const words = await staffWords();
  const name = (await namesOf(staffDb(), [newest.recordedBy])).get(newest.recordedBy) ?? words.t("record.starter");
  const { revision } = newest;
  return {
    revision,
    typed: withDatesWritten({ ...typedEvent(newest.event), ...typedSource(newest.source) }, words),
    lead: words.t("conflict.lead", { name, number: revision }),
  };
}

/** One step of recording an event, or of correcting the one named: its preview, or its publication. */
export async function record(statementId: string | null, previous: EventState, form: FormData): Promise<EventState> {
  const look = async (typed: Typed) => {
    const person = await signedIn();
    if (!person) return { ok: false as const, failure: { code: "signed_out" as const } };
    const draft = await draftOf(staffDb(), person, statementId, typed, new Date());
    return draft.ok ? { ok: true as const, value: await previewOf(typed, draft.value) } : draft;
  };
  const publish = async (typed: Typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" as const };
    const now = new Date();
    let changed = false;
    const outcome = await actOnce<string | number>(staffDb(), person, typed.send_key, [statementId, contentsOf(typed)], async (tx) => {
      const draft = await draftOf(tx, person, statementId, typed, now);
      if (!draft.ok) return draft;
      changed = typed.seen !== seenIn(typed, draft.value);
      if (changed) return refused({ code: "conflict", current: -1 });
      if (statementId === null) return recordEvent(tx, person, draft.value.input, now);
      return correctEvent(tx, person, changeOf(statementId, typed), draft.value.input, now);
    });
    if (outcome.ok) return { saved: `/staff/events?saved=${statementId === null ? "new" : "correct"}` };
    return changed ? { code: "preview_changed" as const } : outcome.failure;
  };
  const state = await inTwoSteps(previous, form, look, publish);
  if (statementId === null || state.failure?.code !== "conflict") return state;
  return { ...state, theirs: await theirsOf(statementId) };
}

/** Withdraws an event that never was. */
export async function withdraw(statementId: string, previous: FormState, form: FormData): Promise<FormState> {
  return keepingTyped(previous, form, async (typed) => {
    const person = await signedIn();
    if (!person) return { code: "signed_out" };
    const body = ["withdraw", statementId, contentsOf(typed)];
    const outcome = await actOnce(staffDb(), person, typed.send_key, body, (tx) => withdrawEvent(tx, person, changeOf(statementId, typed)));
    if (!outcome.ok) return outcome.failure;
    return { saved: "/staff/events?saved=withdraw" };
  });
}
