import { max, min } from "d3-array";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type SnapshotRow, snapshotOf } from "../snapshots/rows";
import { hasFigure, type Snapshot } from "../snapshots/rules";
import { BESIDE_A_CUT, type Break, boundsOfStretches, cutsOf, isPlain, type Stretch } from "../trends/rules/thinned";
import { at, instants, listed, type Reading } from "./as-recorded";
import { type Asked, alone, LONG, NOT_PLAIN, PLAIN, PLAIN_IN_TIME, rows, within } from "./conditions";

/** Of all that is asked what is never left out, and the plain figures at the two ends: enough to know how the rest is cut up. */
export async function alwaysDrawn(db: Database, asked: Asked, reading: Reading): Promise<Snapshot[]> {
  const { counts } = reading;
  const { brief, long } = within(asked, sql`asked.country`);
  const plain = sql`select row.* from derived.snapshots row where ${brief} and ${PLAIN_IN_TIME} and ${counts} and ${alone(reading)}`;
  const noted = sql`select noted.statement_id from derived.rivals noted
    where noted.country = asked.country and noted.measure = ${asked.measure} and ${asked.from ? sql`noted.as_of_to > ${at(asked.from)}` : sql`true`}`;
  const found = await db.execute<SnapshotRow>(
    rows(sql`unnest(${listed(asked.countries)}) as asked(country) cross join lateral (
      (select row.* from derived.snapshots row where ${long} and ${LONG} and ${counts})
      union all (select row.* from derived.snapshots row where ${brief} and ${NOT_PLAIN} and ${counts})
      union all (select row.* from (${noted}) noted join derived.snapshots row using (statement_id) where ${brief} and ${counts})
      union all (${plain} order by row.as_of_to limit ${BESIDE_A_CUT})
      union all (${plain} order by row.as_of_to desc limit ${BESIDE_A_CUT})
    ) row`),
  );
  return found.map(snapshotOf);
}

/** Every plain figure of some countries. */
export async function allPlain(db: Database, asked: Asked, { counts }: Reading): Promise<Snapshot[]> {
  if (asked.countries.length === 0) return [];
  const { brief } = within(asked, sql`asked.country`);
  const found = await db.execute<SnapshotRow>(
    rows(sql`unnest(${listed(asked.countries)}) as asked(country)
      cross join lateral (select row.* from derived.snapshots row where ${brief} and ${PLAIN_IN_TIME} and ${counts}) row`),
  );
  return found.map(snapshotOf);
}

/** A series that is to be thinned: what of it is drawn anyway, and the breaks that cut it. */
export type ToThin = { country: string; stretch: Stretch; drawn: readonly Snapshot[]; breaks: readonly Break[] };

type Stretches = { country: string[]; begins: Date[]; ends: Date[] };

/** The weeks or months from the first to the last plain figure of each series; a quarter and a year are made of months. */
function stretchesOf(series: readonly ToThin[]): Stretches {
  const all: Stretches = { country: [], begins: [], ends: [] };
  for (const { country, stretch, drawn } of series) {
    const ends = drawn.filter(isPlain).map((s) => s.asOf.to);
    const [first, last] = [min(ends), max(ends)];
    if (!first || !last) continue;
    const bounds = boundsOfStretches(stretch === "week" ? "week" : "month", new Date(first.getTime() - 1), last);
    for (const [index, ends] of bounds.slice(1).entries()) {
      all.country.push(country);
      all.begins.push(bounds[index] as Date);
      all.ends.push(ends);
    }
  }
  return all;
}

/** Plain figures found by so many steps as are drawn: the ends and the extremes of each stretch. */
async function ofStretches(db: Database, asked: Asked, { counts }: Reading, series: readonly ToThin[], unit: "week" | "month") {
  if (series.length === 0) return [];
  const { country, begins, ends } = stretchesOf(series);
  const { brief } = within(asked, sql`stretch.country`);
  const inside = sql`row.as_of_to > stretch.begins and row.as_of_to <= stretch.ends`;
  const figures = sql`select row.* from derived.snapshots row where ${brief} and ${inside}`;
  const cut = (end: SQL) => sql`date_trunc(${sql.raw(`'${unit}'`)}, (${end} at time zone 'Europe/Moscow') - interval '1 microsecond')`;
  const same = sql`${cut(sql`row.as_of_to`)} = ${cut(sql`stretch.ends`)}`;
  const found = await db.execute<SnapshotRow>(
    rows(sql`unnest(${listed(country)}, ${instants(begins)}, ${instants(ends)}) as stretch(country, begins, ends)
      cross join lateral (
        (${figures} and ${PLAIN_IN_TIME} and ${counts} order by row.as_of_to limit 1)
        union all (${figures} and ${PLAIN_IN_TIME} and ${counts} order by row.as_of_to desc limit 1)
        union all (${figures} and ${PLAIN} and ${same} and ${counts} order by row.value, row.as_of_to limit 1)
        union all (${figures} and ${PLAIN} and ${same} and ${counts} order by row.value desc, row.as_of_to desc limit 1)
      ) row`),
  );
  return found;
}

/** The plain figures on either side of each cut, and those that overlap a statement that stood otherwise. */
async function besideCuts(db: Database, asked: Asked, reading: Reading, series: readonly Pick<ToThin, "country" | "drawn" | "breaks">[]) {
  const cuts = series.flatMap(({ country, drawn, breaks }) =>
    cutsOf(drawn, breaks).map((cut) => ({ country, begins: cut, ends: cut, beside: BESIDE_A_CUT })),
  );
  const spans = reading.otherwise.filter(hasFigure).map(({ country, asOf }) => ({ country, begins: asOf.from, ends: asOf.to, beside: 0 }));
  const places = [...cuts, ...spans];
  if (places.length === 0) return [];
  const { brief } = within(asked, sql`place.country`);
  const plain = sql`select row.* from derived.snapshots row where ${brief} and ${PLAIN_IN_TIME} and ${reading.counts}`;
  return db.execute<SnapshotRow>(
    rows(sql`unnest(${listed(places.map((p) => p.country))}, ${instants(places.map((p) => p.begins))}, ${instants(places.map((p) => p.ends))}, ${sql.param(places.map((p) => p.beside))}::int[])
        as place(country, begins, ends, beside)
      cross join lateral (
        (${plain} and ${alone(reading)} and row.as_of_to <= place.begins order by row.as_of_to desc limit place.beside)
        union all (${plain} and ${alone(reading)} and row.as_of_to > place.ends order by row.as_of_to limit place.beside)
        union all (${plain} and row.as_of_to > place.begins and row.as_of_from < place.ends and row.as_of_to < place.ends + interval '25 hours')
      ) row`),
  );
}

/** The same as statements: with what is always drawn the outline of series. */
export async function atCuts(...asked: Parameters<typeof besideCuts>): Promise<Snapshot[]> {
  return (await besideCuts(...asked)).map(snapshotOf);
}

/** Plain figures of series that are thinned by weeks or longer stretches: all that the rule may keep, and few more. */
export async function toBeKept(db: Database, asked: Asked, reading: Reading, series: readonly ToThin[]): Promise<Snapshot[]> {
  const [weeks, months] = [series.filter((s) => s.stretch === "week"), series.filter((s) => s.stretch !== "week")];
  const found = await Promise.all([
    ofStretches(db, asked, reading, weeks, "week"),
    ofStretches(db, asked, reading, months, "month"),
    besideCuts(db, asked, reading, series),
  ]);
  const once = new Map(found.flat().map((row) => [row.statement_id, row]));
  return [...once.values()].map(snapshotOf).filter(isPlain);
}
