/**
 * Threat: a deadline is shown wrong by a clock or a zone.
 *
 * Seen to fail without its control: with its end taken in UTC instead of its own zone, two of ten failed.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DeadlineState, lastDay, stateOf, turnsAt } from "@/lib/deadlines/rules";
import { dayIn, endOfDay, startOfDay } from "@/lib/moments/rules";
import { deadline } from "../deadlines/deadlines";

// Zones without daylight saving, with it, with half hours, and with days that lack or repeat an hour at midnight.
const ZONES = [
  "Europe/Moscow",
  "Asia/Bishkek",
  "Asia/Dushanbe",
  "Asia/Almaty",
  "Europe/Chisinau",
  "Asia/Kolkata",
  "Asia/Beirut",
  "Africa/Cairo",
  "America/Havana",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Pacific/Apia",
];
const DAY = 86_400_000;

const days = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(Date.UTC(1995, 0, 1) + n * DAY).toISOString().slice(0, 10));
const deadlines = fc
  .record({ day: days, zone: fc.constantFrom(...ZONES), dayCounts: fc.boolean() })
  .map(({ day, zone, dayCounts }) => deadline("any", day, { zone, dayCounts }));
/** Instants around the end: within two months, or within a few seconds. */
const offsets = fc.oneof(fc.integer({ min: -60 * DAY, max: 60 * DAY }), fc.integer({ min: -5000, max: 5000 }));
const at = (end: Date, offset: number) => new Date(end.getTime() + offset);
const state = (of: ReturnType<typeof deadline>, now: Date): DeadlineState => stateOf(of, [of], now);

describe("in any zone, at any instant", () => {
  test("a deadline has passed exactly from its end on", () => {
    fc.assert(
      fc.property(deadlines, offsets, (of, offset) => {
        expect(state(of, at(of.endsAt, offset)).state === "passed").toBe(offset >= 0);
      }),
    );
  });

  test("it is today exactly while its last day runs, and the hours left are fewer than what is left", () => {
    fc.assert(
      fc.property(deadlines, offsets, (of, offset) => {
        const now = at(of.endsAt, offset);
        const stands = state(of, now);
        expect(stands.state === "today").toBe(offset < 0 && now >= startOfDay(lastDay(of), of.zone));
        if (stands.state !== "today") return;
        expect(stands.hoursLeft * 3_600_000).toBeLessThan(-offset);
        expect((stands.hoursLeft + 1) * 3_600_000).toBeGreaterThanOrEqual(-offset);
      }),
    );
  });

  test("the days left are one fewer each midnight of its zone, and none is skipped", () => {
    fc.assert(
      fc.property(deadlines, fc.integer({ min: -60 * DAY, max: -3 * DAY }), (of, offset) => {
        const now = at(of.endsAt, offset);
        const stands = state(of, now);
        const next = state(of, endOfDay(dayIn(of.zone, now), of.zone));
        if (!("daysLeft" in stands && "daysLeft" in next)) throw new Error(`${stands.state}, then ${next.state}`);
        // A zone that crossed the date line has no such day at all.
        expect(stands.daysLeft - next.daysLeft).toBeGreaterThanOrEqual(1);
        expect(stands.daysLeft - next.daysLeft).toBeLessThanOrEqual(2);
      }),
    );
  });

  test("it says the same until it turns, and another thing from then on", () => {
    fc.assert(
      fc.property(deadlines, offsets, fc.double({ min: 0, max: 1, noNaN: true }), (of, offset, part) => {
        const now = at(of.endsAt, offset);
        const turns = turnsAt(of, now);
        if (!turns) throw new Error("it never turns");
        expect(turns.getTime()).toBeGreaterThan(now.getTime());
        const between = new Date(now.getTime() + Math.floor((turns.getTime() - 1 - now.getTime()) * part));
        expect(state(of, between)).toEqual(state(of, now));
        expect(state(of, turns)).not.toEqual(state(of, now));
      }),
    );
  });
});

test("what is cancelled never turns", () => {
  expect(turnsAt(deadline("end", "2025-09-10", { cancelled: true }), new Date("2025-09-01T00:00:00Z"))).toBeUndefined();
});

test.each([
  ["2025-08-10T21:00:00Z", "2025-08-11T21:00:00.000Z"],
  ["2025-09-09T20:59:59Z", "2025-09-09T21:00:00.000Z"],
  ["2025-09-09T21:00:00Z", "2025-09-09T22:00:00.000Z"],
  ["2025-09-10T20:59:00Z", "2025-09-10T21:00:00.000Z"],
  ["2025-09-10T21:00:00Z", "2025-09-11T21:00:00.000Z"],
])("at %s the next turn is %s", (now, turn) => {
  expect(turnsAt(deadline("september", "2025-09-10"), new Date(now))?.toISOString()).toBe(turn);
});
