import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { boundsInWords } from "@/app/_components/bounds-in-words";
import { Rivals } from "@/app/_components/snapshot-rivals";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import type { Figure, FigureSnapshot } from "@/lib/snapshots/rules";
import { standingOf } from "@/lib/snapshots/standing";
import { figureOf, knownOn } from "../snapshots/statements";

const english = wordsFor("en");

describe("what a figure can mean, and by which part of the rule", () => {
  test.each<[Figure, string]>([
    [
      { qualifier: "about", value: 113_000 },
      "“about 113,000” means 112,500 to 113,500: half the place of its last digit that is not zero, 500, to either side.",
    ],
    [
      { qualifier: "about", value: 73_278 },
      "“about 73,278” means 73,277.5 to 73,278.5: half the place of its last digit that is not zero, 0.5, to either side.",
    ],
    [{ qualifier: "exact", value: 34_786 }, "The source gives an exact number: 34,786 and nothing else."],
    [{ qualifier: "about", value: 0 }, "The source gives an exact number: 0 and nothing else."],
    [{ qualifier: "more_than", value: 128_497 }, "Open above: 128,497 or more. Nobody said how many at most."],
    [{ qualifier: "less_than", value: 84_000 }, "Open below: 84,000 at most. Nobody said how many at least."],
    [{ qualifier: "between", low: 10, high: 20 }, "The source itself gives both ends: 10 and 20."],
  ])("%j", (figure, words) => {
    expect(boundsInWords(figure, english)).toBe(words);
  });

  test.each(languages)("with its numbers in %s too", (language) => {
    const words = wordsFor(language);
    const text = boundsInWords({ qualifier: "about", value: 113_000 }, words);
    for (const number of [112_500, 113_500, 500]) expect(text).toContain(words.number(number));
  });
});

describe("the other statements about its time", () => {
  const early = figureOf("2025-11", { qualifier: "more_than", value: 128_497 }, knownOn("2025-12-26"));
  const late = figureOf("2025-11", { qualifier: "about", value: 124_000 }, knownOn("2026-01-30"));
  const said = (of: FigureSnapshot, others: FigureSnapshot[], reasons: [string, string][] = [], counts = true) => {
    const standing = { ...standingOf(of, [of, ...others]), counts, reasons: new Map(reasons) };
    const html = renderToStaticMarkup(<Rivals snapshot={of} standing={standing} vintage={undefined} words={english} />);
    return html
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
  };

  test("say which stands in front, and why", () => {
    expect(said(early, [late])).toBe(
      "Other statements about the same time In front of this statement stands another: about 124,000. " +
        "Both have the same rank, and it became known later: 30 January 2026, the other 26 December 2025. " +
        "about 124,000 · stands in front as of November 2025 · known since 30 January 2026 Source: Somewhere (no web address was seen)",
    );
    expect(said(late, [early])).toContain("This statement stands in front. Both have the same rank, and it became known later");
  });

  test("give the reasons of their ranks", () => {
    const aside = { ...late, rank: "deprecated" as const };
    const text = said(early, [aside], [[aside.statementId, "It counts something else"]]);
    expect(text).toContain("This statement stands in front. The others are set aside.");
    expect(text).toContain("· set aside");
    expect(text).toContain("Reason for the rank: It counts something else");
    expect(said(aside, [early], [[aside.statementId, "It counts something else"]])).toContain(
      "This statement is set aside: it never stands in front. In front of this statement stands another: more than 128,497. It has the better rank. Reason for the rank: It counts something else",
    );
  });

  test("are none, said in words; and one that was replaced is weighed against nobody", () => {
    expect(said(early, [])).toBe("Other statements about the same time No other statement about the same time is known.");
    expect(said(early, [late], [], false)).not.toContain("rank");
    expect(said(early, [], [], false)).toBe("");
  });
});
