import type { Entered, Row } from "@/app/api/v1/contract";
import type { Change, DeadlineSaid, EventSaid, SnapshotSaid } from "@/lib/corrections/pages";
import { type CountryFacts, iso3 } from "@/lib/countries/rules";
import { type Deadline, stateOn } from "@/lib/deadlines/rules";
import type { Event } from "@/lib/events/rules";
import type { Plotted, Point } from "@/lib/explore/rules/plotted";
import { type Language, languages } from "@/lib/i18n/languages";
import { type Words, wordsFor } from "@/lib/i18n/words";
import { MEASURES, type Measure } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import { CONFIDENTIALITY, observationStatus } from "@/lib/open-data/sdmx";
import { answerColumns, type SnapshotInput } from "@/lib/snapshots/input";
import type { Listed } from "@/lib/snapshots/pages";
import { type Answer, answerOf, type Source } from "@/lib/snapshots/rules";
import type { Recorded } from "@/lib/snapshots/write";
import { boundsOf } from "@/lib/trends/rules/bounds";

const inEach = (text: (words: Words) => string) =>
  Object.fromEntries(languages.map((language) => [language, text(wordsFor(language))])) as Record<Language, string>;

/** A figure as the contract has it: the number as said, and its bounds by the published rule. */
function figureOf(answer: Answer) {
  const none = { value: null, low: null, high: null, qualifier: null, missing_reason: null, unchanged: answer.kind === "unchanged" };
  if (answer.kind === "missing") return { ...none, missing_reason: answer.reason };
  if (answer.kind === "unchanged") return none;
  const { figure } = answer;
  return { ...none, value: figure.qualifier === "between" ? null : figure.value, ...boundsOf(figure), qualifier: figure.qualifier };
}

export const shownSource = ({ id, title, publisher, speaker, speakerRole, publishedOn, url }: Source) => ({
  id,
  title,
  publisher,
  speaker,
  speaker_role: speakerRole,
  published_on: publishedOn,
  url,
});

/** One revision of a statement. */
export function shownSnapshot({ snapshot: s, state, supersededAt }: Listed, origin: string): Row<"snapshots"> {
  return {
    statement_id: s.statementId,
    revision: s.revision,
    state,
    country: s.country,
    country_iso3: iso3(s.country) ?? null,
    measure: s.measure,
    kind: MEASURES[s.measure].kind,
    period_start: s.periodStart,
    as_of: s.asOf.text,
    as_of_from: s.asOf.from.toISOString(),
    as_of_to: s.asOf.to.toISOString(),
    ...figureOf(s.answer),
    wording: s.answer.kind === "figure" ? s.answer.wording : null,
    children_share: s.answer.kind === "figure" ? s.answer.childrenShare : null,
    obs_status: observationStatus(s.answer),
    conf_status: CONFIDENTIALITY,
    rank: s.rank,
    note: s.note,
    source: shownSource(s.source),
    known_from: s.knownFrom.toISOString(),
    restates: s.restates,
    recorded_at: s.recordedAt.toISOString(),
    superseded_at: supersededAt?.toISOString() ?? null,
    url: `${origin}/en/snapshots/${encodeURIComponent(s.statementId)}`,
  };
}

/** A statement that a program sent, as it was understood, and what became of it. */
export function shownEntered(input: SnapshotInput, became: Recorded, origin: string): Entered {
  const asOf = momentOf(input.as_of);
  const answer = answerOf(answerColumns(input));
  const { title, publisher, speaker, speaker_role, published_on, url } = input.source;
  const published = became.state === "published";
  return {
    statement_id: became.statementId,
    revision: published ? became.revision : null,
    state: became.state,
    country: input.country,
    country_iso3: iso3(input.country) ?? null,
    measure: input.measure,
    kind: MEASURES[input.measure].kind,
    period_start: input.period_start ?? null,
    as_of: asOf.text,
    as_of_from: asOf.from.toISOString(),
    as_of_to: asOf.to.toISOString(),
    ...figureOf(answer),
    wording: input.wording ?? null,
    children_share: input.children_share ?? null,
    obs_status: observationStatus(answer),
    conf_status: CONFIDENTIALITY,
    note: input.note ?? null,
    source: {
      title,
      publisher: publisher ?? null,
      speaker: speaker ?? null,
      speaker_role: speaker_role ?? null,
      published_on: published_on ?? null,
      url: url ?? null,
    },
    restates: input.restates ?? null,
    url: published ? `${origin}/en/snapshots/${encodeURIComponent(became.statementId)}` : null,
  };
}

export const shownCountry = (facts: CountryFacts, origin: string): Row<"countries"> => ({
  code: facts.code,
  iso3: iso3(facts.code) ?? null,
  names: inEach((words) => words.country(facts.code)),
  union_member: facts.unionMember,
  zone: facts.zone,
  remittances_share_of_gdp: facts.remittancesShareOfGdp,
  url: `${origin}/en/countries/${facts.code.toLowerCase()}`,
});

