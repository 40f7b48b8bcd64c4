import { byRank, type FigureSnapshot, frontOf, hasFigure, overlap, type Snapshot } from "./rules";

/**
 * Why one of two figures about an overlapping time stands in front: its rank; of equal ones that it became known later, or
 * else the order of their names; that all the others are set aside; or that the better ranked of the two stands behind a third.
 */
export type Precedence =
  | { code: "rank" | "name" | "others_aside" | "other_yields" }
  /** The instants from which the one in front and the other were known. */
  | { code: "known_later"; front: Date; other: Date };

/** How a figure stands among those about its time. */
export type Standing = {
  /** The other figures about an overlapping time, best ranked first. */
  rivals: FigureSnapshot[];
  /** Those of them that stand in front where they are, by statement. */
  inFront: Set<string>;
  /** The figure that stands in front here: this one, or a rival; undefined where none does. */
  front: FigureSnapshot | undefined;
  /** Why that one does; undefined where there is nothing to stand in front of. */
  why: Precedence | undefined;
};

function precedence(front: Snapshot, other: Snapshot): Precedence {
  if (byRank(front, other) > 0) return { code: "other_yields" };
  if (front.rank !== other.rank) return { code: "rank" };
  if (front.knownFrom.getTime() === other.knownFrom.getTime()) return { code: "name" };
  return { code: "known_later", front: front.knownFrom, other: other.knownFrom };
}

/**
 * Rules "best-ranked" and "rivals", asked of one figure: which others are about its time, which stands in front and why.
 * @param of a figure that counts
 * @param contenders every figure of its count that overlaps it, overlaps one of these, and so on
 */
export function standingOf(of: Snapshot, contenders: readonly Snapshot[]): Standing {
  const figures = contenders.filter(hasFigure);
  const inFront = frontOf(figures);
  const rivals = figures.filter((s) => s.statementId !== of.statementId && overlap(s.asOf, of.asOf)).sort(byRank);
  const itself = inFront.find((s) => s.statementId === of.statementId);
  const ahead = rivals.filter((s) => inFront.includes(s));
  const front = itself ?? ahead[0];
  const others = itself ? rivals.filter((s) => s.rank !== "deprecated") : [of];
  const [other] = others;
  const why = other && front ? precedence(front, other) : rivals.length > 0 && itself ? { code: "others_aside" as const } : undefined;
  return { rivals, inFront: new Set(inFront.map((s) => s.statementId)), front, why };
}
