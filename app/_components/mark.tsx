import type { Drawn } from "@/lib/trends/rules/drawn";

/** Where things stand in a chart: `x` in percent of its width for an instant, `y` in pixels from its top for persons. */
export type Scales = { x: (at: number) => number; y: (value: number) => number };

export const percent = (n: number) => `${Math.round(n * 100) / 100}%`;

const KINDS = { front: "mark", rival: "mark rival", candidate: "mark candidate" };

type Props = { figure: Drawn; kind?: keyof typeof KINDS; scales: Scales };

/** One figure: filled when exact, hollow when vague; a bar over its span, a line over its bounds, an arrow where they are open. */
export function Mark({ figure, kind = "front", scales: { x, y } }: Props) {
  const { low, high, exact } = figure;
  const level = Math.round(y(figure.value));
  const upper = high === null ? level - 16 : Math.round(y(high));
  const lower = low === null ? level + 16 : Math.round(y(low));
  return (
    <g className={KINDS[kind]}>
      <line className="span" x1={percent(x(figure.from))} x2={percent(x(figure.to))} y1={level} y2={level} />
      <svg x={percent(x((figure.from + figure.to) / 2))} y={level} width="1" height="1" overflow="visible" aria-hidden="true">
        {!exact && <line className="bounds" x1="0" x2="0" y1={upper - level} y2={lower - level} />}
        {high === null && <path className="open" d={`M-4 ${upper - level + 5}L0 ${upper - level}L4 ${upper - level + 5}`} />}
        {low === null && <path className="open" d={`M-4 ${lower - level - 5}L0 ${lower - level}L4 ${lower - level - 5}`} />}
        {kind === "rival" ? (
          <path className="dot vague" d="M0-5L5 0L0 5L-5 0Z" />
        ) : (
          <circle className={exact ? "dot" : "dot vague"} r={kind === "candidate" ? 6.5 : 4.5} />
        )}
      </svg>
    </g>
  );
}