export const shownMeasure = (code: Measure): Row<"measures"> => ({
  code,
  kind: MEASURES[code].kind,
  names: inEach((words) => words.t(`measures.${code}`)),
  definitions: inEach((words) => words.t(`explained.${code}`)),
});

const shownPoint = ({ figure, from, to, value, low, high, exact, by }: Point) => ({
  statement_id: figure.statementId,
  as_of: figure.asOf.text,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  value,
  low,
  high,
  exact,
  worked_out_with: by?.statementId ?? null,
});

/** One country's series; `statements` before thinning. */
export function shownSeries(plot: Plotted, measure: Measure, statements: number): Row<"series">[number] {
  return {
    country: plot.country,
    measure,
    refused: plot.refused ?? null,
    pieces: plot.lines.map((line) => line.map(shownPoint)),
    rivals: plot.rivals.map(shownPoint),
    left_out: plot.left.map(({ statementId }) => statementId),
    missing: plot.trend.missing.flatMap(({ statementId, asOf, answer }) =>
      answer.kind === "missing" ? [{ statement_id: statementId, as_of: asOf.text, reason: answer.reason }] : [],
    ),
    breaks: plot.trend.breaks.map(({ statementId, happenedOn }) => ({ statement_id: statementId, happened_on: happenedOn.text })),
    statements,
  };
}

/** What a deadline says, at any of its revisions. */
const deadlineFields = (deadline: Omit<DeadlineSaid, "sourceId" | "withdrawn">) => ({
  chain: deadline.chain,
  replaces: deadline.replaces,
  cancelled: deadline.cancelled,
  countries: deadline.countries,
  except_countries: deadline.exceptCountries,
  scope_as_reported: deadline.scopeAsReported,
  measure: deadline.measure,
  falls_on: deadline.fallsOn,
  zone: deadline.zone,
  day_counts: deadline.dayCounts,
  ends_at: deadline.endsAt.toISOString(),
  basis: deadline.basis,
  basis_url: deadline.basisUrl,
  consequence: deadline.consequence,
  afterwards: deadline.afterwards,
});

/** A deadline as it stands on a day of its own zone. */
export function shownDeadline(deadline: Deadline, all: readonly Deadline[], day: string, origin: string): Row<"deadlines"> {
  const chain = all.filter((d) => d.chain === deadline.chain);
  const { source } = deadline;
  return {
    statement_id: deadline.statementId,
    revision: deadline.revision,
    ...deadlineFields(deadline),
    state: stateOn(deadline, chain, day).state,
    known_from: deadline.knownFrom.toISOString(),
    source: { id: source.id, title: source.title, published_on: source.publishedOn, url: source.url },
    url: `${origin}/en/deadlines/${encodeURIComponent(deadline.chain)}`,
  };
}

export const shownEvent = ({ statementId, happenedOn, kind, countries, measures, what, source }: Event): Row<"events"> => ({
  statement_id: statementId,
  happened_on: happenedOn.text,
  kind,
  countries,
  measures,
  what,
  source,
});

const snapshotSaid = ({ answer, ...said }: SnapshotSaid) => ({
  country: said.country,
  measure: said.measure,
  period_start: said.periodStart,
  as_of: said.asOf.text,
  ...figureOf(answer),
  wording: answer.kind === "figure" ? answer.wording : null,
  children_share: answer.kind === "figure" ? answer.childrenShare : null,
  rank: said.rank,
  note: said.note,
  restates: said.restates,
  source_id: said.sourceId,
  withdrawn: said.withdrawn,
});

const deadlineSaid = (said: DeadlineSaid) => ({ ...deadlineFields(said), source_id: said.sourceId, withdrawn: said.withdrawn });

const eventSaid = ({ happenedOn, kind, countries, measures, what, sourceId, withdrawn }: EventSaid) => ({
  happened_on: happenedOn.text,
  kind,
  countries,
  measures,
  what,
  source_id: sourceId,
  withdrawn,
});

/** One change of a statement; its address is that of the page that tells of it. */
export function shownCorrection(one: Change, origin: string): Row<"corrections"> {
  const common = {
    statement_id: one.statementId,
    revision: one.revision,
    corrected_at: one.at.toISOString(),
    reason: one.reason,
    source_title: one.sourceTitle,
  };
  if (one.kind === "deadline") {
    const url = `${origin}/en/deadlines/${encodeURIComponent(one.after.chain)}`;
    return { ...common, statement_kind: one.kind, before: deadlineSaid(one.before), after: deadlineSaid(one.after), url };
  }
  if (one.kind === "event")
    return {
      ...common,
      statement_kind: one.kind,
      before: eventSaid(one.before),
      after: eventSaid(one.after),
      url: `${origin}/en/corrections`,
    };
  const url = `${origin}/en/snapshots/${encodeURIComponent(one.statementId)}`;
  return { ...common, statement_kind: one.kind, before: snapshotSaid(one.before), after: snapshotSaid(one.after), url };
}
