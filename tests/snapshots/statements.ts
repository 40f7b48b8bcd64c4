import { momentOf } from "@/lib/moments/rules";
import type { Answer, Figure, FigureSnapshot, MissingReason, Snapshot } from "@/lib/snapshots/rules";

type Told = Partial<Omit<Snapshot, "answer" | "asOf" | "statementId">>;

let made = 0;

function statement(asOf: string, answer: Answer, told: Told): Snapshot {
  made += 1;
  return {
    statementId: `statement-${String(made).padStart(5, "0")}`,
    revision: 1,
    country: "KG",
    measure: "gray_list",
    periodStart: null,
    asOf: momentOf(asOf),
    answer,
    note: null,
    rank: "normal",
    restates: null,
    recordedAt: new Date("2026-01-01T00:00:00Z"),
    knownFrom: new Date("2026-01-01T00:00:00Z"),
    source: { id: "source", title: "Somewhere", publisher: null, speaker: null, speakerRole: null, publishedOn: null, url: null },
    ...told,
  };
}

/** A statement that says how many were on Kyrgyzstan's gray list at a moment; a number is an exact figure. */
export function figureOf(asOf: string, said: number | Figure, told: Told = {}): FigureSnapshot {
  const figure: Figure = typeof said === "number" ? { qualifier: "exact", value: said } : said;
  return statement(asOf, { kind: "figure", figure, wording: null, childrenShare: null }, told) as FigureSnapshot;
}

/** A statement that there was no figure. */
export const noFigureOf = (asOf: string, reason: MissingReason = "declined", told: Told = {}): Snapshot =>
  statement(asOf, { kind: "missing", reason }, told);

/** A statement that nothing had changed. */
export const unchangedAt = (asOf: string, told: Told = {}): Snapshot => statement(asOf, { kind: "unchanged" }, told);

/** A day on which something became known. */
export const knownOn = (day: string) => ({ knownFrom: momentOf(day).to });
