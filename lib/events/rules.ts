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
