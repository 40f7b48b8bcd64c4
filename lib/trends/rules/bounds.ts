import type { Figure, Snapshot } from "../../snapshots/rules";

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
