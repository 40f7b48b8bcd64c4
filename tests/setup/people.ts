import { afterEach, beforeEach, expect } from "vitest";
import type { Database } from "@/db/client";
import { act } from "@/lib/ledger/write";
import type { Outcome } from "@/lib/outcome";
import { checkPassword } from "@/lib/sign-in/write";
import { managedPeople } from "@/lib/staff/read";
import type { Actor } from "@/lib/staff/rules";
import { ensureSystem, type SeenPerson } from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { addPeople, CENTRAL, COUNTRY_ADMIN, PASSWORD, RECORDER, REVIEWER, rowCounts } from "./record";

export const OTHER_CENTRAL: Actor = { personId: "other-central", role: "central_admin", countries: [] };
export const OTHER_ADMIN: Actor = { personId: "other-admin", role: "country_admin", countries: ["KG", "TJ"] };
export const ABROAD: Actor = { personId: "abroad", role: "recorder", countries: ["TJ"] };

export const invitation = (more: Record<string, unknown> = {}) => ({
  name: "Aigul",
  email: "aigul@example.org",
  role: "recorder",
  countries: ["KG"],
  language: "ky",
  ...more,
});

export const refusal = (code: string, more: object = {}) => ({ ok: false, failure: { code, ...more } });

export let database: FreshDatabase;
/** Brings every test of the file that calls it a database of its own with people in it. */
export function withPeople(): void {
  beforeEach(async () => {
    database = await freshDatabase();
    await ensureSystem(database.staff);
    await addPeople(database.staff, CENTRAL, OTHER_CENTRAL, COUNTRY_ADMIN, OTHER_ADMIN, REVIEWER, RECORDER, ABROAD);
  });
  afterEach(() => database.close());
}

export const done = <T>(work: (tx: Database) => Promise<Outcome<T>>) => act(database.staff, work);
export const personNow = async (personId: string) =>
  (await database.owner`select name, role, countries, active, language, password_hash from staff.people where person_id = ${personId}`)[0];
export const lastActs = async () => [
  ...(await database.owner`select person_id, verb, feature, object_id, countries, before, after from staff.acts order by act_id`),
];
export const seenOf = async (personId: string): Promise<SeenPerson> => {
  const one = (await managedPeople(database.staff, CENTRAL)).find((person) => person.personId === personId);
  return { personId, seen: one?.seen ?? -1 };
};
/** The work is refused so, and leaves every table as it was. */
export async function leavesNothing(work: (tx: Database) => Promise<Outcome<unknown>>, failure: object) {
  const before = await rowCounts(database.staff);
  expect(await done(work)).toEqual(failure);
  expect(await rowCounts(database.staff)).toEqual(before);
}
export const signIn = (email: string, password = PASSWORD) => checkPassword(database.staff, { email, password, address: "1.2.3.4" });
