import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { newStatementId } from "../../ledger/write";
import { done, type Failure, invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { type Recorded, recordSnapshot } from "./record";

/** More figures than any one briefing has given; longer lists come by import. */
export const MOST_FIGURES = 50;

/** A source and the figures it gave, each unchecked and in the shape of `snapshotInput` without its source. */
export type Briefing = { source: unknown; figures: readonly Record<string, unknown>[] };

/** The failures of one figure among several, by the names that the whole form has for its fields. */
function fieldsOfRow(failure: Failure, row: number): Record<string, string> | undefined {
  if (failure.code === "forbidden") return { [`figures.${row}.country`]: "not_your_country" };
  if (failure.code !== "invalid") return undefined;
  const named = Object.entries(failure.fields).map(([name, code]) => [name.startsWith("source") ? name : `figures.${row}.${name}`, code]);
  return Object.fromEntries(named);
}

/**
 * Records what one source said, all of it or nothing. Each figure is seen beside those before it, so that
 * the same one twice is told.
 * @returns what became of each figure, in their order; fields refused are named `source.title`, `figures.0.as_of` …
 */
export async function recordBriefing(tx: Database, actor: Actor, sent: Briefing, now: Date): Promise<Outcome<Recorded[]>> {
  if (sent.figures.length === 0) return invalid({ figures: "required" });
  if (sent.figures.length > MOST_FIGURES) return invalid({ figures: "too_many_figures" });
  const briefingId = randomUUID();
  const recorded: Recorded[] = [];
  const fields: Record<string, string> = {};
  const asked: Extract<Failure, { code: "warned" }>["rows"] = [];
  for (const [row, figure] of sent.figures.entries()) {
    const outcome = await recordSnapshot(tx, actor, { ...figure, source: sent.source }, now, newStatementId(), briefingId);
    if (outcome.ok) recorded.push(outcome.value);
    else if (outcome.failure.code === "warned") asked.push(...outcome.failure.rows.map((one) => ({ ...one, row })));
    else {
      const named = fieldsOfRow(outcome.failure, row);
      if (!named) return outcome;
      Object.assign(fields, named);
    }
  }
  if (Object.keys(fields).length > 0) return invalid(fields);
  if (asked.length > 0) return { ok: false, failure: { code: "warned", rows: asked } };
  return done(recorded);
}
