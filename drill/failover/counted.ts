import postgres from "postgres";
import { connectionOptions } from "@/db/address";
import type { Writers } from "./load";

/** What became of what was acknowledged. */
export type Counted = {
  acknowledged: number;
  /** Acknowledged, and not in the record. */
  lost: number;
  /** In the record more than once. */
  duplicated: number;
  /** In the record and never acknowledged. */
  untold: number;
};

/** Holds what was acknowledged against the record. */
export async function counted(address: string, writers: Writers): Promise<Counted> {
  const sql = postgres({ ...connectionOptions(address), max: 1, onnotice: () => {} });
  try {
    const rows = await sql<{ title: string; times: number }[]>`
      select o.title, count(s.statement_id)::int as times
      from record.sources o left join record.snapshots s on s.source_id = o.statement_id
      where o.title like 'drill %' group by o.title`;
    const times = new Map(rows.map((row) => [row.title, row.times]));
    const titles = [...writers.acknowledged.keys()];
    return {
      acknowledged: titles.length,
      lost: titles.filter((title) => !times.get(title)).length,
      duplicated: rows.filter((row) => row.times > 1).length,
      untold: rows.filter((row) => !writers.acknowledged.has(row.title)).length,
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
