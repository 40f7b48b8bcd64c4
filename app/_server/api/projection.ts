import type { Query, Row } from "@/app/api/v1/contract";
import { concerns } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { chainsFor, type Deadline, stateOn } from "@/lib/deadlines/rules";
import { knownEvents } from "@/lib/events/read";
import { latestOf } from "@/lib/explore/read";
import { endOfTrend } from "@/lib/explore/rules/latest";
import { breaksOf } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { momentOfVintage, type Vintage } from "@/lib/vintage";
import type { Asked, Found } from "./answers";

/** Whether a deadline has not passed on a day, as days are counted in its own zone. */
const isAhead = (deadline: Deadline, day: string) => !["passed", "cancelled"].includes(stateOn(deadline, [deadline], day).state);

/** The deadline a projection is asked for, or the next one ahead. */
function asked(all: readonly Deadline[], query: Query<"projection">, vintage: Vintage): Deadline | undefined {
  if (query.deadline) return all.find((d) => d.statementId === query.deadline && d.measure === query.measure && concerns(d, query.country));
  return chainsFor(all, query.country, momentOfVintage(vintage))
    .map(({ standing }) => standing)
    .filter((d) => d.measure === query.measure && isAhead(d, vintage.knownOn))
    .sort((a, b) => a.endsAt.getTime() - b.endsAt.getTime())[0];
}

/** The instant that a projection is made at: the end of the day, but before the end of a deadline that is ahead on that day. */
function momentBefore(deadline: Deadline | undefined, vintage: Vintage): Date {
  const end = momentOfVintage(vintage);
  return deadline && isAhead(deadline, vintage.knownOn) ? new Date(Math.min(end.getTime(), deadline.endsAt.getTime() - 1)) : end;
}

/** A projection to the deadline that is asked for, or to the next one ahead; or why there is none. */
export async function projection(
  query: Query<"projection">,
  { db, vintage }: Pick<Asked, "db" | "vintage">,
): Promise<Found<Row<"projection">>> {
  const [latest, events, deadlines] = await Promise.all([
    latestOf(db, query.measure, vintage, [query.country]),
    knownEvents(db, vintage),
    knownDeadlines(db, vintage),
  ]);
  const deadline = asked(deadlines, query, vintage);
  if (query.deadline && !deadline) return { found: undefined };
  const trend = endOfTrend(latest.get(query.country), breaksOf(events, query.country, query.measure));
  const made = project(trend, deadline?.endsAt, momentBefore(deadline, vintage));
  const common = {
    country: query.country,
    measure: query.measure,
    deadline: deadline?.statementId ?? null,
    ends_at: deadline?.endsAt.toISOString() ?? null,
  };
  const none = {
    from: null,
    to: null,
    pace_per_day: null,
    pace_days: null,
    needed_per_day: null,
    days: null,
    value: null,
    low: null,
    high: null,
    low_from: null,
    high_from: null,
    rises: null,
  };
  if ("refused" in made) return { found: { ...common, ...none, refused: made.refused } };
  const { pace, needed, band } = made;
  const carried = ({ bound, days, perDay }: typeof band.low) => ({ bound, days, per_day: perDay });
  return {
    found: {
      ...common,
      refused: null,
      from: pace.from.statementId,
      to: pace.to.statementId,
      pace_per_day: pace.perDay,
      pace_days: pace.days,
      needed_per_day: needed.perDay.value,
      days: made.days,
      value: made.value,
      low: made.low,
      high: made.high,
      low_from: carried(band.low),
      high_from: carried(band.high),
      rises: made.rises,
    },
  };
}
