import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { Words } from "@/lib/i18n/words";
import { momentOf } from "@/lib/moments/rules";
import type { FigureSnapshot } from "@/lib/snapshots/rules";
import type { Trial } from "@/lib/trends/rules/back-test";
import { boundsOf, drawnAt } from "@/lib/trends/rules/bounds";
import { Sign } from "./chart-key";
import { percent } from "./mark";

/** Height of what stands for one projection: its days, and its band beneath; pixels. */
const ROW = 44;
/** Bands keep this far from the sides, in percent of the width. */
const SIDE = 3;

/** The days on which a projection could be made, in words. */
export const daysOf = ({ firstDay, lastDay }: Trial, { moment }: Words): string =>
  moment({ text: firstDay === lastDay ? firstDay : `${firstDay}/${lastDay}` });

/** The same, as short as the picture wants it; the year stands in the table. */
const shortDays = ({ firstDay, lastDay }: Trial, { dayShort }: Words): string =>
  [...new Set([firstDay, lastDay])].map((day) => dayShort(momentOf(day).from)).join(" – ");

type Props = { country: string; trials: readonly Trial[]; outcome: FigureSnapshot | undefined; words: Words };

/** The bands of one deadline under each other, with a line through all of them where what came stands; its numbers are those of the table. */
export function BackTestPicture({ country, trials, outcome, words }: Props) {
  const { t, number } = words;
  const came = outcome && { value: drawnAt(outcome.answer.figure), ...boundsOf(outcome.answer.figure) };
  const [least = 0, most = 1] = extent([
    ...trials.flatMap(({ projection: { low, high } }) => [low, high]),
    ...(came ? [came.value, came.low ?? came.value, came.high ?? came.value] : []),
  ]);
  const scale = scaleLinear([least, most], [SIDE, 100 - SIDE]).nice(3);
  const [from = least, to = most] = scale.domain();
  const floor = trials.length * ROW + 6;
  const alternative = outcome
    ? t("backTest.picture", { country: words.country(country), outcome: words.figure(outcome.answer.figure) })
    : t("backTest.pictureAlone", { country: words.country(country) });
  const across = (low: number, high: number) => ({ x: percent(scale(low)), width: percent(scale(high) - scale(low)) });
  return (
    <figure className="trend back-test">
      <svg role="img" aria-label={alternative} width="100%" height={floor + 26}>
        {scale.ticks(3).map((value) => (
          <line className="grid" key={value} x1={percent(scale(value))} x2={percent(scale(value))} y1="0" y2={floor} />
        ))}
        {trials.map(({ firstDay, projection: { low, high, value } }, index) => (
          <g key={firstDay}>
            <rect className="reach" {...across(low, high)} y={index * ROW + 23} height="14" />
            <line className="projected" x1={percent(scale(value))} x2={percent(scale(value))} y1={index * ROW + 20} y2={index * ROW + 40} />
          </g>
        ))}
        {came && (
          <>
            <rect className="came-reach" {...across(came.low ?? from, came.high ?? to)} y="0" height={floor} />
            <line className="came" x1={percent(scale(came.value))} x2={percent(scale(came.value))} y1="0" y2={floor} />
          </>
        )}
        {trials.map((trial, index) => (
          <text key={trial.firstDay} className="over" x="0" y={index * ROW + 16}>
            {shortDays(trial, words)}
          </text>
        ))}
        {scale.ticks(3).map((value) => (
          <text
            key={value}
            x={percent(scale(value))}
            y={floor + 18}
            textAnchor={scale(value) < 10 ? "start" : scale(value) > 90 ? "end" : "middle"}
          >
            {number(value)}
          </text>
        ))}
      </svg>
      <figcaption>
        <ul className="key">
          <Sign width={22} text={t("backTest.keyBand")}>
            <rect className="reach" x="1" y="2" width="20" height="10" />
          </Sign>
          <Sign width={22} text={t("backTest.keyValue")}>
            <line className="projected" x1="11" x2="11" y1="1" y2="13" />
          </Sign>
          {came && (
            <Sign width={22} text={t("backTest.keyCame")}>
              <line className="came" x1="11" x2="11" y1="1" y2="13" />
            </Sign>
          )}
        </ul>
      </figcaption>
    </figure>
  );
}
