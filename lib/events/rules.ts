import type { Measure } from "../measures/rules";
import type { Moment } from "../moments/rules";

/** A dated fact that charts draw. A break cuts the series of its measures: no change is computed across it. */
export type Event = {
  statementId: string;
  happenedOn: Moment;
  kind: "context" | "law" | "break";
  countries: string[];
  measures: Measure[];
  what: Partial<Record<"en" | "ru" | "ky" | "uz" | "tg", string>>;
  source: { id: string; title: string; url: string | null };
};

/** What of an event the charts draw, its moment as text. */
export type Mark = { happenedOn: string; kind: string; countries: readonly string[]; measures: readonly string[] };

/** Whether two draw another mark or cut, or only say the same one otherwise. */
export function drawnOtherwise(one: Mark, other: Mark): boolean {
  const drawn = ({ happenedOn, kind, countries, measures }: Mark) =>
    JSON.stringify([happenedOn, kind, [...countries].sort(), [...measures].sort()]);
  return drawn(one) !== drawn(other);
}
