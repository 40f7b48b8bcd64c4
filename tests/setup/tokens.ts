import { afterAll, beforeAll, beforeEach } from "vitest";
import { closePools } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import type { Actor } from "@/lib/staff/rules";
import { ensureSystem } from "@/lib/staff/write";
import { statement } from "../api/sending";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { addPeople, CENTRAL, COUNTRY_ADMIN, RECORDER, REVIEWER, STRANGER } from "./record";

export let database: FreshDatabase;
/** Brings the file that calls it a database with people in it, which the API writes to; before each test `ADMIN` is as they are here. */
export function withMakers(): void {
  beforeAll(async () => {
    database = await freshDatabase();
    process.env.DATABASE_URL = database.url;
    await ensureSystem(database.staff);
    await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER, RECORDER, STRANGER);
  });
  beforeEach(async () => {
    await database.owner`update staff.people set role = 'country_admin', countries = '{KG,TJ}', active = true where person_id = 'country-admin'`;
  });
  afterAll(async () => {
    await closePools();
    delete process.env.DATABASE_URL;
    await database.close();
  });
}

/** A country admin who makes tokens. */
export const ADMIN: Actor = { ...COUNTRY_ADMIN, countries: ["KG", "TJ"] };

export const run = <T>(work: (tx: FreshDatabase["staff"]) => Promise<Outcome<T>>) => act(database.staff, work);

let number = 0;
/** A statement that nothing speaks against. */
export const another = (more: Record<string, unknown> = {}) => {
  number += 1;
  return statement({
    measure: "left",
    as_of: "2024-01",
    value: 1000,
    source: { title: `Count ${number}` },
    confirm: ["already_there", "rival"],
    ...more,
  });
};

/** What was noted as refused to a token. */
export const refusals = async (tokenId: string) => [
  ...(await database.owner`select reason, country from staff.token_refusals where token_id = ${tokenId} order by reason, country`),
];
