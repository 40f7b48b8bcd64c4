import type { Drawn } from "@/lib/trends/rules/drawn";
import { percent, type Scales } from "./mark";

const centre = ({ from, to }: Drawn) => (from + to) / 2;

/** The lines that join the figures of a part of a series, from mark to mark. */
export function Changes({ part, scales: { x, y } }: { part: readonly Drawn[]; scales: Scales }) {
  return part.slice(1).map((to, index) => {
    const from = part[index] as Drawn;
    return (
      <line
        className="change"
        key={to.key}
        x1={percent(x(centre(from)))}
        x2={percent(x(centre(to)))}
        y1={Math.round(y(from.value))}
        y2={Math.round(y(to.value))}
      />
    );
  });
}
