import type { Database } from "@/db/client";
import { listedCountries } from "@/lib/countries/read";
import { ALL, type CountryFacts } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { latestOf, newsDays, seriesBetween } from "@/lib/explore/read";
import { commonBase, plotted } from "@/lib/explore/rules/plotted";
import { type Since, sinceThen } from "@/lib/explore/rules/since";
import { boundsOfView, type View } from "@/lib/explore/rules/view";
import { newestRecording } from "@/lib/ledger/recordings";
import type { Measure } from "@/lib/measures/rules";
import { standingAmong } from "@/lib/snapshots/read";
import { hasFigure, type Snapshot } from "@/lib/snapshots/rules";
import { breaksOf, trendOf } from "@/lib/trends/rules/pieces";
import { momentOfVintage, today, type Vintage } from "@/lib/vintage";

/** As many plain figures are drawn at most: of one country, and of all together. More than that stand closer than a pixel of a phone. */
const MOST_DRAWN = { each: 400, all: 1200 };
/** So many countries stand in the picture where an address names none. */
const MOST_UNASKED = 8;
/** A series that says how many citizens are present, or were taken off, is read whole. */
const WHOLE = 2000;

/** The countries that a view shows: those it names, else of those with a figure the last counted. */
function shownIn(view: View, latest: Awaited<ReturnType<typeof latestOf>>): string[] {
  if (view.countries.length > 0) return [...view.countries];
  const known = [...latest]
    .filter(([code]) => code !== ALL)
    .sort(([, a], [, b]) => b.newest.asOf.to.getTime() - a.newest.asOf.to.getTime());
  const some = known.slice(0, MOST_UNASKED).map(([code]) => code);
  return some.length > 0 ? some.sort() : [ALL];
}

/**
 * The series of a view in a vintage. The rules read them whole; what a range looks at closely is read closely besides.
 */
async function seriesOf(db: Database, countries: readonly string[], view: View, vintage: Vintage) {
  const { from, to } = boundsOfView(view);
  const most = Math.min(MOST_DRAWN.each, Math.ceil(MOST_DRAWN.all / countries.length));
  const asked = { countries, measure: view.measure, most };
  const whole = await seriesBetween(db, asked, vintage);
  const near = from || to ? await seriesBetween(db, { ...asked, ...(from && { from }), ...(to && { to }) }, vintage) : whole;
  const counts = [...near.values()];
  return {
    of: (code: string): Snapshot[] => {
      const both = [...(whole.get(code)?.statements ?? []), ...(near.get(code)?.statements ?? [])];
      return [...new Map(both.map((statement) => [statement.statementId, statement])).values()];
    },
    /** Those of them that the view's range touches. */
    near: countries.flatMap((code) => near.get(code)?.statements ?? []),
    thinned: {
      drawn: counts.reduce((sum, { statements }) => sum + statements.length, 0),
      all: counts.reduce((sum, { of }) => sum + of, 0),
    },
  };
}

const goneIn = ({ marks }: Since): number => [...marks.values()].filter((mark) => mark === "gone").length;

/** Everything an explore page shows, as its vintage knows it. */
export async function exploreRecord(db: Database, view: View, now: Date) {
  const present = today(now);
  const vintage: Vintage = view.vintage ?? present;
  const at = view.vintage ? momentOfVintage(view.vintage) : now;
  const [latest, events, deadlines, listed, recorded] = await Promise.all([
    latestOf(db, view.measure, vintage),
    knownEvents(db, vintage),
    knownDeadlines(db, vintage),
    listedCountries(db, vintage),
    newestRecording(db),
  ]);
  const countries = shownIn(view, latest);
  const beside = (measure: Measure) => seriesBetween(db, { countries, measure, most: WHOLE }, vintage);
  const [series, presents, removed, later, news] = await Promise.all([
    seriesOf(db, countries, view, vintage),
    beside("present"),
    view.measure === "gray_list" ? beside("removed") : undefined,
    view.vintage ? seriesOf(db, countries, view, present) : undefined,
    newsDays(db, countries, view.measure, present),
  ]);
  // What is thinned then need not be kept now: it is asked for by its name before it is called gone.
  const missed = later && series.near.filter(({ statementId }) => !later.near.some((one) => one.statementId === statementId));
  const still =
    missed && missed.length > 0 && (later?.thinned.drawn ?? 0) < (later?.thinned.all ?? 0) ? await standingAmong(db, missed, present) : [];
  const since = later && sinceThen(series.near, [...later.near, ...still]);
  const base = commonBase(countries.map((code) => trendOf(series.of(code), breaksOf(events, code, view.measure))));
  const presentsOf = (code: string) => presents.get(code)?.statements ?? [];
  const starts = countries.flatMap((code) => series.of(code).filter(hasFigure)).map(({ asOf }) => asOf.from.getTime());
  return {
    view,
    vintage,
    /** Both dates, for an address that is to answer the same for ever. */
    pinned: { knownOn: vintage.knownOn, recordedAt: vintage.recordedAt ?? recorded },
    at,
    plots: countries.map((code) => plotted(code, series.of(code), presentsOf(code), events, view, base)),
    latest,
    events,
    deadlines,
    countries: offered(listed, countries),
    presents: new Map(countries.map((code) => [code, presentsOf(code)])),
    removed: removed && new Map(countries.map((code) => [code, removed.get(code)?.statements ?? []])),
    since: since && later && { ...since, added: later.thinned.all - series.thinned.all + goneIn(since) },
    news,
    /** When the first figure that is known begins, whatever the view shows of it. */
    earliest: starts.length > 0 ? new Date(starts.reduce((a, b) => Math.min(a, b))) : undefined,
    thinned: series.thinned,
  };
}

/** The countries one can choose from: those that are recorded, and those shown. */
function offered(listed: readonly CountryFacts[], shown: readonly string[]): string[] {
  return [...new Set([...listed.map(({ code }) => code), ...shown])];
}

export type ExploreRecord = Awaited<ReturnType<typeof exploreRecord>>;
