import { concerns } from "../countries/rules";
import type { Event } from "../events/rules";
import type { Measure } from "../measures/rules";
import { byRank, type Figure, type FigureSnapshot, hasFigure, overlap, type Snapshot } from "../snapshots/rules";

/** What a figure can mean in persons; null where it is open on that side. */
export type Bounds = { low: number | null; high: number | null };

/**
 * Rule "bounds": an exact figure bounds itself; "about" reaches half the place of the last non-zero
 * digit to either side (113,000 ± 500; 80,000 ± 5,000); "more than" and "less than" are open on one
 * side; "between" is as given. Never below zero.
 */
export function boundsOf(figure: Figure): Bounds {
  switch (figure.qualifier) {
    case "exact":
      return { low: figure.value, high: figure.value };
    case "more_than":
      return { low: figure.value, high: null };
    case "less_than":
      return { low: null, high: figure.value };
    case "between":
      return { low: figure.low, high: figure.high };
    case "about": {
      if (figure.value === 0) return { low: 0, high: 0 };
      let place = 1;
      while (figure.value % (place * 10) === 0) place *= 10;
      return { low: Math.max(0, figure.value - place / 2), high: figure.value + place / 2 };
    }
  }
}

/** The number a figure is drawn at: as said, or the middle of "between". */
export function drawnAt(figure: Figure): number {
  return figure.qualifier === "between" ? (figure.low + figure.high) / 2 : figure.value;
}

/** The middle of the span a figure is about. */
export function centreOf(snapshot: Snapshot): Date {
  return new Date((snapshot.asOf.from.getTime() + snapshot.asOf.to.getTime()) / 2);
}

/** A stock over time: best-ranked figures in pieces that no break and no missing figure lies in, and their rivals. */
export type Trend = { pieces: FigureSnapshot[][]; rivals: FigureSnapshot[]; breaks: Event[] };

/** Rule "breaks": the moments at which the thing counted became another, for one country and measure. */
export function breaksOf(events: readonly Event[], country: string, measure: Measure): Event[] {
  return events.filter((e) => e.kind === "break" && e.measures.includes(measure) && concerns(e, country));
}

/**
 * Rules "best-ranked", "rivals", "breaks" and "gaps": of figures about overlapping spans the
 * best-ranked stands in front and the others beside it; a series is cut at a break and where an
 * entry says that there was no figure; deprecated statements are never in front.
 * @param series statements about one country and one measure, in any order
 */
export function trendOf(series: readonly Snapshot[], breaks: readonly Event[]): Trend {
  const figures = series.filter(hasFigure);
  const front: FigureSnapshot[] = [];
  for (const figure of figures.filter((s) => s.rank !== "deprecated").sort(byRank))
    if (!front.some((s) => overlap(s.asOf, figure.asOf))) front.push(figure);
  const rivals = figures.filter((s) => !front.includes(s));
  front.sort((a, b) => a.asOf.from.getTime() - b.asOf.from.getTime());

  const cuts = [
    ...breaks.map((b) => b.happenedOn.from.getTime()),
    ...series.filter((s) => s.answer.kind === "missing").map((s) => centreOf(s).getTime()),
  ];
  const pieces: FigureSnapshot[][] = [];
  let last: FigureSnapshot | undefined;
  for (const figure of front) {
    const crosses = cuts.some((cut) => figure.asOf.from.getTime() < cut && cut < figure.asOf.to.getTime());
    const cutBefore =
      last === undefined || cuts.some((cut) => centreOf(last as FigureSnapshot).getTime() < cut && cut <= centreOf(figure).getTime());
    if (crosses || cutBefore) pieces.push([figure]);
    else pieces.at(-1)?.push(figure);
    last = crosses ? undefined : figure;
  }
  return { pieces, rivals, breaks: [...breaks] };
}
