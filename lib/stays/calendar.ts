import { dayOf, numberOf } from "./rules";

/** What a calendar keeps of the last day in time. */
export type CalendarEntry = { day: string; made: string; title: string; text: string; address: string };

/** Days before at which the calendar reminds, each at nine in the morning where the phone is. */
const ALARMS = [14, 7, 1];
const LONGEST_LINE = 75;

/** RFC 5545, 3.3.11: what would end a text or a line is written out; other control characters are not allowed. */
const escaped = (text: string) =>
  text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get in
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");

/** RFC 5545, 3.1: no line is longer than 75 octets, and no letter is cut in two. */
function folded(line: string): string {
  const coder = new TextEncoder();
  let text = "";
  let length = 0;
  for (const letter of line) {
    const octets = coder.encode(letter).length;
    if (length + octets > LONGEST_LINE) {
      text += "\r\n ";
      length = 1;
    }
    text += letter;
    length += octets;
  }
  return text;
}

const compact = (day: string) => day.replace(/-/g, "");

/**
 * One all-day entry as an iCalendar file (RFC 5545) with its alarms; the same entry gives the same bytes.
 * @param entry days as `YYYY-MM-DD`; `made` is the day it was counted on, `address` the page's
 */
export function calendarFile({ day, made, title, text, address }: CalendarEntry): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Muhlat//My 90 days//EN",
    "CALSCALE:GREGORIAN",
    "BEGIN:VEVENT",
    `UID:my-90-days-${compact(day)}@muhlat`,
    `DTSTAMP:${compact(made)}T000000Z`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(dayOf(numberOf(day) + 1))}`,
    "TRANSP:TRANSPARENT",
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    `URL:${address}`,
    ...ALARMS.flatMap((days) => [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      // The day begins at midnight: nine in the morning of the day that lies so many days before.
      `TRIGGER:-P${days - 1}DT15H`,
      "END:VALARM",
    ]),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(folded).join("\r\n")}\r\n`;
}
