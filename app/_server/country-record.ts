import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { seriesBetween } from "@/lib/explore/read";
import { type Measure, measureCodes } from "@/lib/measures/rules";
import { hasMoreThan, snapshotsOfCountry } from "@/lib/snapshots/read";
import type { Snapshot } from "@/lib/snapshots/rules";
import type { Vintage } from "@/lib/vintage";

/** So many statements about a country are read and drawn whole; of each longer series, about so many plain ones are. */
const WHOLE = 400;
const EACH = 150;

/** The statements about a country, each series newest as-of first; `of` says how many there are of a series that was thinned. */
async function statementsAbout(
  db: Database,
  code: string,
  vintage: Vintage,
): Promise<{ snapshots: Snapshot[]; of: ReadonlyMap<Measure, number> }> {
  if (!(await hasMoreThan(db, code, WHOLE))) return { snapshots: await snapshotsOfCountry(db, code, vintage), of: new Map() };
  const series = await Promise.all(
    measureCodes.map(async (measure) => {
      const read = await seriesBetween(db, { countries: [code], measure, most: EACH }, vintage);
      return { measure, ...(read.get(code) ?? { statements: [], of: 0 }) };
    }),
  );
  return {
    snapshots: series.flatMap(({ statements }) => statements),
    of: new Map(series.filter(({ statements, of }) => of > statements.length).map(({ measure, of }) => [measure, of])),
  };
}

/** A country's deadlines, as the vintage knows them. */
export async function countryDeadlines(db: Database, code: string, vintage: Vintage) {
  return {
    code,
    facts: (await listedCountries(db, vintage)).find((c) => c.code === code),
    deadlines: await knownDeadlines(db, vintage),
  };
}

/** Everything a country's page shows, as the vintage knows it. */
export async function countryRecord(db: Database, code: string, vintage: Vintage) {
  return {
    ...(await countryDeadlines(db, code, vintage)),
    ...(await statementsAbout(db, code, vintage)),
    events: await knownEvents(db, vintage),
  };
}

export type CountryRecord = Awaited<ReturnType<typeof countryRecord>>;
