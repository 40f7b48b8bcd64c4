import { describe, expect, test } from "vitest";
import { dateFormat, dayText } from "@/lib/imports/files/cell-formats";

describe("what a format shows of a date", () => {
  test.each([
    ["dd\\.mm\\.yyyy", "day"],
    ["[$-419]d\\ mmm\\ yyyy;@", "day"],
    ["[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "day"],
    ["dd/mm/yy\\ h:mm;@", "minute"],
    ["d/m/yyyy h:mm:ss AM/PM", "minute"],
    ['[$-419]mmmm\\ yyyy" г.";@', "month"],
    ["mmm\\-yy", "month"],
    ["yyyy", "year"],
    ["[h]:mm", undefined],
    ["mm:ss", undefined],
    ["General", undefined],
    ["0.00E+00", undefined],
    ["#,##0\\ [$₽-419]", undefined],
    ['#,##0" days"', undefined],
    ["[Red]#,##0_d", undefined],
    ["@", undefined],
  ] as const)("%s", (code, format) => expect(dateFormat(code)).toBe(format));
});

describe("days by number", () => {
  test.each([
    [45862, "day", false, "2025-07-24"],
    [45862.99, "day", false, "2025-07-24"],
    [44400, "day", true, "2025-07-24"],
    [45862, "month", false, "2025-07"],
    [45862, "year", false, "2025"],
    [45862, "minute", false, "2025-07-24"],
    [45862.395833333336, "minute", false, "2025-07-24T09:30"],
    [45862.99999, "minute", false, "2025-07-25"],
    [1, "day", false, "1900-01-01"],
    [59, "day", false, "1900-02-28"],
    [60, "day", false, undefined],
    [61, "day", false, "1900-03-01"],
    [0, "day", true, "1904-01-01"],
    [2_958_465, "day", false, "9999-12-31"],
    [2_958_466, "day", false, undefined],
    [-1, "day", false, undefined],
  ] as const)("%s as %s", (serial, format, from1904, text) => expect(dayText(serial, format, from1904)).toBe(text));
});
