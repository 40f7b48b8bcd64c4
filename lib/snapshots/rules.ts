import { bisector } from "d3-array";
import type { Measure } from "../measures/rules";
import type { Moment } from "../moments/rules";

export const QUALIFIERS = ["exact", "about", "more_than", "less_than", "between"] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export const MISSING_REASONS = ["not_published", "declined", "did_not_exist", "not_asked"] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

export const RANKS = ["preferred", "normal", "deprecated"] as const;
export type Rank = (typeof RANKS)[number];

/** A figure as its source put it: persons, with the qualifier as data. */
export type Figure = { qualifier: Exclude<Qualifier, "between">; value: number } | { qualifier: "between"; low: number; high: number };

/** What a snapshot says: a figure, why there is none, or that on being asked again nothing had changed. */
export type Answer =
  | { kind: "figure"; figure: Figure; wording: string | null; childrenShare: number | null }
  | { kind: "missing"; reason: MissingReason }
  | { kind: "unchanged" };

export type Source = {
  id: string;
  title: string;
  publisher: string | null;
  speaker: string | null;
  speakerRole: string | null;
  publishedOn: string | null;
  url: string | null;
};

/** One statement about a count, as it now stands or as it stood. */
export type Snapshot = {
  statementId: string;
  revision: number;
  country: string;
  measure: Measure;
  periodStart: string | null;
  asOf: Moment;
  answer: Answer;
  note: string | null;
  rank: Rank;
  restates: string | null;
  recordedAt: Date;
  knownFrom: Date;
  source: Source;
};

/** One revision of a statement, with its source as it stood when the revision was written. */
export type Revision = {
  snapshot: Snapshot;
  state: "published" | "withdrawn";
  reason: string | null;
  recordedBy: string;
  publishedBy: string;
  /** The token with which a program sent it in the name of whoever entered it; null for the person. */
  tokenId: string | null;
  /** The word with which warnings were answered before it was saved. */
  confirmation: string | null;
};

/** A snapshot that says how many. */
export type FigureSnapshot = Snapshot & { answer: Extract<Answer, { kind: "figure" }> };

export const hasFigure = (snapshot: Snapshot): snapshot is FigureSnapshot => snapshot.answer.kind === "figure";

/** The columns that an answer is kept in, as the record has them. */
export type AnswerColumns = {
  value: number | null;
  low: number | null;
  high: number | null;
  qualifier: string | null;
  wording: string | null;
  missingReason: string | null;
  unchanged: boolean;
  childrenShare: number | null;
};

/** Reads an answer from its columns; the table's checks make exactly one of the three cases hold. */
export function answerOf(row: AnswerColumns): Answer {
  if (row.unchanged) return { kind: "unchanged" };
  if (row.missingReason !== null) return { kind: "missing", reason: row.missingReason as MissingReason };
  const figure: Figure =
    row.qualifier === "between"
      ? { qualifier: "between", low: row.low ?? 0, high: row.high ?? 0 }
      : { qualifier: row.qualifier as Exclude<Qualifier, "between">, value: row.value ?? 0 };
  return { kind: "figure", figure, wording: row.wording, childrenShare: row.childrenShare };
}

/** The same columns as a query of our own brings them: by their names in the database, numbers as text where they are large. */
export type AnswerRow = {
  value: string | number | null;
  low: string | number | null;
  high: string | number | null;
  qualifier: string | null;
  wording: string | null;
  missing_reason: string | null;
  unchanged: boolean;
  children_share: string | number | null;
};

const number = (told: string | number | null) => (told === null ? null : Number(told));

/** Reads an answer from a row of a query. */
export const answerOfRow = (row: AnswerRow): Answer =>
  answerOf({
    ...row,
    value: number(row.value),
    low: number(row.low),
    high: number(row.high),
    missingReason: row.missing_reason,
    childrenShare: number(row.children_share),
  });

const RANK_ORDER: Record<Rank, number> = { preferred: 0, normal: 1, deprecated: 2 };

/** The better ranked first; among equals the one known later stands in front. */
export function byRank(a: Snapshot, b: Snapshot): number {
  return (
    RANK_ORDER[a.rank] - RANK_ORDER[b.rank] || b.knownFrom.getTime() - a.knownFrom.getTime() || (a.statementId < b.statementId ? -1 : 1)
  );
}

/** Whether two statements are about overlapping spans; then they are rivals. */
export function overlap(a: Moment, b: Moment): boolean {
  // As numbers: asked of every statement of a history, dates compared as they are take several times as long.
  return a.from.getTime() < b.to.getTime() && b.from.getTime() < a.to.getTime();
}

/** Where a figure belongs among others whose spans begin one after the other, the last to begin first. */
const placeAmong = bisector<FigureSnapshot, FigureSnapshot>((a, b) => b.asOf.from.getTime() - a.asOf.from.getTime()).left;

/**
 * Rule "best-ranked": of figures about overlapping times the best ranked stands in front, deprecated
 * ones never; oldest first.
 * @param series statements about one country and one measure, in any order
 */
export function frontOf(series: readonly Snapshot[]): FigureSnapshot[] {
  // The newest first, as most come in that order. None overlap each other: who overlaps one overlaps a neighbour.
  const front: FigureSnapshot[] = [];
  for (const figure of series
    .filter(hasFigure)
    .filter((s) => s.rank !== "deprecated")
    .sort(byRank)) {
    const place = placeAmong(front, figure);
    const [later, earlier] = [front[place - 1], front[place]];
    const free = !(later && overlap(later.asOf, figure.asOf)) && !(earlier && overlap(earlier.asOf, figure.asOf));
    if (free) front.splice(place, 0, figure);
  }
  return front.reverse();
}

/**
 * The newest figure in front, with the statements that rival it, best ranked first; deprecated ones
 * may be among these.
 */
export function newestFigure(series: readonly Snapshot[]): { figure: FigureSnapshot; rivals: FigureSnapshot[] } | undefined {
  const figure = frontOf(series).at(-1);
  if (!figure) return undefined;
  const rivals = series.filter(hasFigure).filter((s) => s !== figure && overlap(s.asOf, figure.asOf));
  return { figure, rivals: rivals.sort(byRank) };
}

/**
 * What stands in front of the newest part of a series, oldest first, as far as nothing older can change it: figures
 * whose spans, chained through those they overlap, begin no sooner than all that is left out has ended.
 * @param figures all figures whose spans end after `since`; undefined where they are all there are
 */
export function settledFront(figures: readonly FigureSnapshot[], since: Date | undefined): FigureSnapshot[] {
  const chains: FigureSnapshot[][] = [];
  let end = new Date(Number.NaN);
  for (const figure of [...figures].sort((a, b) => a.asOf.from.getTime() - b.asOf.from.getTime())) {
    const chain = chains.at(-1);
    if (chain && figure.asOf.from < end) chain.push(figure);
    else chains.push([figure]);
    if (!chain || figure.asOf.to > end) end = figure.asOf.to;
  }
  return frontOf(chains.filter(([first]) => !since || (first as FigureSnapshot).asOf.from >= since).flat());
}
