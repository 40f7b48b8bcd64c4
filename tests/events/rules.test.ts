import { expect, test } from "vitest";
import { drawnOtherwise, type Mark } from "@/lib/events/rules";

const mark: Mark = { happenedOn: "2025-02-05", kind: "break", countries: ["KG", "TJ"], measures: ["gray_list", "left"] };

test.each<[string, Partial<Mark>, boolean]>([
  ["nothing", {}, false],
  ["the order of countries and counts", { countries: ["TJ", "KG"], measures: ["left", "gray_list"] }, false],
  ["the day", { happenedOn: "2025-02" }, true],
  ["the kind", { kind: "law" }, true],
  ["a country", { countries: ["KG"] }, true],
  ["a count", { measures: [] }, true],
])("with %s changed it is drawn otherwise: %s", (_what, changes, otherwise) => {
  expect(drawnOtherwise(mark, { ...mark, ...changes })).toBe(otherwise);
});
