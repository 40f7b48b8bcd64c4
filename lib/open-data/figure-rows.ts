import { iso3 } from "../countries/rules";
import type { Row } from "../explore/rules/plotted";
import type { Reading, View } from "../explore/rules/view";
import type { Measure } from "../measures/rules";
import type { MissingReason, Qualifier, Rank } from "../snapshots/rules";
import { boundsOf } from "../trends/rules/bounds";
import { pagePath } from "../vintage";

/**
 * One statement as files carry it, and what a view reads out of it. Its keys are the headings of files for programs,
 * in their order; they stay as they are.
 *
 * `value` is the number as said, none for "between"; `low` and `high` are what it can mean by the published rule, null
 * where it is open. `reading_*` are the number as the view shows it, unrounded. `as_of` is the moment as its source
 * gave it, `as_of_from` the first instant of it and `as_of_to` the first after. `role` is where the statement stands:
 * in front, beside a figure in front, left out by this reading, or without a figure.
 */
export type FigureRow = {
  statement_id: string;
  revision: number;
  country: string;
  country_iso3: string | null;
  measure: Measure;
  period_start: string | null;
  as_of: string;
  as_of_from: Date;
  as_of_to: Date;
  value: number | null;
  low: number | null;
  high: number | null;
  qualifier: Qualifier | null;
  reading: Reading;
  reading_value: number | null;
  reading_low: number | null;
  reading_high: number | null;
  worked_out_with: string | null;
  role: Row["role"];
  missing_reason: MissingReason | null;
  wording: string | null;
  rank: Rank;
  known_from: Date;
  recorded_at: Date;
  source_title: string;
  source_publisher: string | null;
  source_speaker: string | null;
  source_published_on: string | null;
  source_url: string | null;
  url: string;
};

/** The headings of files for programs, in their order. */
export const FIGURE_COLUMNS = [
  "statement_id",
  "revision",
  "country",
  "country_iso3",
  "measure",
  "period_start",
  "as_of",
  "as_of_from",
  "as_of_to",
  "value",
  "low",
  "high",
  "qualifier",
  "reading",
  "reading_value",
  "reading_low",
  "reading_high",
  "worked_out_with",
  "role",
  "missing_reason",
  "wording",
  "rank",
  "known_from",
  "recorded_at",
  "source_title",
  "source_publisher",
  "source_speaker",
  "source_published_on",
  "source_url",
  "url",
] as const satisfies (keyof FigureRow)[];

/**
 * A row of what a view shows, as files carry it.
 * @param base what stands before the address of a statement: the origin and the language, `https://example.org/ky/`
 */
export function figureRow({ country, statement, role, point }: Row, view: Pick<View, "reading" | "vintage">, base: string): FigureRow {
  const { answer, asOf, source } = statement;
  const figure = answer.kind === "figure" ? answer.figure : undefined;
  const { low, high } = figure ? boundsOf(figure) : { low: null, high: null };
  return {
    statement_id: statement.statementId,
    revision: statement.revision,
    country,
    country_iso3: iso3(country) ?? null,
    measure: statement.measure,
    period_start: statement.periodStart,
    as_of: asOf.text,
    as_of_from: asOf.from,
    as_of_to: asOf.to,
    value: figure && figure.qualifier !== "between" ? figure.value : null,
    low,
    high,
    qualifier: figure?.qualifier ?? null,
    reading: view.reading,
    reading_value: point?.value ?? null,
    reading_low: point?.low ?? null,
    reading_high: point?.high ?? null,
    worked_out_with: point?.by?.statementId ?? null,
    role,
    missing_reason: answer.kind === "missing" ? answer.reason : null,
    wording: answer.kind === "figure" ? answer.wording : null,
    rank: statement.rank,
    known_from: statement.knownFrom,
    recorded_at: statement.recordedAt,
    source_title: source.title,
    source_publisher: source.publisher,
    source_speaker: source.speaker,
    source_published_on: source.publishedOn,
    source_url: source.url,
    url: `${base}${pagePath(`snapshots/${statement.statementId}`, view.vintage)}`,
  };
}
