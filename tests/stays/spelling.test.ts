import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayOf, numberOf } from "@/lib/stays/rules";
import { readDay } from "@/lib/stays/spelling";
import { anyText } from "./any-text";

describe("days as people write them", () => {
  test.each(["2025-07-24", "24.07.2025", "24.7.2025", "24/07/2025", "24-07-2025", "24 07 2025", " 24.07.2025 ", "2025.07.24", "2025/7/24"])(
    "%s",
    (typed) => {
      expect(readDay(typed)).toEqual({ day: "2025-07-24" });
    },
  );

  test.each([
    ["nothing", ""],
    ["a word", "вчера"],
    ["a month alone", "07.2025"],
    ["a short year", "24.07.25"],
    ["the month before the day", "07/24/2025"],
    ["a day that February has not", "30.02.2025"],
    ["a day that only leap years have", "29.02.2025"],
    ["a month too many", "01.13.2025"],
    ["day nought", "00.07.2025"],
    ["more than a day", "24.07.2025 12:00"],
    ["two days", "24.07.2025-25.07.2025"],
    ["a year of five figures", "12025-07-24"],
    ["other figures", "٢٤.٠٧.٢٠٢٥"],
    ["markup", "<b>24.07.2025</b>"],
  ])("%s is none: %s", (_what, typed) => {
    expect(readDay(typed)).toEqual({ code: "not_a_day" });
  });

  test.each(["0025-07-24", "1999-12-31", "31.12.1999", "01.01.2100"])("%s is a slip of the hand", (typed) => {
    expect(readDay(typed)).toEqual({ code: "year_out_of_range" });
  });

  test("every day of the range is read in each way of writing it, and only its own text comes back", () => {
    const number = fc.integer({ min: numberOf("2000-01-01"), max: numberOf("2099-12-31") });
    fc.assert(
      fc.property(number, (given) => {
        const day = dayOf(given);
        const [y, m, d] = day.split("-");
        for (const typed of [day, `${d}.${m}.${y}`, `${Number(d)}/${Number(m)}/${y}`]) expect(readDay(typed)).toEqual({ day });
      }),
    );
  });

  test("nothing that is typed breaks it", () => {
    fc.assert(
      fc.property(anyText(40), (typed) => {
        const { day } = readDay(typed);
        if (day) expect(dayOf(numberOf(day))).toBe(day);
      }),
    );
  });
});
