import type { ChainRecord, Deadline } from "@/lib/deadlines/rules";
import { wordsFor } from "@/lib/i18n/words";
import { type CalendarOf, calendarOf } from "@/lib/open-data/calendar";

export const recorded = (revisions: number): ChainRecord => ({ revisions, lastRecordedAt: new Date("2025-05-16T10:00:00.123Z") });
export const of = (deadlines: readonly Deadline[], more: Partial<CalendarOf> = {}): CalendarOf => ({
  country: "KG",
  zone: "Asia/Bishkek",
  deadlines,
  chains: new Map(deadlines.map(({ chain }) => [chain, recorded(deadlines.length)])),
  origin: "https://muhlat.example",
  ...more,
});
export const english = (deadlines: readonly Deadline[], more: Partial<CalendarOf> = {}) => calendarOf(of(deadlines, more), wordsFor("en"));

export const lines = (text: string) => text.split("\r\n");
/** The frame of a calendar: its parts and the names of their properties, whatever is said in them. */
export const frame = (text: string) =>
  lines(text)
    .filter((line) => line !== "" && !line.startsWith(" "))
    .map((line) => (/^(BEGIN|END):/.test(line) ? line : line.split(/[:;]/)[0]));
