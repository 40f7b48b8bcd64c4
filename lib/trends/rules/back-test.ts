import { dayIn, endOfDay, MOSCOW, startOfDay } from "../../moments/rules";
import { type FigureSnapshot, frontOf, hasFigure, type Snapshot } from "../../snapshots/rules";
import { boundsOf } from "./bounds";
import type { Trend } from "./pieces";
import { OLDEST_FIGURE, type Projection, type ProjectionRefusal, project } from "./projection";

const DAY = 86_400_000;

/**
 * A deadline as it was known: from `knownFrom` on, until `replacedFrom` if another took its place. `movedFrom`
 * is the first instant at which that can have been public, where only a span is known for it.
 */
export type PastDeadline = { endsAt: Date; knownFrom: Date; replacedFrom?: Date; movedFrom?: Date };

/** A projection that could have been made on each Moscow day from `firstDay` to `lastDay` (`2025-07-25`), both included. */
export type Trial = { firstDay: string; lastDay: string; projection: Projection };

/** Why none could be made on some day: a rule of the projection, or no figure was known then. */
export type NoTrial = ProjectionRefusal | "no_figure";

/** Why there is nothing to hold a projection against: the deadline was moved before it came, or no figure is known of the days after it. */
export type NoOutcome = "moved" | "none_in_time";

/**
 * One deadline tried for one country and stock: the projections that could have been made, the reasons for which
 * on other days there was none, each once, and what came.
 */
export type BackTest = { trials: Trial[]; refusals: NoTrial[]; outcome: FigureSnapshot | { none: NoOutcome } };

/** The outcome must be counted this soon after the deadline; days. */
const LATEST_OUTCOME = 14;

/** Until when what came of a deadline can have been counted. @param endsAt the first instant after the deadline */
export const lastOutcome = (endsAt: Date): Date => new Date(endsAt.getTime() + LATEST_OUTCOME * DAY);

