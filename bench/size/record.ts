import type { Sql } from "postgres";
import type { Database } from "@/db/client";
import { announceDeadline } from "@/lib/deadlines/write";
import { act } from "@/lib/ledger/write";
import type { Actor } from "@/lib/staff/rules";
import { CODES } from "../records";

const ADMIN: Actor = { personId: "bench-admin", role: "central_admin", countries: [] };
const COUNTRY = CODES[0] ?? "";

const deadline = {
  chain: "stay",
  countries: [COUNTRY],
  scope_as_reported: false,
  measure: "gray_list",
  falls_on: "2027-09-10",
  zone: "Europe/Moscow",
  day_counts: true,
  basis: { en: "Decree 1" },
  consequence: {},
  afterwards: {},
  source: { title: "A briefing", published_on: "2025-10-01" },
};

/** Adds what a record needs beside its figures: somebody who works with it, and a deadline. @returns what stands in addresses */
export async function completed(owner: Sql, db: Database): Promise<Record<string, string>> {
  await owner`
    insert into staff.people (person_id, email, name, role) values ('bench-admin', 'bench-admin@example.org', 'Admin', 'central_admin') on conflict do nothing`;
  const [announced] = await owner`select 1 from record.deadlines limit 1`;
  if (!announced) {
    const outcome = await act(db, (tx) => announceDeadline(tx, ADMIN, deadline, new Date()));
    if (!outcome.ok) throw new Error(`the deadline was refused: ${JSON.stringify(outcome)}`);
  }
  const [middle] = await owner<{ id: string; source: string }[]>`
    select statement_id as id, source_id as source from derived.snapshots
    where country = ${COUNTRY} and measure = 'gray_list' and as_of_from < '2020-03-01' order by as_of_from desc limit 1`;
  return {
    country: COUNTRY.toLowerCase(),
    COUNTRY,
    eight: CODES.slice(0, 8).join(",").toLowerCase(),
    chain: "stay",
    id: middle?.id ?? "",
    source: middle?.source ?? "",
  };
}
