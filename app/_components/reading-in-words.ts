import type { Words } from "@/lib/i18n/words";
import type { FigureSnapshot, Snapshot } from "@/lib/snapshots/rules";
import { boundsOf, drawnAt } from "@/lib/trends/rules/bounds";
import type { Flow, NewEntries } from "@/lib/trends/rules/flows";
import type { neededPace, Pace } from "@/lib/trends/rules/pace";
import type { Trend } from "@/lib/trends/rules/pieces";
import type { Carried, project } from "@/lib/trends/rules/projection";
import { perThousand } from "@/lib/trends/rules/shares";
import type { Spread } from "@/lib/trends/rules/spread";

/** What the figures say, the numbers it was worked out from, and what is to be known of one of these. */
export type Line = { text: string; arithmetic?: string; note?: string };

/** From the least to the most a number can be; one-sided where it is open. */
export function rangeInWords({ low, high }: Spread, { t, workedOut }: Words): string {
  if (low !== null && high !== null) return t("reading.range.between", { low: workedOut(low), high: workedOut(high) });
  if (low !== null) return t("reading.range.atLeast", { low: workedOut(low) });
  return high === null ? t("reading.range.open") : t("reading.range.atMost", { high: workedOut(high) });
}

/** A number that was worked out; where it is open, what it is at least or at most. */
export const spreadInWords = (spread: Spread, words: Words) =>
  spread.low === null || spread.high === null ? rangeInWords(spread, words) : words.workedOut(spread.value);

/** A figure within arithmetic: its number, with the words before it where it is open on one side. */
function operand({ answer: { figure } }: FigureSnapshot, words: Words): string {
  const { low, high } = boundsOf(figure);
  return low === null || high === null ? words.figure(figure) : words.number(drawnAt(figure));
}

const bothOf = ({ from, to }: { from: FigureSnapshot; to: FigureSnapshot }, words: Words) => ({
  later: operand(to, words),
  earlier: operand(from, words),
});

/** The pace between two figures. */
export function paceInWords(pace: Pace, words: Words): Line {
  const { t } = words;
  const text = t("reading.pace", { perDay: words.workedOut(pace.perDay.value), range: rangeInWords(pace.perDay, words) });
  const why = pace.open === "spans_touch" ? t("reading.open.spans_touch") : t("reading.open.open_bound");
  return {
    text: pace.open ? `${text} ${why}` : text,
    arithmetic: t("reading.paceArithmetic", {
      ...bothOf(pace, words),
      days: words.days(pace.days),
      from: words.moment(pace.from.asOf),
      to: words.moment(pace.to.asOf),
    }),
  };
}

/** What a projection comes to, or why there is none. */
export function projectionInWords(projection: ReturnType<typeof project>, day: string | undefined, words: Words): Line[] {
  const { t, workedOut } = words;
  if ("refused" in projection) return [{ text: t(`reading.refused.${projection.refused}`) }];
  const { value, low, high, band, days, pace, rises } = projection;
  const lines: Line[] = [
    {
      text: t("reading.projection", { value: workedOut(value), day: day ?? "", low: workedOut(low), high: workedOut(high) }),
      arithmetic: t("reading.projectionArithmetic", {
        figure: operand(pace.to, words),
        days: words.days(days),
        perDay: workedOut(pace.perDay.value),
      }),
    },
  ];
  const carried = ({ bound, days: long, perDay }: Carried) =>
    t("reading.carried", { figure: words.number(bound), days: words.days(long), perDay: workedOut(perDay) });
  lines.push({ text: t("reading.band"), arithmetic: `${carried(band.low)} … ${carried(band.high)}` });
  if (rises) lines.push({ text: t("reading.rises") });
  return lines;
}

/** The pace that would be needed, or why it cannot be said. */
export function neededInWords(needed: ReturnType<typeof neededPace>, day: string, words: Words): Line {
  const { t } = words;
  if ("refused" in needed) return { text: t("reading.neededRefused", { day }) };
  const perDay = spreadInWords(needed.perDay, words);
  return {
    text:
      needed.timesThePace === undefined
        ? t("reading.needed", { day, perDay })
        : t("reading.neededTimes", { day, perDay, times: words.decimal(needed.timesThePace) }),
    arithmetic: t("reading.neededArithmetic", { figure: operand(needed.last, words), days: words.days(needed.days) }),
  };
}

/** The newest figure per 1,000 citizens present; undefined where the record does not carry it. */
export function perThousandInWords(trend: Trend, presents: readonly Snapshot[], words: Words): Line | undefined {
  const last = trend.pieces.at(-1)?.at(-1);
  const share = last && perThousand(last, presents);
  if (!share) return undefined;
  const { figure, present } = share;
  return {
    text: words.t("reading.perThousand", { count: spreadInWords(share.perThousand, words) }),
    arithmetic: words.t("reading.perThousandArithmetic", {
      figure: operand(figure, words),
      present: operand(present, words),
      moment: words.moment(present.asOf),
    }),
    ...(present.note ? { note: present.note } : {}),
  };
}

/** How many between the ends of two figures that count from the same day on, and how many a day. */
export function flowInWords(flow: Flow, words: Words): Line {
  const { t } = words;
  const text = t("reading.flow", {
    measure: t(`measures.${flow.to.measure}`),
    from: words.moment(flow.from.asOf),
    to: words.moment(flow.to.asOf),
    count: words.number(flow.count.value),
    perDay: words.workedOut(flow.perDay.value),
  });
  const range = t("reading.flowRange", { count: rangeInWords(flow.count, words), perDay: rangeInWords(flow.perDay, words) });
  return {
    text: `${text} ${range}`,
    arithmetic: t("reading.flowArithmetic", { ...bothOf(flow, words), days: words.days(flow.days) }),
  };
}

/** How many must have been added between two figures. */
export function newEntriesInWords(entries: NewEntries, words: Words): Line {
  return {
    text: words.t("reading.newEntries", { count: words.workedOut(entries.count.value), range: rangeInWords(entries.count, words) }),
    arithmetic: words.t("reading.newEntriesArithmetic", {
      ...bothOf(entries, words),
      removed: spreadInWords(entries.removals.count, words),
    }),
  };
}
