import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { rowsAsRecorded, type Vintage } from "../vintage";
import type { CountryFacts } from "./rules";

/** The countries pages list: all that are recorded, ALL first, the others by code. */
export async function listedCountries(db: Database, vintage: Vintage): Promise<CountryFacts[]> {
  const rows = await db.execute<{
    statement_id: string;
    union_member: boolean | null;
    zone: string;
    remittances_share_of_gdp: string | null;
  }>(sql`select * from ${rowsAsRecorded("countries", vintage)} as row order by row.statement_id <> 'ALL', row.statement_id`);
  return rows.map((row) => ({
    code: row.statement_id,
    unionMember: row.union_member,
    zone: row.zone,
    remittancesShareOfGdp: row.remittances_share_of_gdp === null ? null : Number(row.remittances_share_of_gdp),
  }));
}
