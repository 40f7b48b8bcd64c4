import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { at, listed, type Reading } from "./as-recorded";
import { type Asked, BRIEF, LONG, touches, within } from "./conditions";

/** The same condition, but not one to look up by: the server would think an index that answers alone too dear. */
const asFilter = (condition: SQL) => sql`coalesce(${condition}, false)`;

/** How many statements of each country there are, by its code. Counted from an index alone. */
export async function counted(db: Database, asked: Asked, { told, same, gone, otherwise }: Reading): Promise<Map<string, number>> {
  const { series, after, begun, brief, long, end } = within(asked, sql`asked.country`);
  const { measure, countries } = asked;
  const row = sql`row`;
  const found = await db.execute<{ country: string; count: number }>(sql`
    with restated as materialized (
      select restates as statement_id from derived.snapshots row
      where row.restates is not null and row.country = any(${listed(countries)}) and row.measure = ${measure} and ${same(row)}
      union select unnest(${listed(gone)})
    ), less as materialized (
      select row.country, row.as_of_from, row.as_of_to, row.known_from from restated join derived.snapshots row using (statement_id)
      where row.measure = ${measure} and ${told(row)}
    )
    select asked.country, (
      (select count(*) from derived.snapshots row where ${series} and ${after} and row.as_of_to <= ${at(end)} and ${asFilter(told(row))})
      + (select count(*) from derived.snapshots row where ${brief} and ${BRIEF} and row.as_of_to > ${at(end)} and ${told(row)})
      + (select count(*) from derived.snapshots row where ${long} and ${LONG} and row.as_of_to > ${at(end)} and ${told(row)})
      - (select count(*) from less row where row.country = asked.country and ${after} and ${begun})
    )::int as count
    from unnest(${listed(countries)}) as asked(country)`);
  const more = (country: string) => otherwise.filter((s) => s.country === country && touches(s, asked)).length;
  return new Map(found.map(({ country, count }) => [country, count + more(country)]));
}
