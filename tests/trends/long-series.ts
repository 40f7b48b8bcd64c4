import fc from "fast-check";
import type { Event } from "@/lib/events/rules";
import { dayIn, MOSCOW, momentOf } from "@/lib/moments/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import { figureOf, noFigureOf, unchangedAt } from "../snapshots/statements";

export const DAYS = 500;
export const BEGIN = Date.UTC(2024, 9, 20);
const dayAt = (day: number) => dayIn(MOSCOW, new Date(BEGIN + day * 86_400_000));
const instantAt = (quarter: number) => new Date(BEGIN + quarter * 21_600_000).toISOString().replace(/:00\.000Z$/, "Z");

/** Mostly plain figures of a quarter of a day each, thick or thin; and now and then everything else that is said. */
const statement = fc
  .record({
    quarter: fc.nat(DAYS * 4),
    value: fc.integer({ min: 0, max: 60 }),
    says: fc.constantFrom(
      ...Array.from({ length: 24 }, () => "plain"),
      "about",
      "between",
      "missing",
      "unchanged",
      "preferred",
      "deprecated",
      "month",
      "early",
      "day",
    ),
  })
  .map(({ quarter, value, says }): Snapshot => {
    const [moment, day] = [instantAt(quarter), dayAt(Math.floor(quarter / 4))];
    const told = { knownFrom: new Date(momentOf(moment).to.getTime() + 86_400_000 * (value % 9)) };
    if (says === "about") return figureOf(moment, { qualifier: "about", value }, told);
    if (says === "between") return figureOf(day, { qualifier: "between", low: value, high: value + 10 }, told);
    if (says === "missing") return noFigureOf(day, "declined", told);
    if (says === "unchanged") return unchangedAt(day, told);
    if (says === "preferred" || says === "deprecated") return figureOf(moment, value, { ...told, rank: says });
    if (says === "month") return figureOf(day.slice(0, 7), value, told);
    if (says === "early") return figureOf(moment, value, { knownFrom: new Date(momentOf(moment).from.getTime() - 1) });
    return figureOf(says === "day" ? day : moment, value, told);
  });
export const series = fc.array(statement, { maxLength: 250, size: "max" });
export const breaks = fc.array(
  fc.nat(DAYS).map(
    (day): Event => ({
      statementId: `break-${day}`,
      happenedOn: momentOf(dayAt(day)),
      kind: "break",
      countries: ["ALL"],
      measures: ["gray_list"],
      what: {},
      source: { id: "s", title: "t", url: null },
    }),
  ),
  { maxLength: 3 },
);
