import type { Database } from "@/db/client";
import { knownDeadlines } from "@/lib/deadlines/read";
import { type Deadline, lastDay } from "@/lib/deadlines/rules";
import { knownEvents } from "@/lib/events/read";
import type { Event } from "@/lib/events/rules";
import { latestOf } from "@/lib/explore/read";
import { endOfTrend } from "@/lib/explore/rules/latest";
import { isFlow, type Measure, measureCodes } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import { type FigureSnapshot, hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { latestFlow, newEntriesBetween } from "@/lib/trends/rules/flows";
import { latestNeighbours, neededPace, paceBetween } from "@/lib/trends/rules/pace";
import { breaksOf, type Trend, trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { indexAt } from "@/lib/trends/rules/shares";
import { momentOfVintage, type Vintage } from "@/lib/vintage";
import { statementsTried, testOf } from "./back-test-record";
import { outlineAbout } from "./country-record";

/** The day and country whose figures show most of the rules at once: two figures, a deadline ahead, what came known since. */
export const EXAMPLE = { country: "KG", measure: "gray_list", day: "2025-07-26" } as const;

type KnownThen = { snapshots: readonly Snapshot[]; deadlines: readonly Deadline[]; events: readonly Event[] };

/** What is known of the example's country and these counts. */
const recordOf = async (db: Database, vintage: Vintage, measures: readonly Measure[]): Promise<KnownThen> => ({
  snapshots: await outlineAbout(db, EXAMPLE.country, vintage, measures),
  deadlines: await knownDeadlines(db, vintage),
  events: await knownEvents(db, vintage),
});

/** The flow that ended last of whatever is counted over a period. */
function someFlow({ snapshots, events }: KnownThen) {
  const flows = measureCodes.flatMap(
    (measure) =>
      latestFlow(
        snapshots.filter((s) => s.measure === measure),
        events,
      ) ?? [],
  );
  return flows.sort((a, b) => b.to.asOf.to.getTime() - a.to.asOf.to.getTime())[0];
}

/** The new entries that the record gives between any two neighbours, the newest first. */
function someEntries(trend: Trend, { snapshots, events }: KnownThen) {
  const removed = snapshots.filter((s) => s.measure === "removed");
  const neighbours = trend.pieces.flatMap((piece) => piece.slice(1).map((to, index) => [piece[index] as FigureSnapshot, to] as const));
  return neighbours.reverse().flatMap(([from, to]) => newEntriesBetween(from, to, removed, events) ?? [])[0];
}

/**
 * The examples of the method page, worked out from the record as it is now: what was known on the
 * example's day, and how its projection fared.
 * @param vintage what is known today
 */
export async function methodExamples(db: Database, vintage: Vintage) {
  const then: Vintage = { ...vintage, knownOn: EXAMPLE.day };
  const latest = await latestOf(db, EXAMPLE.measure, then, [EXAMPLE.country]);
  // No more than the examples speak of.
  const known = await recordOf(db, then, ["present", ...measureCodes.filter(isFlow)]);
  const now = await recordOf(db, vintage, [EXAMPLE.measure, "removed"]);
  const breaksIn = ({ events }: KnownThen) => breaksOf(events, EXAMPLE.country, EXAMPLE.measure);
  const trend = endOfTrend(latest.get(EXAMPLE.country), breaksIn(known));
  const figures = now.snapshots.filter((s) => s.measure === EXAMPLE.measure).filter(hasFigure);
  const at = momentOfVintage(then);
  const neighbours = latestNeighbours(trend);
  const pace = neighbours && paceBetween(...neighbours);
  const replaced = new Set(known.deadlines.map((d) => d.replaces));
  const deadline = known.deadlines.find(
    (d) => d.measure === EXAMPLE.measure && d.endsAt > at && !d.cancelled && !replaced.has(d.statementId),
  );
  const last = trend.pieces.at(-1)?.at(-1);
  const series = deadline && (await statementsTried(db, deadline, EXAMPLE.country, vintage));
  const tested = deadline && series && testOf(deadline, EXAMPLE.country, { ...now, series });
  return {
    trend,
    pace,
    day: deadline && lastDay(deadline),
    needed: last && deadline && neededPace(last, deadline.endsAt, pace),
    projection: project(trend, deadline?.endsAt, at),
    flow: someFlow(known),
    entries: someEntries(trendOf(figures, breaksIn(now)), now),
    presents: known.snapshots.filter((s) => s.measure === "present"),
    index: neighbours && indexAt(trend, neighbours[0].asOf.from),
    tested,
    bounds: figures,
    known: momentOf(EXAMPLE.day),
  };
}

export type MethodExamples = Awaited<ReturnType<typeof methodExamples>>;
