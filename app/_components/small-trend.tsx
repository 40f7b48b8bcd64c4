import type { Drawn, DrawnSeries } from "@/lib/trends/rules/drawn";
import { Changes } from "./changes";
import { Mark, type Scales } from "./mark";

const HEIGHT = 120;
const TOP = 20;
const FLOOR = 110;
/** Figures keep this far from the sides, in percent of the width, so that marks are never cut. */
const SIDE = 5;

/** A straight scale; in the middle where the two ends are one. */
function along(first: number, last: number, from: number, to: number): (n: number) => number {
  return (n) => (last === first ? (from + to) / 2 : from + ((n - first) / (last - first)) * (to - from));
}

type Props = {
  series: DrawnSeries;
  /** The figure being entered; drawn larger and in a colour of its own, joined to nothing. */
  candidate?: Drawn | undefined;
  /** The picture in words. */
  alternative: string;
};

/** A series at a glance, with the figure being entered; plain data in, so that a form can draw it again as one types. */
export function SmallTrend({ series: { lines, rivals }, candidate, alternative }: Props) {
  const figures = [...lines.flat(), ...rivals, ...(candidate ? [candidate] : [])];
  if (figures.length === 0) return null;
  const first = figures.reduce((least, f) => Math.min(least, f.from), Number.POSITIVE_INFINITY);
  const last = figures.reduce((most, f) => Math.max(most, f.to), Number.NEGATIVE_INFINITY);
  const top = figures.reduce((most, f) => Math.max(most, f.high ?? f.value), 1);
  const scales: Scales = { x: along(first, last, SIDE, 100 - SIDE), y: along(0, top, FLOOR, TOP) };
  return (
    <svg className="small-trend" role="img" aria-label={alternative} width="100%" height={HEIGHT}>
      <line className="grid" x1="0" x2="100%" y1={FLOOR} y2={FLOOR} />
      {lines.map((line) => (
        <Changes key={line[0]?.key} part={line} scales={scales} />
      ))}
      {rivals.map((figure) => (
        <Mark key={figure.key} figure={figure} kind="rival" scales={scales} />
      ))}
      {lines.flat().map((figure) => (
        <Mark key={figure.key} figure={figure} scales={scales} />
      ))}
      {candidate && <Mark figure={candidate} kind="candidate" scales={scales} />}
    </svg>
  );
}
