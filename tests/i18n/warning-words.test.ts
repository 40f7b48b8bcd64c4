import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { warningInWords } from "@/lib/i18n/warning-words";
import { wordsFor } from "@/lib/i18n/words";
import type { Snapshot } from "@/lib/snapshots/rules";
import { type Candidate, WARNINGS, type WarningCode } from "@/lib/snapshots/warnings";
import { answer, black, calm, candidate, found } from "../snapshots/candidates";
import { figureOf, unchangedAt } from "../snapshots/statements";

describe("every warning in words", () => {
  const flow = (at: string, value: number) => figureOf(at, value, { measure: "left", periodStart: "2025-01-01" });
  const asFlow = { measure: "left" as const, periodStart: "2025-01-01" };
  const EXAMPLES: [WarningCode, Candidate, Snapshot[], string][] = [
    ["jump", candidate("2025-12-11", 980_000), calm, "980,000 (11 December 2025) is at least 10.1 times 97,000 (1 December 2025)"],
    [
      "out_of_range",
      candidate("2026-02-20", 84_000),
      calm,
      "the lowest is 96,000 (21 November 2025), the highest 101,000 (21 October 2025). Their middle is 98,000; by how far they usually lie from it, the limit is 92,900.",
    ],
    ["too_few_figures", candidate("2025-12-11", 9), [], "5 changes are needed, this series has 0"],
    [
      "mixed_up_list",
      candidate("2025-12-02", 84_100),
      [...calm, ...black],
      "84,100 is close to “Black list” (84,000, 1 December 2025) and far from “Gray list”",
    ],
    [
      "flow_goes_down",
      candidate("2025-10-01", 13_000, asFlow),
      [flow("2025-09-01", 14_000)],
      "14,000 up to 1 September 2025, then only 13,000 up to 1 October 2025",
    ],
    ["stock_for_flow", candidate("2025-10-01", 34_786, asFlow), [figureOf("2025-10-01", 34_786)], "34,786 is counted over a period here"],
    ["flow_for_stock", candidate("2025-10-01", 34_786), [flow("2025-10-01", 34_786)], "34,786 is the count at a moment here"],
    ["period_start_missing", candidate("2025-10-01", 9, { measure: "left" }), [flow("2025-09-01", 14_000)], "counts from 1 January 2025"],
    ["children_share_unusual", candidate("2025-10-01", answer(9, 1)), [], "100% means that all of them are children"],
    ["span_into_future", candidate("2026-02-20/2026-03-02", 9), [], "today is 1 March 2026"],
    [
      "already_there",
      candidate("2025-10-01", { kind: "unchanged" }),
      [
        unchangedAt("2025-10-01", {
          source: { id: "", title: "A briefing", publisher: null, speaker: null, speakerRole: null, publishedOn: null, url: null },
        }),
      ],
      "Asked again, unchanged (1 October 2025)",
    ],
    [
      "rival",
      candidate("2025-10-01", 9),
      [figureOf("2025-10-01", 8)],
      "9 will stand in front of what others said about the same time: 8 (1 October 2025).",
    ],
    [
      "above_present",
      candidate("2025-10-01", 900),
      [figureOf("2025-06", 800, { measure: "present" })],
      "900 is more than all citizens present in Russia: 800 (June 2025).",
    ],
    ["unchanged_without_figure", candidate("2025-10-01", { kind: "unchanged" }), [], "by 1 October 2025"],
  ];

  test("there is an example of each", () => {
    expect(EXAMPLES.map(([code]) => code).sort()).toEqual(Object.keys(WARNINGS).sort());
  });

  test.each(EXAMPLES)("%s", (code, said, statements, sentence) => {
    const warning = found(code, said, statements);
    expect(warning && warningInWords(warning, wordsFor("en"))).toContain(sentence);
    const inAll = languages.map((language) => warning && warningInWords(warning, wordsFor(language)));
    expect(new Set(inAll).size).toBe(languages.length);
  });
});
