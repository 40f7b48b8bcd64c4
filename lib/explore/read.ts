import { max, min } from "d3-array";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { concerns, countryCodes } from "../countries/rules";
import type { Measure } from "../measures/rules";
import { dayIn, MOSCOW, momentOf } from "../moments/rules";
import { byRank, type FigureSnapshot, overlap, type Snapshot, settledFront } from "../snapshots/rules";
import { type Break, keptOf, stretchFor } from "../trends/rules/thinned";
import { knownBy, rowsAsRecorded, type Vintage } from "../vintage";
import { listed, readingOf } from "./as-recorded";
import { allPlain, alwaysDrawn, atCuts, toBeKept } from "./candidates";
import { type Asked, touches } from "./conditions";
import { counted } from "./counted";
import { lastFigures } from "./last-figures";
import type { Latest } from "./rules/latest";

/** What is kept of a series for a drawing, newest as-of first, and how many statements there are in all. */
export type Thinned = { statements: Snapshot[]; of: number };

/** News of so many days are told at most. */
const MOST_DAYS = 400;

/** How many of the last figures of each country are looked at first, and how many times more where these do not settle it. */
const FIRST_LOOK = 4;
const LONGER_LOOK = 16;

function byCountry(statements: readonly Snapshot[]): Map<string, Snapshot[]> {
  const found = new Map<string, Snapshot[]>();
  for (const statement of statements) {
    const those = found.get(statement.country);
    if (those) those.push(statement);
    else found.set(statement.country, [statement]);
  }
  return found;
}

/** Each statement once: one may be found in several ways, or changed while it was looked for. */
const once = (statements: readonly Snapshot[]) => [...new Map(statements.map((s) => [s.statementId, s])).values()];

const newestFirst = (a: Snapshot, b: Snapshot) =>
  b.asOf.to.getTime() - a.asOf.to.getTime() ||
  b.asOf.from.getTime() - a.asOf.from.getTime() ||
  b.knownFrom.getTime() - a.knownFrom.getTime() ||
  (a.statementId < b.statementId ? -1 : 1);

/** The breaks of one measure, with the countries they concern. */
async function breaksIn(db: Database, measure: Measure, vintage: Vintage): Promise<(Break & { countries: string[] })[]> {
  const rows = await db.execute<{ happened_on: string; countries: string[] }>(sql`
    select happened_on, countries from ${rowsAsRecorded("events", vintage)} as row where kind = 'break' and ${measure} = any(measures)`);
  return rows.map((row) => ({ happenedOn: momentOf(row.happened_on), countries: row.countries }));
}

/**
 * The statements about one measure of some countries that count in the vintage and whose spans touch [from, to),
 * thinned by the rule of that name to about `most` plain ones a country. By country, every one that was asked for.
 * @param asked `from` the first instant, `to` the first after; undefined means no end on that side
 */
export async function seriesBetween(
  db: Database,
  asked: { countries: readonly string[]; measure: Measure; from?: Date; to?: Date; most: number },
  vintage: Vintage,
): Promise<Map<string, Thinned>> {
  const { measure, from, to, most } = asked;
  const countries = [...new Set(asked.countries)];
  const within: Asked = { countries, measure, from, to, knownBy: knownBy(vintage) };
  const reading = await readingOf(db, countries, measure, vintage);
  const [counts, always, breaks] = await Promise.all([
    counted(db, within, reading),
    alwaysDrawn(db, within, reading),
    breaksIn(db, measure, vintage),
  ]);
  const known = byCountry([...always, ...reading.otherwise.filter((s) => touches(s, within))]);
  const series = countries.map((country) => {
    const [drawn, of] = [once(known.get(country) ?? []), counts.get(country) ?? 0];
    const ends = drawn.map((s) => s.asOf.to);
    const stretch = stretchFor(of, min(ends) ?? new Date(0), max(ends) ?? new Date(0), most);
    return { country, drawn, of, stretch, breaks: breaks.filter((one) => concerns(one, country)) };
  });
  // By days so short a time is thinned that all of it is read.
  const long = series.flatMap(({ stretch, ...one }) =>
    stretch && stretch !== "quarter_day" && stretch !== "day" ? { ...one, stretch } : [],
  );
  const short = countries.filter((country) => !long.some((one) => one.country === country));
  const plain = await Promise.all([allPlain(db, { ...within, countries: short }, reading), toBeKept(db, within, reading, long)]);
  const rest = byCountry(plain.flat());
  return new Map(
    series.map(({ country, drawn, of, stretch, breaks }) => {
      const found = once([...drawn, ...(rest.get(country) ?? [])]);
      return [country, { statements: (stretch ? keptOf(found, stretch, breaks) : found).sort(newestFirst), of }];
    }),
  );
}

