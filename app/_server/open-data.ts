import type { Database } from "@/db/client";
import { corrections, otherCorrections } from "@/lib/corrections/read";
import { listedCountries } from "@/lib/countries/read";
import { ALL } from "@/lib/countries/rules";
import { chainRecords, deadlineTimes, knownDeadlines } from "@/lib/deadlines/read";
import type { CalendarOf } from "@/lib/open-data/calendar";
import { MOST_ENTRIES, type News } from "@/lib/open-data/news";
import { lastFigures } from "@/lib/snapshots/read";
import type { Vintage } from "@/lib/vintage";
import { originOf, readSettings } from "@/settings";

const zoneOf = async (db: Database, country: string, vintage: Vintage) =>
  (await listedCountries(db, vintage)).find(({ code }) => code === country)?.zone;

/** Everything a country's calendar is made from. */
export async function calendarRecord(db: Database, country: string, vintage: Vintage): Promise<CalendarOf> {
  return {
    country,
    zone: await zoneOf(db, country, vintage),
    deadlines: await knownDeadlines(db, vintage),
    chains: await chainRecords(db),
    origin: originOf(readSettings()),
  };
}

/** Everything a country's feed is made from; ALL is everybody's. */
export async function newsRecord(db: Database, country: string, vintage: Vintage): Promise<News> {
  const whose = country === ALL ? undefined : country;
  return {
    country,
    zone: await zoneOf(db, country, vintage),
    origin: originOf(readSettings()),
    deadlines: await knownDeadlines(db, vintage),
    times: await deadlineTimes(db),
    figures: await lastFigures(db, whose, vintage, MOST_ENTRIES),
    corrections: await corrections(db, MOST_ENTRIES, whose),
    otherCorrections: await otherCorrections(db, MOST_ENTRIES, whose),
  };
}
