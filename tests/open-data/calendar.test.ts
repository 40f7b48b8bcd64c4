import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { calendarOf } from "@/lib/open-data/calendar";
import { april, deadline, september } from "../deadlines/deadlines";
import { english, of } from "./calendars";
import { byIcalJs, byNodeIcal } from "./parsed";

describe("a calendar", () => {
  test("tells the deadline that stands, to two programs alike: when, what, how often it was changed", () => {
    const text = english([april, september]);
    const { events, alarms, name } = byIcalJs(text);
    expect(name).toBe("Kyrgyzstan: deadlines (Muhlat)");
    expect(events).toMatchObject([
      {
        uid: "regularisation@muhlat.example",
        sequence: 1,
        start: "2025-09-09T21:00:00.000Z",
        end: "2025-09-10T20:59:00.000Z",
        status: "CONFIRMED",
        summary: "Last day: gray list, Kyrgyzstan",
      },
    ]);
    expect(byNodeIcal(text)).toEqual(events);
    expect(alarms).toEqual([["2025-08-11T07:00:00.000Z", "2025-09-03T07:00:00.000Z", "2025-09-09T07:00:00.000Z"]]);
    for (const said of [
      "10 September 2025, 23:59 in Moscow",
      "11 September 2025, 02:59 in Bishkek",
      "The day itself still counts.",
      "Citizens of all countries · Those on the gray list",
      "Legal basis: Decree",
      "30 April 2025: extended",
      "https://muhlat.example/en/countries/kg",
    ])
      expect(events[0]?.description.split("\n").join(" ")).toContain(said);
  });

  test("tells what is cancelled as cancelled, without an alarm", () => {
    const text = english([april, september, deadline("gone", "2025-09-10", { replaces: "september", cancelled: true })]);
    const { events } = byIcalJs(text);
    expect(events).toMatchObject([{ status: "CANCELLED", sequence: 2, alarms: 0, summary: "Cancelled: Last day: gray list, Kyrgyzstan" }]);
    expect(events[0]?.description).toContain("no longer holds");
    expect(byNodeIcal(text)).toEqual(events);
  });

  test("ends the day before where the day itself does not count", () => {
    const { events } = byIcalJs(english([deadline("one", "2025-09-10", { dayCounts: false })]));
    expect(events).toMatchObject([{ start: "2025-09-08T21:00:00.000Z", end: "2025-09-09T20:59:00.000Z" }]);
    expect(events[0]?.description).toContain("The day 10 September 2025 itself no longer counts.");
  });

  test("leaves out what does not bind the country, and is whole without any event", () => {
    const text = english([deadline("other", "2025-09-10", { countries: ["TJ"] })]);
    expect(byIcalJs(text)).toMatchObject({ events: [], name: "Kyrgyzstan: deadlines (Muhlat)" });
    expect(byNodeIcal(text)).toEqual([]);
  });

  test.each(languages)("speaks %s, names the language's own page, and the same record makes the same bytes", (language) => {
    const words = wordsFor(language);
    const text = calendarOf(of([april, september]), words);
    expect(calendarOf(of([april, september]), words)).toBe(text);
    const [event] = byIcalJs(text).events;
    expect(event?.description).toContain(words.t("deadline.inMoscow", { day: words.day("2025-09-10"), time: "23:59" }));
    expect(event?.description).toContain(`https://muhlat.example/${language}/countries/kg`);
    expect(event?.summary).toContain(words.country("KG"));
    expect(byNodeIcal(text)).toEqual([event]);
    expect(text).toContain("REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n");
    expect(text).toContain("DTSTAMP:20250516T100000Z\r\n");
    expect(text).toContain("LAST-MODIFIED:20250516T100000Z\r\n");
  });
});

const ZONES = [
  "Europe/Moscow",
  "Europe/Berlin",
  "Asia/Tashkent",
  "Asia/Vladivostok",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Asia/Kathmandu",
];

test("whatever zone and day: the right instants in both programs, alarms at ten in Moscow on the right days", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 3000 }), fc.boolean(), (zone, days, dayCounts) => {
      const fallsOn = Temporal.PlainDate.from("2022-01-01").add({ days }).toString();
      const one = deadline("one", fallsOn, { zone, dayCounts });
      const text = english([one]);
      const { events, alarms } = byIcalJs(text);
      expect(events.map(({ end }) => end)).toEqual([new Date(one.endsAt.getTime() - 60_000).toISOString()]);
      expect(byNodeIcal(text)).toEqual(events);
      const last = Temporal.PlainDate.from(fallsOn).subtract({ days: dayCounts ? 0 : 1 });
      const wanted = [30, 7, 1].map((before) => Temporal.Instant.from(`${last.subtract({ days: before })}T07:00:00Z`));
      const [sound = []] = alarms;
      expect(sound.length).toBe(wanted.length);
      for (const [index, instant] of wanted.entries()) {
        // On a day on which the zone's clocks change, programs count the hours of an alarm by one or the other clock.
        const there = instant.toZonedDateTimeISO(zone);
        const changes = there.startOfDay().offset !== there.add({ days: 1 }).startOfDay().offset;
        const apart = Math.abs(Date.parse(sound[index] ?? "") - instant.epochMilliseconds);
        expect(apart, `${zone}, ${instant}`).toBeLessThanOrEqual(changes ? 3_600_000 : 0);
      }
    }),
    { numRuns: 150 },
  );
});
