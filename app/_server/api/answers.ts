import { MOST_POINTS, type OperationName, type Query, type Row } from "@/app/api/v1/contract";
import type { Database } from "@/db/client";
import { listedChanges } from "@/lib/corrections/pages";
import { listedCountries } from "@/lib/countries/read";
import { concerns, iso3 } from "@/lib/countries/rules";
import { knownDeadlines } from "@/lib/deadlines/read";
import { knownEvents } from "@/lib/events/read";
import { latestOf, seriesBetween } from "@/lib/explore/read";
import { plotted } from "@/lib/explore/rules/plotted";
import { START } from "@/lib/explore/rules/view";
import { entriesAfter, newestHead } from "@/lib/ledger/read";
import { measureCodes } from "@/lib/measures/rules";
import { dayIn, daysBetween, MOSCOW, parseMoment } from "@/lib/moments/rules";
import { type After, type Listed, listedRevisions } from "@/lib/snapshots/pages";
import { revisionsOf } from "@/lib/snapshots/read";
import { sourceRevisions, statementsNaming } from "@/lib/sources/read";
import { boundsOf } from "@/lib/trends/rules/bounds";
import { breaksOf } from "@/lib/trends/rules/pieces";
import { thinnedTo } from "@/lib/trends/rules/thinned";
import { knownBy, momentOfVintage, type Vintage } from "@/lib/vintage";
import { projection } from "./projection";
import { shownCorrection, shownCountry, shownDeadline, shownEvent, shownMeasure, shownSeries, shownSnapshot, shownSource } from "./shown";

/** What an answer is made from besides its question. */
export type Asked = {
  db: Database;
  vintage: Vintage;
  /** The instant by which everything was recorded that the vintage has. */
  recordedAt: Date;
  /** The same where the question names it; undefined where it asks for the newest. */
  pinnedAt: Date | undefined;
  origin: string;
  /** The ids in the path. */
  ids: readonly string[];
  /** Key of the row before. */
  after: readonly (string | number)[] | undefined;
};

/** Of which instant an answer is, where another than that of the record decides. */
type Sealed = { sealedAt?: Date | undefined };
/** A page of rows; `key` of its last row where there is more. */
export type Page<T> = { rows: T[]; more?: (string | number)[] } & Sealed;
export type Found<T> = { found: T | undefined } & Sealed;

type Answers = {
  [Name in OperationName]: (query: Query<Name>, asked: Asked) => Promise<Page<Row<Name>> | Found<Row<Name>>>;
};

const REVISIONS_MOST = 1000;
const NAMED_MOST = 1000;
/** So many of a country's figures of all who are present are what others are divided by. */
const PRESENT_MOST = 2000;

/** Of a list that is short enough to be read whole, the page behind a number of rows. */
function cut<T>(all: readonly T[], { limit }: { limit: number }, { after }: Asked): Page<T> {
  const begin = Number(after?.[0] ?? 0);
  const end = begin + limit;
  return { rows: all.slice(begin, end), ...(end < all.length ? { more: [end] } : {}) };
}

/** Statements are read one more than asked for, to know whether there are more. */
function page(found: readonly Listed[], limit: number, origin: string): Page<Row<"snapshots">> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1)?.snapshot;
  const key = last && [last.country, last.measure, last.asOf.from.toISOString(), last.statementId, last.revision];
  return { rows: rows.map((row) => shownSnapshot(row, origin)), ...(found.length > limit && key ? { more: key } : {}) };
}

function behind(after: Asked["after"]): After | undefined {
  if (!after) return undefined;
  const [country, measure, asOfFrom, statementId, revision] = after;
  return {
    country: `${country}`,
    measure: `${measure}`,
    asOfFrom: `${asOfFrom}`,
    statementId: `${statementId}`,
    revision: Number(revision),
  };
}

const bounds = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => {
  const [first, last] = [parseMoment(from ?? "")?.from, parseMoment(to ?? "")?.to];
  return { ...(first && { from: first }), ...(last && { to: last }) };
};

