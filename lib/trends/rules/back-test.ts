import { type FigureSnapshot, hasFigure, type Snapshot } from "../../snapshots/rules";
import { daysFrom } from "./pace";
import type { Trend } from "./pieces";
import { type Projection, project } from "./projection";

/** A deadline as it was known: from `knownFrom` on, until `replacedFrom` if another took its place. */
export type PastDeadline = { endsAt: Date; knownFrom: Date; replacedFrom?: Date };

/** A projection that could have been made at an instant, beside what came. */
export type Trial = { at: Date; projection: Projection; outcome: FigureSnapshot };

/** The outcome must be counted this soon after the deadline; days. */
const LATEST_OUTCOME = 14;

/** Statements without those that another among them restates. */
function standing(known: readonly Snapshot[]): Snapshot[] {
  const restated = new Set(known.map((s) => s.restates));
  return known.filter((s) => !restated.has(s.statementId));
}

/**
 * Statements known by an instant, without those that a statement known by then restates. The same
 * question the database answers for one day, asked of a whole series for many.
 * @param series every statement, restated ones too
 */
export function knownBy(series: readonly Snapshot[], at: Date): Snapshot[] {
  return standing(series.filter((s) => s.knownFrom <= at));
}

/**
 * Rule "back-test": for a past deadline and each instant at which something new became known before
 * it, the projection that could have been made from what was known then; the outcome is the first
 * stock whose span ends on or after the deadline and within 14 days of it.
 * @param series every statement about one country and one stock, restated ones too
 * @param trendOf how a series becomes a trend, breaks included
 * @returns nothing where no outcome is known
 */
export function backTest(series: readonly Snapshot[], deadline: PastDeadline, trendOf: (known: readonly Snapshot[]) => Trend): Trial[] {
  const [outcome] = trendOf(standing(series))
    .pieces.flat()
    .filter((s) => s.asOf.to >= deadline.endsAt && daysFrom(deadline.endsAt, s.asOf.to) <= LATEST_OUTCOME);
  if (!outcome) return [];
  const news = [...series.filter(hasFigure).map((s) => s.knownFrom), deadline.knownFrom];
  const until = deadline.replacedFrom ?? deadline.endsAt;
  const instants = [...new Set(news.map((at) => at.getTime()))].sort((a, b) => a - b).map((time) => new Date(time));
  return instants
    .filter((at) => at >= deadline.knownFrom && at < until && at < deadline.endsAt)
    .flatMap((at) => {
      const projection = project(trendOf(knownBy(series, at)), deadline.endsAt, at);
      return "refused" in projection ? [] : [{ at, projection, outcome }];
    });
}
