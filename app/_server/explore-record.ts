import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { ALL, type CountryFacts } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { latestOf, newsDays, seriesBetween } from "@/lib/explore/read";
import { plotted } from "@/lib/explore/rules/plotted";
import { type Since, sinceThen } from "@/lib/explore/rules/since";
import { boundsOfView, type View } from "@/lib/explore/rules/view";
import { recordedUntil } from "@/lib/ledger/read";
import type { Measure } from "@/lib/measures/rules";
import { hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { momentOfVintage, today, type Vintage } from "@/lib/vintage";

/** As many plain figures of a country are drawn at most; more than that stand closer than a pixel of a phone. */
const MOST_DRAWN = 400;
/** So many countries stand in the picture where an address names none. */
const MOST_UNASKED = 8;
/** A series that says how many citizens are present, or were taken off, is read whole. */
const WHOLE = 2000;
/** Of a series whose first figure alone is wanted. */
const FEW = 4;

/** The countries that a view shows: those it names, else of those with a figure the last counted. */
function shownIn(view: View, latest: Awaited<ReturnType<typeof latestOf>>): string[] {
  if (view.countries.length > 0) return [...view.countries];
  const known = [...latest]
    .filter(([code]) => code !== ALL)
    .sort(([, a], [, b]) => b.newest.asOf.to.getTime() - a.newest.asOf.to.getTime());
  const some = known.slice(0, MOST_UNASKED).map(([code]) => code);
  return some.length > 0 ? some.sort() : [ALL];
}

/** Everything an explore page shows, as its vintage knows it. */
export async function exploreRecord(db: Database, view: View, now: Date) {
  const present = today(now);
  const vintage: Vintage = view.vintage ?? present;
  const at = view.vintage ? momentOfVintage(view.vintage) : now;
  const { from, to } = boundsOfView(view);
  const range = { ...(from && { from }), ...(to && { to }) };
  const [latest, events, deadlines, listed, recorded] = await Promise.all([
    latestOf(db, view.measure, vintage),
    knownEvents(db, vintage),
    knownDeadlines(db, vintage),
    listedCountries(db, vintage),
    recordedUntil(db),
  ]);
  const countries = shownIn(view, latest);
  const seriesOf = (measure: Measure) => seriesBetween(db, { countries, measure, most: WHOLE }, vintage);
  const [series, presents, removed, later, news] = await Promise.all([
    seriesBetween(db, { countries, measure: view.measure, ...range, most: MOST_DRAWN }, vintage),
    seriesOf("present"),
    view.measure === "gray_list" ? seriesOf("removed") : undefined,
    view.vintage ? seriesBetween(db, { countries, measure: view.measure, ...range, most: MOST_DRAWN }, present) : undefined,
    newsDays(db, countries, view.measure, present),
  ]);
  const statements = (of: Awaited<typeof series> | undefined, code: string): readonly Snapshot[] => of?.get(code)?.statements ?? [];
  const plots = countries.map((code) => plotted(code, statements(series, code), statements(presents, code), events, view));
  const since: Since | undefined =
    later &&
    sinceThen(
      countries.flatMap((code) => statements(series, code)),
      countries.flatMap((code) => statements(later, code)),
    );
  const counts = [...series.values()];
  const whole = from || to ? await seriesBetween(db, { countries, measure: view.measure, most: FEW }, vintage) : series;
  const begins = [...whole.values()].flatMap(({ statements: some }) => some.filter(hasFigure).map((s) => s.asOf.from.getTime()));
  return {
    view,
    vintage,
    /** Both dates, for an address that is to answer the same for ever. */
    pinned: { knownOn: vintage.knownOn, recordedAt: vintage.recordedAt ?? recorded ?? now },
    at,
    plots,
    latest,
    events,
    deadlines,
    countries: offered(listed, countries),
    presents: new Map(countries.map((code) => [code, statements(presents, code)])),
    removed: new Map(countries.map((code) => [code, statements(removed, code)])),
    since,
    news,
    /** When the first figure that is known begins, whatever the view shows of it. */
    earliest: begins.length > 0 ? new Date(begins.reduce((a, b) => Math.min(a, b))) : undefined,
    thinned: {
      drawn: counts.reduce((sum, { statements: some }) => sum + some.length, 0),
      all: counts.reduce((sum, { of }) => sum + of, 0),
    },
  };
}

/** The countries one can choose from: those that are recorded, and those shown. */
function offered(listed: readonly CountryFacts[], shown: readonly string[]): string[] {
  return [...new Set([...listed.map(({ code }) => code), ...shown])];
}

export type ExploreRecord = Awaited<ReturnType<typeof exploreRecord>>;