/** How each question of the contract is answered. */
export const ANSWERS: Answers = {
  countries: async (query, given) =>
    cut(
      (await listedCountries(given.db, given.vintage)).map((facts) => shownCountry(facts, given.origin)),
      query,
      given,
    ),

  measures: async (query, given) => cut(measureCodes.map(shownMeasure), query, given),

  snapshots: async (query, { db, vintage, recordedAt, origin, after }) => {
    const narrowed = {
      ...(query.country && { countries: query.country.split(",") }),
      ...(query.measure && { measure: query.measure }),
      ...bounds(query),
      ...(query.rank && { rank: query.rank }),
    };
    const found = await listedRevisions(db, query.revisions, narrowed, { ...vintage, recordedAt }, query.limit + 1, behind(after));
    return page(found, query.limit, origin);
  },

  snapshot: async (_query, { db, vintage, recordedAt, origin, ids }) => {
    const revisions = (await revisionsOf(db, ids[0] ?? "", recordedAt)).slice(0, REVISIONS_MOST);
    const known = revisions.filter(({ snapshot }) => snapshot.knownFrom <= knownBy(vintage));
    const rows = known.map(({ snapshot, state }, index) =>
      shownSnapshot({ snapshot, state, supersededAt: known[index - 1]?.snapshot.recordedAt ?? null }, origin),
    );
    return { found: rows.length > 0 ? rows : undefined };
  },

  series: async (query, { db, vintage }) => {
    const countries = [...new Set(query.country.split(","))];
    const most = Math.min(query.points, Math.floor(MOST_POINTS / countries.length));
    const narrowed = { countries, measure: query.measure, ...bounds(query), most };
    const view = { ...START, measure: query.measure, reading: query.v, at: query.at, from: query.from, to: query.to };
    const series = await seriesBetween(db, narrowed, vintage);
    const presents =
      query.v === "per_1000" ? await seriesBetween(db, { countries, measure: "present", most: PRESENT_MOST }, vintage) : undefined;
    const events = await knownEvents(db, vintage);
    const found = countries.map((code) => {
      const { statements: about = [], of = 0 } = series.get(code) ?? {};
      const statements = thinnedTo(about, most, breaksOf(events, code, query.measure));
      return shownSeries(plotted(code, statements, presents?.get(code)?.statements ?? [], events, view), query.measure, of);
    });
    return { found };
  },

  latest: async (query, given) => {
    const { db, vintage } = given;
    const latest = await latestOf(db, query.measure, vintage);
    const listed = (await listedCountries(db, vintage)).map(({ code }) => code);
    const all = [...new Set([...listed, ...[...latest.keys()].sort()])].map((code): Row<"latest"> => {
      const found = latest.get(code);
      const common = { country: code, country_iso3: iso3(code) ?? null, measure: query.measure };
      if (!found)
        return {
          ...common,
          value: null,
          low: null,
          high: null,
          qualifier: null,
          as_of: null,
          age_days: null,
          statement_id: null,
          rivals: [],
          missing_reason: "nothing_known",
        };
      const { figure } = found.newest.answer;
      const lastDay = dayIn(MOSCOW, new Date(found.newest.asOf.to.getTime() - 1));
      return {
        ...common,
        value: figure.qualifier === "between" ? null : figure.value,
        ...boundsOf(figure),
        qualifier: figure.qualifier,
        as_of: found.newest.asOf.text,
        age_days: Math.max(0, daysBetween(lastDay, vintage.knownOn)),
        statement_id: found.newest.statementId,
        rivals: found.rivals.map(({ statementId }) => statementId),
        missing_reason: null,
      };
    });
    return cut(all, query, given);
  },

  projection,

  deadlines: async (query, given) => {
    const all = await knownDeadlines(given.db, given.vintage);
    const binding = all.filter((deadline) => !query.country || concerns(deadline, query.country));
    return cut(
      binding.map((deadline) => shownDeadline(deadline, all, given.vintage.knownOn, given.origin)),
      query,
      given,
    );
  },

  events: async (query, given) => {
    const all = await knownEvents(given.db, given.vintage);
    return cut(all.filter((event) => !query.country || concerns(event, query.country)).map(shownEvent), query, given);
  },

  source: async (_query, { db, vintage, recordedAt, ids }) => {
    const id = ids[0] ?? "";
    const revisions = (await sourceRevisions(db, id)).filter((revision) => revision.recordedAt <= recordedAt);
    const [newest, first] = [revisions[0], revisions.at(-1)];
    if (!newest || !first || newest.state === "withdrawn") return { found: undefined };
    if ((newest.publishedTo ?? first.recordedAt) > knownBy(vintage)) return { found: undefined };
    const resting = { id, dated: newest.publishedTo !== null };
    const statements = await statementsNaming(db, resting, { ...vintage, recordedAt }, NAMED_MOST + 1);
    return {
      found: {
        ...shownSource({ ...newest, id }),
        revision: newest.revision,
        recorded_at: newest.recordedAt.toISOString(),
        statements: statements.slice(0, NAMED_MOST),
        more_statements: statements.length > NAMED_MOST,
      },
    };
  },

  corrections: async (query, { db, vintage, recordedAt, origin, after }) => {
    const until = new Date(Math.min(recordedAt.getTime(), momentOfVintage(vintage).getTime()));
    const [at, kind, statementId] = after ?? [];
    const behindThis = at === undefined ? undefined : { at: `${at}`, kind: `${kind}`, statementId: `${statementId}` };
    const asked = { country: query.country, until, knownBy: knownBy(vintage), after: behindThis };
    const found = await listedChanges(db, query.limit + 1, asked);
    const rows = found.slice(0, query.limit);
    const last = rows.at(-1);
    return {
      rows: rows.map((one) => shownCorrection(one, origin)),
      ...(found.length > query.limit && last ? { more: [last.exactly, last.kind, last.statementId] } : {}),
    };
  },

  ledger: async (query, { db, pinnedAt, after }) => {
    const head = await newestHead(db, pinnedAt);
    if (!head) return { rows: [] };
    const rows = await entriesAfter(db, Number(after?.[0] ?? query.after), head.n, query.limit);
    const last = rows.at(-1);
    return { rows, ...(last && last.n < head.n ? { more: [last.n] } : {}), sealedAt: new Date(head.sealed_at) };
  },

  ledgerHead: async (_query, { db, pinnedAt }) => {
    const head = await newestHead(db, pinnedAt);
    return { found: head ?? null, sealedAt: head && new Date(head.sealed_at) };
  },
};