/** Statements without those that another among them restates. */
function standing(known: readonly Snapshot[]): Snapshot[] {
  const restated = new Set(known.flatMap((s) => s.restates ?? []));
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
 * The last figures of a series, back to where two stand in front, with all that overlap one of them: what a projection
 * rests on, however long the series is.
 * @param figures those whose spans end last first
 */
function lastOf(figures: readonly FigureSnapshot[]): FigureSnapshot[] {
  const last: FigureSnapshot[] = [];
  let begins = Number.POSITIVE_INFINITY;
  for (const figure of figures) {
    if (figure.asOf.to.getTime() <= begins && frontOf(last).length > 1) break;
    last.push(figure);
    begins = Math.min(begins, figure.asOf.from.getTime());
  }
  return last;
}

/** The figures about a stretch of time, with those that overlap one of them, and so on. */
function about(figures: readonly FigureSnapshot[], from: number, to: number): FigureSnapshot[] {
  const found = figures.filter(({ asOf }) => asOf.from.getTime() < to && from < asOf.to.getTime());
  const first = found.reduce((least, { asOf }) => Math.min(least, asOf.from.getTime()), from);
  const last = found.reduce((most, { asOf }) => Math.max(most, asOf.to.getTime()), to);
  return first === from && last === to ? found : about(figures, first, last);
}

/** The last day that had ended before an instant: until then what could be said could be said. */
const lastDayBefore = (at: Date): string =>
  dayIn(MOSCOW, new Date(startOfDay(dayIn(MOSCOW, new Date(at.getTime() - 1)), MOSCOW).getTime() - 1));

/** The last day on which a projection from this figure is not refused for its age. */
const lastDayOfAge = ({ asOf }: FigureSnapshot): string => lastDayBefore(new Date(asOf.to.getTime() + OLDEST_FIGURE * DAY + 1));

function outcomeOf(
  series: readonly Snapshot[],
  deadline: PastDeadline,
  trendOf: (known: readonly Snapshot[]) => Trend,
): BackTest["outcome"] {
  if (deadline.movedFrom && deadline.movedFrom < deadline.endsAt) return { none: "moved" };
  const [begins, ends] = [deadline.endsAt.getTime() - 1, lastOutcome(deadline.endsAt).getTime()];
  const [outcome] = trendOf(about(standing(series).filter(hasFigure), begins, ends))
    .pieces.flat()
    .filter(({ asOf }) => asOf.to >= deadline.endsAt && asOf.to.getTime() <= ends);
  return outcome ?? { none: "none_in_time" };
}

/**
 * Rule "back-test": for a past deadline and each day before its last on which it was known, the projection that
 * could have been made from what was known by that day's end; days on which it was the same are one. The outcome is the first
 * stock whose span ends on or after the deadline and within 14 days of it.
 * @param series every statement about one country and one stock, restated ones too
 * @param trendOf how a series becomes a trend, breaks included
 */
export function backTest(series: readonly Snapshot[], deadline: PastDeadline, trendOf: (known: readonly Snapshot[]) => Trend): BackTest {
  const until = new Date(Math.min(deadline.endsAt.getTime(), deadline.replacedFrom?.getTime() ?? Number.POSITIVE_INFINITY));
  const news = [...series.map((s) => s.knownFrom), deadline.knownFrom]
    // What became known long before is known from the first day on; days of the calendar are slow to ask for.
    .filter((at) => at.getTime() > deadline.knownFrom.getTime() - DAY && at < until)
    .map((at) => dayIn(MOSCOW, new Date(at.getTime() - 1)));
  const days = [...new Set(news)]
    .sort()
    .map((day) => ({ day, at: endOfDay(day, MOSCOW) }))
    .filter(({ at }) => at >= deadline.knownFrom && at < until);
  const ordered = [...series].sort((a, b) => b.asOf.to.getTime() - a.asOf.to.getTime());
  const trials: Trial[] = [];
  const refusals = new Set<NoTrial>();
  for (const [index, { day, at }] of days.entries()) {
    const known = knownBy(ordered, at).filter(hasFigure);
    const projection = project(trendOf(lastOf(known)), deadline.endsAt, at);
    if ("refused" in projection) {
      refusals.add(known.length > 0 ? projection.refused : "no_figure");
      continue;
    }
    const { from, to } = projection.pace;
    const next = days[index + 1];
    const lastDay = [lastDayOfAge(to), lastDayBefore(next ? next.at : until)].sort()[0] ?? day;
    const before = trials.at(-1);
    if (before?.projection.pace.from === from && before.projection.pace.to === to) before.lastDay = lastDay;
    else trials.push({ firstDay: day, lastDay, projection });
  }
  return { trials, refusals: [...refusals], outcome: outcomeOf(series, deadline, trendOf) };
}

/** Whether what came lies in the band; undecided where its own bounds reach across an edge of it. */
export type Verdict = "inside" | "outside" | "undecided";

/** Holds a projection against what came, by the bounds of what came. */
export function verdictOf({ low, high }: Pick<Projection, "low" | "high">, outcome: FigureSnapshot): Verdict {
  const bounds = boundsOf(outcome.answer.figure);
  const [least, most] = [bounds.low ?? Number.NEGATIVE_INFINITY, bounds.high ?? Number.POSITIVE_INFINITY];
  if (least >= low && most <= high) return "inside";
  return most < low || least > high ? "outside" : "undecided";
}

/**
 * How projections fared together: `made` in all, of these `told` where what came lies inside or outside for
 * certain; `inside` of them inside; `outcomes` different figures they were held against. `share` is inside of told, 0 to 1.
 */
export type Fared = { made: number; told: number; inside: number; outcomes: number; share?: number };

/** With fewer outcomes than this a share proves little: chance alone moves it by more than a fifth to either side. */
export const FEW_OUTCOMES = 20;

/** How the projections of many back-tests fared together. */
export function faredOf(tests: readonly BackTest[]): Fared {
  const verdicts: Verdict[] = [];
  const outcomes = new Set<string>();
  for (const { trials, outcome } of tests) {
    if ("none" in outcome || trials.length === 0) continue;
    const told = trials.map(({ projection }) => verdictOf(projection, outcome));
    verdicts.push(...told);
    if (told.some((verdict) => verdict !== "undecided")) outcomes.add(outcome.statementId);
  }
  const told = verdicts.filter((verdict) => verdict !== "undecided").length;
  const inside = verdicts.filter((verdict) => verdict === "inside").length;
  const made = tests.reduce((sum, { trials }) => sum + trials.length, 0);
  return { made, told, inside, outcomes: outcomes.size, ...(told > 0 ? { share: inside / told } : {}) };
}
