import { type Deadline, lastDay } from "@/lib/deadlines/rules";
import type { Words } from "@/lib/i18n/words";
import { hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { drawnAt } from "@/lib/trends/rules/bounds";
import { newEntriesBetween } from "@/lib/trends/rules/flows";
import { latestNeighbours, neededPace, type Pace, paceBetween } from "@/lib/trends/rules/pace";
import type { Trend } from "@/lib/trends/rules/pieces";
import { project } from "@/lib/trends/rules/projection";
import { perThousand } from "@/lib/trends/rules/shares";

type Line = { text: string; arithmetic?: string };

/** The pace between two figures, in words, with its arithmetic. */
export function paceInWords(pace: Pace, words: Words): Line {
  const { t, workedOut } = words;
  const { value, low, high } = pace.perDay;
  return {
    text:
      low === null || high === null
        ? t("reading.paceOpen", { perDay: workedOut(value) })
        : t("reading.pace", { perDay: workedOut(value), low: workedOut(low), high: workedOut(high) }),
    arithmetic: t("reading.paceArithmetic", {
      later: words.number(drawnAt(pace.to.answer.figure)),
      earlier: words.number(drawnAt(pace.from.answer.figure)),
      days: words.decimal(pace.days),
      from: words.moment(pace.from.asOf),
      to: words.moment(pace.to.asOf),
    }),
  };
}

/** What a projection comes to, or why there is none, in words, with its arithmetic. */
export function projectionInWords(projection: ReturnType<typeof project>, day: string | undefined, words: Words): Line[] {
  const { t, workedOut } = words;
  if ("refused" in projection) return [{ text: t(`reading.refused.${projection.refused}`) }];
  const said = words.number(drawnAt(projection.pace.to.answer.figure));
  const lines: Line[] = [
    {
      text: t("reading.projection", {
        value: workedOut(projection.value),
        day: day ?? "",
        low: workedOut(projection.low),
        high: workedOut(projection.high),
      }),
      arithmetic: t("reading.projectionArithmetic", {
        figure: said,
        days: words.decimal(projection.days),
        perDay: workedOut(projection.pace.perDay.value),
      }),
    },
  ];
  if (projection.rises) lines.push({ text: t("reading.rises") });
  return lines;
}

/** The pace that would be needed, in words, with its arithmetic. */
export function neededInWords(needed: ReturnType<typeof neededPace>, day: string, words: Words): Line {
  const { t } = words;
  const perDay = words.workedOut(needed.perDay);
  return {
    text:
      needed.timesThePace === undefined
        ? t("reading.needed", { day, perDay })
        : t("reading.neededTimes", { day, perDay, times: words.decimal(needed.timesThePace) }),
    arithmetic: t("reading.neededArithmetic", {
      figure: words.number(drawnAt(needed.last.answer.figure)),
      days: words.decimal(needed.days),
    }),
  };
}

/** A figure per 1,000 citizens present, in words, with its arithmetic; undefined where the record does not carry it. */
export function perThousandInWords(trend: Trend, presents: readonly Snapshot[], words: Words): Line | undefined {
  const last = trend.pieces.at(-1)?.at(-1);
  const share = last && perThousand(last, presents);
  if (!last || !share) return undefined;
  return {
    text: words.t("reading.perThousand", { count: words.workedOut(share.perThousand) }),
    arithmetic: words.t("reading.perThousandArithmetic", {
      figure: words.number(drawnAt(last.answer.figure)),
      present: words.number(drawnAt(share.present.answer.figure)),
      moment: words.moment(share.present.asOf),
    }),
  };
}

/** Sentences with their arithmetic beneath. */
export function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ul className="reading">
      {lines.map(({ text, arithmetic }) => (
        <li key={text}>
          {text}
          {arithmetic && <small className="line">{arithmetic}</small>}
        </li>
      ))}
    </ul>
  );
}

type Props = {
  trend: Trend;
  presents: readonly Snapshot[];
  removed: readonly Snapshot[];
  deadline: Deadline | undefined;
  at: Date;
  words: Words;
};

/** What the newest figures of a stock say by the published rules, or why they do not say it. */
export function Reading({ trend, presents, removed, deadline, at, words }: Props) {
  const { t } = words;
  const neighbours = latestNeighbours(trend);
  const pace = neighbours && paceBetween(...neighbours);
  const last = trend.pieces.at(-1)?.at(-1);
  const day = deadline && words.day(lastDay(deadline));
  const share = perThousandInWords(trend, presents, words);
  const lines: Line[] = [pace ? paceInWords(pace, words) : { text: t("reading.refused.noPace") }];
  if (deadline && last && day) lines.push(neededInWords(neededPace(last, deadline.endsAt, pace), day, words));
  if (pace) lines.push(...projectionInWords(project(trend, deadline?.endsAt, at), day, words));
  if (share) lines.push(share);
  const entries = neighbours && newEntriesBetween(...neighbours, removed.filter(hasFigure));
  if (entries) lines.push({ text: t("reading.newEntries", { count: words.workedOut(entries.value) }) });
  return (
    <>
      <h3>{t("reading.title")}</h3>
      <Lines lines={lines} />
      <p>
        <a href={`/${words.language}/method`}>{t("reading.method")}</a>
      </p>
    </>
  );
}
