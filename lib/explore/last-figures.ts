import { max } from "d3-array";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { type SnapshotRow, snapshotOf } from "../snapshots/rows";
import { type FigureSnapshot, hasFigure } from "../snapshots/rules";
import { listed, type Reading } from "./as-recorded";
import { type Asked, BRIEF, LONG, within } from "./conditions";

/** The last figures of a series: all that end after `since`; undefined where they are all there are. */
export type Lasts = { figures: FigureSnapshot[]; since: Date | undefined };

/** Of each country the `many` figures of a day at most that ended last, and as many others. */
export async function lastFigures(db: Database, asked: Asked, { counts, otherwise }: Reading, many: number): Promise<Map<string, Lasts>> {
  const { brief, long } = within(asked, sql`asked.country`);
  const last = sql`row.qualifier is not null and ${counts} order by row.as_of_to desc limit ${many}`;
  const found = await db.execute<SnapshotRow & { brief: boolean }>(sql`
    select row.*, row.period_start::text as period_start from unnest(${listed(asked.countries)}) as asked(country)
    cross join lateral (
      (select true as brief, row.* from derived.snapshots row where ${brief} and ${BRIEF} and ${last})
      union all (select false as brief, row.* from derived.snapshots row where ${long} and ${LONG} and ${last})
    ) row`);
  const lasts = new Map<string, { brief: FigureSnapshot[]; long: FigureSnapshot[] }>();
  for (const row of found) {
    const those = lasts.get(row.country) ?? { brief: [], long: [] };
    those[row.brief ? "brief" : "long"].push(snapshotOf(row) as FigureSnapshot);
    lasts.set(row.country, those);
  }
  return new Map(
    asked.countries.map((country) => {
      const { brief, long } = lasts.get(country) ?? { brief: [], long: [] };
      // Where there may be more, those that end with the last one found may be among what was not looked at.
      const since = max([brief, long].flatMap((those) => (those.length < many ? [] : (those.at(-1) as FigureSnapshot).asOf.to)));
      const figures = [...brief, ...long, ...otherwise.filter((s) => s.country === country).filter(hasFigure)];
      return [country, { figures: since ? figures.filter((s) => s.asOf.to > since) : figures, since }];
    }),
  );
}
