import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { outlinesOf, seriesBetween } from "@/lib/explore/read";
import type { Measure } from "@/lib/measures/rules";
import { hasMoreThan, measuresOf, snapshotsOfCountry } from "@/lib/snapshots/read";
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
    (await measuresOf(db, code)).map(async (measure) => {
      const read = await seriesBetween(db, { countries: [code], measure, most: EACH }, vintage);
      return { measure, ...(read.get(code) ?? { statements: [], of: 0 }) };
    }),
  );
  return {
    snapshots: series.flatMap(({ statements }) => statements),
    of: new Map(series.filter(({ statements, of }) => of > statements.length).map(({ measure, of }) => [measure, of])),
  };
}

/** The statements about certain counts of a country for who draws nothing: all about it, or, where these are more than 400, the outline of each series. */
export async function outlineAbout(db: Database, code: string, vintage: Vintage, measures: readonly Measure[]): Promise<Snapshot[]> {
  if (!(await hasMoreThan(db, code, WHOLE))) return snapshotsOfCountry(db, code, vintage);
  const there = (await measuresOf(db, code)).filter((measure) => measures.includes(measure));
  const series = await Promise.all(there.map((measure) => outlinesOf(db, { countries: [code], measure }, vintage)));
  return series.flatMap((of) => of.get(code) ?? []);
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
