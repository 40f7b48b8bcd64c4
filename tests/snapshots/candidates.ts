import type { Event } from "@/lib/events/rules";
import { momentOf } from "@/lib/moments/rules";
import type { Answer, Figure, Snapshot } from "@/lib/snapshots/rules";
import { type Candidate, type Warning, type WarningCode, warningsFor } from "@/lib/snapshots/warnings";
import { figureOf } from "./statements";

const NOW = new Date("2026-03-01T09:00:00Z");

const exact = (value: number): Figure => ({ qualifier: "exact", value });
export const about = (value: number): Figure => ({ qualifier: "about", value });
export const answer = (said: number | Figure, childrenShare: number | null = null): Answer => ({
  kind: "figure",
  figure: typeof said === "number" ? exact(said) : said,
  wording: null,
  childrenShare,
});

/** A candidate for Kyrgyzstan's gray list, told by nobody the record knows. */
export const candidate = (asOf: string, said: number | Figure | Answer, told: Partial<Candidate> = {}): Candidate => ({
  country: "KG",
  measure: "gray_list",
  periodStart: null,
  asOf: momentOf(asOf),
  answer: typeof said === "object" && "kind" in said ? said : answer(said),
  source: { title: "A briefing", publisher: null, speaker: "A consul", publishedOn: null, url: null },
  ...told,
});

export const warnings = (said: Candidate, statements: readonly Snapshot[] = [], events: readonly Event[] = []) =>
  warningsFor(said, { statements, events }, NOW);
export const codes = (said: Candidate, statements: readonly Snapshot[] = [], events: readonly Event[] = []) =>
  warnings(said, statements, events).map(({ code }) => code);
export const found = <Code extends WarningCode>(
  code: Code,
  said: Candidate,
  statements: readonly Snapshot[],
  events: readonly Event[] = [],
) => warnings(said, statements, events).find((w): w is Extract<Warning, { code: Code }> => w.code === code);

/** Six changes of one to four per cent, about ten days apart. */
export const calm = [
  figureOf("2025-10-01", 100_000),
  figureOf("2025-10-11", 98_000),
  figureOf("2025-10-21", 101_000),
  figureOf("2025-11-01", 97_500),
  figureOf("2025-11-11", 98_500),
  figureOf("2025-11-21", 96_000),
  figureOf("2025-12-01", 97_000),
];

/** The other list on the same days. */
export const black = [80_000, 81_500, 80_500, 82_000, 83_000, 82_500, 84_000].map((value, i) =>
  figureOf(calm[i]?.asOf.text ?? "", value, { measure: "black_list" }),
);
export const breakOn = (day: string): Event => ({
  statementId: `break-${day}`,
  happenedOn: momentOf(day),
  kind: "break",
  countries: ["ALL"],
  measures: ["gray_list"],
  what: { en: "Another thing is counted" },
  source: { id: "source", title: "Somewhere", url: null },
});
