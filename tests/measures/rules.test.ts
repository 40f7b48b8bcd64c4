import { expect, test } from "vitest";
import { isFlow, isMeasure, LISTS, MEASURES, measureCodes } from "@/lib/measures/rules";

const STOCKS = ["gray_list", "black_list", "present"] as const;
const FLOWS = ["regularised", "left", "removed", "expelled", "deported"] as const;

test("a measure counts how many at a moment or how many over a period", () => {
  expect(measureCodes).toEqual([...STOCKS, ...FLOWS]);
  expect(STOCKS.filter(isFlow)).toEqual([]);
  expect(FLOWS.filter(isFlow)).toEqual(FLOWS);
  expect(Object.keys(MEASURES)).toEqual(measureCodes);
});

test("the lists are the gray and the black one", () => {
  expect(LISTS).toEqual(["gray_list", "black_list"]);
});

test.each([...STOCKS, ...FLOWS])("%s is a measure", (code) => {
  expect(isMeasure(code)).toBe(true);
});

test.each(["grey_list", "GRAY_LIST", "gray list", "", "constructor", "__proto__", "toString", "hasOwnProperty"])(
  "%j is no measure",
  (code) => {
    expect(isMeasure(code)).toBe(false);
  },
);
