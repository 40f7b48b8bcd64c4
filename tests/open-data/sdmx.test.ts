import { expect, test } from "vitest";
import { observationStatus } from "@/lib/open-data/sdmx";
import { type Answer, type Figure, MISSING_REASONS, QUALIFIERS } from "@/lib/snapshots/rules";

const figure = (figure: Figure): Answer => ({ kind: "figure", figure, wording: null, childrenShare: null }) as Answer;
const figures: Record<(typeof QUALIFIERS)[number], Figure> = {
  exact: { qualifier: "exact", value: 1 },
  about: { qualifier: "about", value: 1 },
  more_than: { qualifier: "more_than", value: 1 },
  less_than: { qualifier: "less_than", value: 1 },
  between: { qualifier: "between", low: 1, high: 2 },
};

test("an exact figure is a normal value, any other an estimate", () => {
  expect(QUALIFIERS.map((qualifier) => [qualifier, observationStatus(figure(figures[qualifier]))])).toEqual([
    ["exact", "A"],
    ["about", "E"],
    ["more_than", "E"],
    ["less_than", "E"],
    ["between", "E"],
  ]);
});

test("why there is no figure has a code of its own for each reason", () => {
  const missing = (reason: (typeof MISSING_REASONS)[number]) => observationStatus({ kind: "missing", reason });
  expect(Object.fromEntries(MISSING_REASONS.map((reason) => [reason, missing(reason)]))).toEqual({
    not_published: "O",
    declined: "Q",
    did_not_exist: "M",
    not_asked: "L",
  });
  expect(observationStatus({ kind: "unchanged" } as Answer)).toBe("O");
});
