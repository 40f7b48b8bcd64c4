import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { corrections, otherCorrections } from "@/lib/corrections/read";
import { ALL } from "@/lib/countries/rules";
import { chainRecords, deadlineTimes, knownDeadlines } from "@/lib/deadlines/read";
import { announceDeadline, correctDeadline, withdrawDeadline } from "@/lib/deadlines/write";
import { recordEvent, withdrawEvent } from "@/lib/events/write";
import { wordsFor } from "@/lib/i18n/words";
import { act } from "@/lib/ledger/write";
import { calendarOf } from "@/lib/open-data/calendar";
import { atomOf } from "@/lib/open-data/feed";
import { feedOf, MOST_ENTRIES } from "@/lib/open-data/news";
import type { Outcome } from "@/lib/outcome";
import { lastFigures } from "@/lib/snapshots/read";
import { correctSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { today } from "@/lib/vintage";
import { byIcalJs, byNodeIcal } from "../open-data/parsed";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, deadline, event, figure, NOW, recorded } from "../setup/record";

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await addPeople(database.staff, CENTRAL);
});
afterAll(() => database.close());

const doing = async <T>(work: (tx: Database) => Promise<Outcome<T>>) => accepted(await act(database.staff, work));
const origin = "https://muhlat.example";
const change = (statementId: string, replacesRevision: number) => ({ statementId, replacesRevision, reason: "A reason" });

async function calendar(country = "KG") {
  const { reader } = database;
  const record = {
    country,
    zone: "Asia/Bishkek",
    deadlines: await knownDeadlines(reader, today(NOW)),
    chains: await chainRecords(reader),
    origin,
  };
  return calendarOf(record, wordsFor("en"));
}

async function feed(country: string) {
  const { reader } = database;
  const whose = country === ALL ? undefined : country;
  const news = {
    country,
    zone: undefined,
    origin,
    deadlines: await knownDeadlines(reader, today(NOW)),
    times: await deadlineTimes(reader),
    figures: await lastFigures(reader, whose, today(NOW), MOST_ENTRIES),
    corrections: await corrections(reader, MOST_ENTRIES, whose),
    otherCorrections: await otherCorrections(reader, MOST_ENTRIES, whose),
  };
  return feedOf(news, wordsFor("en"));
}

/** What both programs read of the one event, and that they read the same. */
async function read(country = "KG") {
  const text = await calendar(country);
  const { events, alarms } = byIcalJs(text);
  expect(byNodeIcal(text)).toEqual(events);
  expect(events).toHaveLength(1);
  return { ...events[0], alarms: alarms[0] };
}

describe("a calendar of the record", () => {
  const sent = deadline({ chain: "stay", countries: ["KG", "TJ"] });
  const alarmsOf = (...days: string[]) => days.map((day) => `${day}T07:00:00.000Z`);

  test("keeps its event through extension, correction, withdrawal and cancellation, and its sequence only rises", async () => {
    const first = await doing((tx) => announceDeadline(tx, CENTRAL, sent, NOW));
    const announced = await read();
    expect(announced).toMatchObject({
      uid: "stay@muhlat.example",
      sequence: 0,
      start: "2026-09-09T21:00:00.000Z",
      end: "2026-09-10T20:59:00.000Z",
      status: "CONFIRMED",
      alarms: alarmsOf("2026-08-11", "2026-09-03", "2026-09-09"),
    });
    expect(await calendar()).toBe(await calendar());

    const next = await doing((tx) =>
      announceDeadline(tx, CENTRAL, { ...sent, countries: ["KG"], replaces: first, falls_on: "2026-12-31" }, NOW),
    );
    expect(await read()).toMatchObject({
      uid: announced.uid,
      sequence: 1,
      start: "2026-12-30T21:00:00.000Z",
      end: "2026-12-31T20:59:00.000Z",
      alarms: alarmsOf("2026-12-01", "2026-12-24", "2026-12-30"),
    });
    expect((await read()).description).toContain("10 September 2026: extended");
    // The extension leaves Tajik citizens out: theirs stays where it was.
    expect(await read("TJ")).toMatchObject({ sequence: 1, end: announced.end });

    const corrected = { ...sent, countries: ["KG"], replaces: first, falls_on: "2026-12-30" };
    await doing((tx) => correctDeadline(tx, CENTRAL, change(next, 1), corrected, NOW));
    expect(await read()).toMatchObject({
      sequence: 2,
      end: "2026-12-30T20:59:00.000Z",
      alarms: alarmsOf("2026-11-30", "2026-12-23", "2026-12-29"),
    });

    await doing((tx) => withdrawDeadline(tx, CENTRAL, change(next, 2)));
    expect(await read()).toMatchObject({ sequence: 3, end: announced.end });

    await doing((tx) => announceDeadline(tx, CENTRAL, { ...sent, replaces: first, cancelled: true }, NOW));
    expect(await read()).toMatchObject({ uid: announced.uid, sequence: 4, status: "CANCELLED", end: announced.end, alarms: [] });
  });

  test("has nothing for whom nothing binds", async () => {
    expect(byIcalJs(await calendar("UZ")).events).toEqual([]);
  });
});

describe("a feed of the record", () => {
  test("tells a figure when it is recorded and again when it is corrected; a withdrawn one as withdrawn", async () => {
    const statementId = await recorded(database.staff, { country: "UZ", value: 5000 });
    const titles = async (country: string) => (await feed(country)).entries.map(({ title }) => title);
    expect(await titles("UZ")).toEqual(["Uzbekistan, Gray list: about 5,000"]);
    const [before] = (await feed("UZ")).entries;
    await doing((tx) => correctSnapshot(tx, CENTRAL, change(statementId, 1), figure({ country: "UZ", value: 6000 }), NOW));
    const [figureEntry, correction] = (await feed("UZ")).entries;
    expect(correction).toMatchObject({ title: "Corrected: Uzbekistan, Gray list", author: "Muhlat" });
    expect(figureEntry).toMatchObject({ id: before?.id, title: "Uzbekistan, Gray list: about 6,000", published: before?.published });
    expect(figureEntry?.updated.getTime()).toBeGreaterThan(before?.updated.getTime() ?? Number.NaN);
    await doing((tx) => withdrawSnapshot(tx, CENTRAL, change(statementId, 2)));
    expect(await titles("UZ")).toEqual(["Corrected: Uzbekistan, Gray list", "Corrected: Uzbekistan, Gray list"]);
    expect(atomOf(await feed("UZ"))).toContain("withdrawn");
    expect(await titles("KG")).not.toContain("Corrected: Uzbekistan, Gray list");
    expect(await titles("ALL")).toContain("Corrected: Uzbekistan, Gray list");
  });

  test("tells corrections of deadlines and events to those they concern", async () => {
    const id = await doing((tx) => recordEvent(tx, CENTRAL, event({ countries: ["AM"] }), NOW));
    await doing((tx) => withdrawEvent(tx, CENTRAL, change(id, 1)));
    const most = deadline({ chain: "most", countries: ["ALL"], except_countries: ["AM"] });
    const all = await doing((tx) => announceDeadline(tx, CENTRAL, most, NOW));
    await doing((tx) => correctDeadline(tx, CENTRAL, change(all, 1), { ...most, falls_on: "2026-11-11" }, NOW));
    const titles = async (country: string) => (await feed(country)).entries.map(({ title }) => title);
    expect(await titles("AM")).toEqual(["Corrected: Event, 1 September 2025"]);
    expect(await titles("AZ")).toEqual([
      "Deadline 11 November 2026: Citizens of all countries except Armenia",
      "Corrected: Deadline, 10 September 2026",
    ]);
  });
});
