import type { Database } from "@/db/client";
import { lastDay } from "@/lib/deadlines/rules";
import { measureCodes } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import { hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { backTest } from "@/lib/trends/rules/back-test";
import { flowBetween } from "@/lib/trends/rules/flows";
import { latestNeighbours, neededPace, paceBetween } from "@/lib/trends/rules/pace";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { indexAt } from "@/lib/trends/rules/shares";
import { momentOfVintage, type Vintage } from "@/lib/vintage";
import { countryRecord } from "./country-record";

/** The day and country whose figures show most of the rules at once: two figures, a deadline ahead, what came known since. */
export const EXAMPLE = { country: "KG", measure: "gray_list", day: "2025-07-26" } as const;

/** The first two figures counted from the same day on that give a flow. */
function firstFlow(snapshots: readonly Snapshot[]) {
  for (const measure of measureCodes) {
    const figures = snapshots.filter(hasFigure).filter((s) => s.measure === measure);
    for (const from of [...figures].reverse())
      for (const to of figures) {
        const flow = flowBetween(from, to);
        if (flow) return flow;
      }
  }
  return undefined;
}

/**
 * The examples of the method page, worked out from the record as it is now: what was known on the
 * example's day, and how its projection fared.
 * @param vintage what is known today
 */
export async function methodExamples(db: Database, vintage: Vintage) {
  const then: Vintage = { ...vintage, knownOn: EXAMPLE.day };
  const known = await countryRecord(db, EXAMPLE.country, then);
  const now = await countryRecord(db, EXAMPLE.country, vintage);
  const toTrend = (record: typeof known) => (snapshots: readonly Snapshot[]) =>
    trendOf(
      snapshots.filter((s) => s.measure === EXAMPLE.measure),
      breaksOf(record.events, EXAMPLE.country, EXAMPLE.measure),
    );
  const trend = toTrend(known)(known.snapshots);
  const at = momentOfVintage(then);
  const neighbours = latestNeighbours(trend);
  const pace = neighbours && paceBetween(...neighbours);
  const replaced = new Set(known.deadlines.map((d) => d.replaces));
  const deadline = known.deadlines.find(
    (d) => d.measure === EXAMPLE.measure && d.endsAt > at && !d.cancelled && !replaced.has(d.statementId),
  );
  const last = trend.pieces.at(-1)?.at(-1);
  const trials = deadline
    ? backTest(
        now.snapshots.filter((s) => s.measure === EXAMPLE.measure),
        { endsAt: deadline.endsAt, knownFrom: deadline.knownFrom },
        toTrend(now),
      )
    : [];
  return {
    trend,
    pace,
    day: deadline && lastDay(deadline),
    needed: last && deadline && neededPace(last, deadline.endsAt, pace),
    projection: project(trend, deadline?.endsAt, at),
    flow: firstFlow(known.snapshots),
    presents: known.snapshots.filter((s) => s.measure === "present"),
    index: neighbours && indexAt(trend, neighbours[0].asOf.from),
    trials,
    bounds: now.snapshots.filter((s) => s.measure === EXAMPLE.measure).filter(hasFigure),
    known: momentOf(EXAMPLE.day),
  };
}

export type MethodExamples = Awaited<ReturnType<typeof methodExamples>>;
