import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CalendarEntry, calendarFile } from "@/lib/stays/calendar";
import { anyText } from "./any-text";

const ENTRY: CalendarEntry = {
  day: "2026-12-31",
  made: "2026-11-25",
  title: "Last day",
  text: "No legal advice",
  address: "https://example.org/ky/days",
};

/** The content lines as a calendar reads them: folds undone. */
const linesOf = (file: string) => file.replaceAll("\r\n ", "").split("\r\n");
const valueIn = (file: string, name: string) =>
  linesOf(file)
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
const unescaped = (value = "") => value.replace(/\\([\\;,nN])/g, (_all, sign: string) => (/n/i.test(sign) ? "\n" : sign));

describe("the last day as a calendar's file", () => {
  test("a whole day, three alarms in the morning, and nothing that another making would change", () => {
    const file = calendarFile(ENTRY);
    expect(file).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Muhlat//My 90 days//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:my-90-days-20261231@muhlat",
        "DTSTAMP:20261125T000000Z",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Last day",
        "DESCRIPTION:No legal advice",
        "URL:https://example.org/ky/days",
        ...["P13DT15H", "P6DT15H", "P0DT15H"].flatMap((before) => [
          "BEGIN:VALARM",
          "ACTION:DISPLAY",
          "DESCRIPTION:Last day",
          `TRIGGER:-${before}`,
          "END:VALARM",
        ]),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
    expect(calendarFile({ ...ENTRY })).toBe(file);
  });

  test("each alarm comes at nine in the morning, 14, 7 and 1 days before", () => {
    const hours = [...calendarFile(ENTRY).matchAll(/TRIGGER:-P(\d+)DT(\d+)H/g)].map(([, d, h]) => Number(d) * 24 + Number(h));
    expect(hours.map((before) => [Math.ceil(before / 24), (24 - (before % 24)) % 24])).toEqual([
      [14, 9],
      [7, 9],
      [1, 9],
    ]);
  });

  test("no text changes what the file is made of, and each comes back as it was", () => {
    const bare = linesOf(calendarFile(ENTRY)).length;
    const hostile = fc.oneof(
      anyText(200),
      fc.constantFrom(
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "BEGIN:VALARM\nX:1",
        "\\n;,\\",
        "Мөөнөт".repeat(40),
        "\u202eabc\u2028d",
        "🙂".repeat(60),
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (title, text) => {
        const file = calendarFile({ ...ENTRY, title, text });
        expect(Math.max(...file.split("\r\n").map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
        expect(linesOf(file)).toHaveLength(bare);
        expect(file.replaceAll("\r\n", "")).not.toMatch(/[\p{Cc}]/u);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what the format does not allow
        const told = (given: string) => given.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ");
        expect(unescaped(valueIn(file, "SUMMARY"))).toBe(told(title));
        expect(
          unescaped(
            linesOf(file)
              .filter((line) => line.startsWith("DESCRIPTION:"))[0]
              ?.slice(12),
          ),
        ).toBe(told(text));
      }),
      { numRuns: 150 },
    );
  });
});