/**
 * The outline of series of one measure, by country, newest as-of first: all that thinning never leaves out, and next to
 * nothing else. Where the pieces of a trend begin and end, its last neighbours, and with them pace and projection, are
 * those of the whole series; however long it is, as much is read as is not plain.
 */
export async function outlinesOf(
  db: Database,
  asked: { countries: readonly string[]; measure: Measure },
  vintage: Vintage,
): Promise<Map<string, Snapshot[]>> {
  const countries = [...new Set(asked.countries)];
  const within: Asked = { countries, measure: asked.measure, from: undefined, to: undefined, knownBy: knownBy(vintage) };
  const reading = await readingOf(db, countries, asked.measure, vintage);
  const [always, breaks] = await Promise.all([alwaysDrawn(db, within, reading), breaksIn(db, asked.measure, vintage)]);
  const known = byCountry([...always, ...reading.otherwise]);
  const series = countries.map((country) => ({
    country,
    drawn: known.get(country) ?? [],
    breaks: breaks.filter((one) => concerns(one, country)),
  }));
  const beside = byCountry(await atCuts(db, within, reading, series));
  return new Map(series.map(({ country, drawn }) => [country, once([...drawn, ...(beside.get(country) ?? [])]).sort(newestFirst)]));
}

/** The newest figure in front of a series and what stands beside it. */
function latestAmong(front: readonly FigureSnapshot[], figures: readonly FigureSnapshot[], breaks: readonly Break[]): Latest | undefined {
  const [newest, before] = [front.at(-1), front.at(-2)];
  if (!newest) return undefined;
  const parted = breaks.some(({ happenedOn }) => before && before.asOf.from < happenedOn.from && happenedOn.from < newest.asOf.to);
  const rivals = figures.filter((s) => s !== newest && overlap(s.asOf, newest.asOf)).sort(byRank);
  return { newest, before: parted ? undefined : before, rivals };
}

/**
 * Of one measure the newest figure in front of each country, and its neighbour: the one in front before it, unless a
 * break lies within or between them. Countries without a figure are not in it.
 * @param countries those asked about; all where left out
 */
export async function latestOf(
  db: Database,
  measure: Measure,
  vintage: Vintage,
  countries: readonly string[] = countryCodes,
): Promise<Map<string, Latest>> {
  const [reading, breaks] = await Promise.all([readingOf(db, countries, measure, vintage), breaksIn(db, measure, vintage)]);
  const found = new Map<string, Latest>();
  let left = [...countries];
  for (let many = FIRST_LOOK; left.length > 0; many *= LONGER_LOOK) {
    const lasts = await lastFigures(
      db,
      { countries: left, measure, from: undefined, to: undefined, knownBy: knownBy(vintage) },
      reading,
      many,
    );
    left = left.filter((country) => {
      const { figures, since } = lasts.get(country) ?? { figures: [], since: undefined };
      const front = settledFront(figures, since);
      // Two are enough to answer, unless nothing is left to look at.
      if (since && front.length < 2) return true;
      const latest = latestAmong(
        front,
        figures,
        breaks.filter((one) => concerns(one, country)),
      );
      if (latest) found.set(country, latest);
      return false;
    });
  }
  return found;
}

/**
 * The Moscow days on which something became known of these series, restated statements included, oldest first: the last
 * 400 of them at most, none after the vintage's.
 */
export async function newsDays(db: Database, countries: readonly string[], measure: Measure, until: Vintage): Promise<string[]> {
  const { same, stood } = await readingOf(db, countries, measure, until);
  const row = sql`row`;
  // What is known at midnight was known on the day before.
  const news = sql`select ((row.known_from at time zone 'Europe/Moscow') - interval '1 microsecond')::date as day
    from unnest(${listed(countries)}) as asked(country)
    cross join lateral (
      select known_from from derived.snapshots row
      where row.country || ' ' || row.measure = asked.country || ' ' || ${measure} and ${same(row)}`;
  const last = sql`order by row.known_from desc limit 1) row order by day desc limit 1`;
  // From each day to the one before it, by an index: however many statements there are.
  const rows = await db.execute<{ day: string }>(sql`
    with recursive news(day) as (
      (${news} ${last})
      union all
      select before.day from news cross join lateral (
        ${news} and row.known_from <= (news.day::timestamp at time zone 'Europe/Moscow') ${last}
      ) before
    )
    select day::text from news limit ${MOST_DAYS}`);
  const days = new Set([...rows.map((one) => one.day), ...stood.map((s) => dayIn(MOSCOW, new Date(s.knownFrom.getTime() - 1)))]);
  return [...days].sort().slice(-MOST_DAYS);
}
