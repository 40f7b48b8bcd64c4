import { ALL, countryCodes } from "@/lib/countries/rules";
import type { Words } from "@/lib/i18n/words";
import { isFlow, measureCodes } from "@/lib/measures/rules";
import { MISSING_REASONS, type Snapshot } from "@/lib/snapshots/rules";
import { type Actor, WHO_MAY } from "@/lib/staff/rules";

/** What a person may choose in the record form: their countries (those with a page first), measures and reasons. */
export function recordChoices(actor: Actor | undefined, listed: readonly string[], words: Words) {
  // Somebody whose session ended while the form was open has all of them before them until they sign in again.
  const codes =
    !actor || WHO_MAY[actor.role].reach === "all"
      ? countryCodes
      : countryCodes.filter((code) => code !== ALL && actor.countries.includes(code));
  const named = codes
    .map((value) => ({ value, label: words.country(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, words.language));
  const first = named.filter((c) => listed.includes(c.value));
  const measures = measureCodes.map((value) => ({ value, label: words.t(`measures.${value}`) }));
  return {
    countries: [...first, ...named.filter((c) => !first.includes(c))],
    stocks: measures.filter((m) => !isFlow(m.value)),
    flows: measures.filter((m) => isFlow(m.value)),
    missingReasons: MISSING_REASONS.map((value) => ({ value, label: words.t(`missing.${value}`) })),
  };
}

/** A statement as the record form shows it, by input name. */
export function typedOf(snapshot: Snapshot): Record<string, string> {
  const { answer, source } = snapshot;
  const typed: Record<string, string | number | null> = {
    country: snapshot.country,
    measure: snapshot.measure,
    period_start: snapshot.periodStart,
    as_of: snapshot.asOf.text,
    answer: answer.kind,
    note: snapshot.note,
    "source.title": source.title,
    "source.publisher": source.publisher,
    "source.speaker": source.speaker,
    "source.speaker_role": source.speakerRole,
    "source.published_on": source.publishedOn,
    "source.url": source.url,
  };
  if (answer.kind === "missing") typed.missing_reason = answer.reason;
  if (answer.kind === "figure") {
    typed.qualifier = answer.figure.qualifier;
    typed.wording = answer.wording;
    typed.children_share = answer.childrenShare;
    if (answer.figure.qualifier === "between") {
      typed.low = answer.figure.low;
      typed.high = answer.figure.high;
    } else typed.value = answer.figure.value;
  }
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value === null ? "" : String(value)]));
}
