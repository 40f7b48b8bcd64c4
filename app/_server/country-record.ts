import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { snapshotsOfCountry } from "@/lib/snapshots/read";
import type { Vintage } from "@/lib/vintage";

/** Everything a country's page shows, as the vintage knows it. */
export async function countryRecord(db: Database, code: string, vintage: Vintage) {
  return {
    code,
    facts: (await listedCountries(db, vintage)).find((c) => c.code === code),
    snapshots: await snapshotsOfCountry(db, code, vintage),
    deadlines: await knownDeadlines(db, vintage),
    events: await knownEvents(db, vintage),
  };
}

export type CountryRecord = Awaited<ReturnType<typeof countryRecord>>;
