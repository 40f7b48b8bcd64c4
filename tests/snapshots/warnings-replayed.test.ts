import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import type { Measure } from "@/lib/measures/rules";
import { momentOf } from "@/lib/moments/rules";
import type { Figure, Snapshot } from "@/lib/snapshots/rules";
import { type Candidate, needsConfirmation, warningsFor } from "@/lib/snapshots/warnings";
import { answer, breakOn, candidate, codes } from "./candidates";
import { figureOf } from "./statements";

describe("the starter record, recorded in the order of publication", () => {
  const folder = path.resolve(import.meta.dirname, "../../data/starter");
  const rows: Record<string, string>[] = parse(readFileSync(path.join(folder, "statements.csv")), { columns: true, bom: true });
  const registryOpens = breakOn("2025-02-05");
  const publishedTo = (row: Record<string, string>) => momentOf(row.published_on ?? "").to;

  /** What each statement would have been told, by what was published before it; notes left out. */
  function replayed() {
    const before: Snapshot[] = [];
    const told: Record<string, string[]> = {};
    for (const row of [...rows].sort((a, b) => publishedTo(a).getTime() - publishedTo(b).getTime())) {
      const figure = { qualifier: row.qualifier, value: Number(row.value) } as Figure;
      const source = {
        title: row.source_title ?? "",
        publisher: null,
        speaker: row.speaker || null,
        publishedOn: row.published_on || null,
        url: row.source_url || null,
      };
      const said: Candidate = {
        statementId: row.id,
        restates: row.restates || null,
        country: row.country ?? "",
        measure: row.measure as Measure,
        periodStart: row.period_start || null,
        asOf: momentOf(row.as_of ?? ""),
        answer: answer(figure, row.children_share ? Number(row.children_share) : null),
        source,
      };
      const counting = before.filter((s) => !before.some((later) => later.restates === s.statementId));
      const warned = warningsFor(said, { statements: counting, events: [registryOpens] }, publishedTo(row));
      if (warned.some(needsConfirmation)) told[row.id ?? ""] = warned.filter(needsConfirmation).map(({ code }) => code);
      before.push(
        figureOf(said.asOf.text, figure, {
          ...(said as Pick<Snapshot, "country" | "measure" | "periodStart">),
          restates: row.restates || null,
          knownFrom: publishedTo(row),
          source: { ...source, id: row.id ?? "", speakerRole: null },
          ...({ statementId: row.id } as object),
        }),
      );
    }
    return told;
  }

  // The rule "out of range" adds nothing here: in January 34,786 is the lowest so far, but within what the levels allow.
  test("one of its 41 statements would have been asked about: from 128,497 in November to 34,786 in January", () => {
    expect(rows).toHaveLength(41);
    expect(replayed()).toEqual({ "kg-gray-list-2026-01-15": ["jump"] });
  });

  test("its series is what a slip would have been seen by", () => {
    const known = rows
      .filter((row) => row.country === "KG" && (row.measure === "gray_list" || row.measure === "black_list"))
      .map((row) =>
        figureOf(row.as_of ?? "", { qualifier: row.qualifier, value: Number(row.value) } as Figure, { measure: row.measure as Measure }),
      );
    const slips = [3_400, 340_000, 83_900].map((value) => codes(candidate("2026-02-05", value), known, [registryOpens]));
    expect(slips).toEqual([["jump"], ["jump"], ["mixed_up_list", "jump"]]);
    expect(codes(candidate("2026-02-05", 33_000), known, [registryOpens])).toEqual([]);

    const tenMonthsOn = (value: number) =>
      warningsFor(candidate("2026-11-30", value), { statements: known, events: [registryOpens] }, new Date("2026-12-01T09:00:00Z"));
    expect(tenMonthsOn(340_000).map(({ code }) => code)).toEqual(["out_of_range"]);
    expect(tenMonthsOn(33_000)).toEqual([]);
  });
});
