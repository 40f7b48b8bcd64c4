import { afterAll, afterEach, beforeAll } from "vitest";
import { closePools } from "@/db/client";
import { Door } from "@/lib/sign-in/hashing";
import { sessionOf } from "@/lib/sign-in/read";
import { checkPassword } from "@/lib/sign-in/write";
import { ensureSystem } from "@/lib/staff/write";
import { type FreshDatabase, freshDatabase } from "./fresh-database";
import { addPeople, CENTRAL, PASSWORD, RECORDER, REVIEWER } from "./record";

export let database: FreshDatabase;

/** Brings a file that calls it a database with three people, which routes of the web use too. */
export function withDoor(): void {
  beforeAll(async () => {
    process.env.AUTH_SECRET = "a secret of these tests, and of nothing else";
    database = await freshDatabase();
    process.env.DATABASE_URL = database.url;
    await ensureSystem(database.staff);
    await addPeople(database.staff, CENTRAL, RECORDER, REVIEWER);
  });
  afterEach(async () => {
    await database.owner`update staff.people set active = true`;
    for (const table of ["tries", "used_once", "sessions", "authenticators", "passkeys", "recovery_codes", "provider_identities"])
      await database.owner`delete from ${database.owner(`staff.${table}`)}`;
  });
  afterAll(async () => {
    await closePools();
    delete process.env.DATABASE_URL;
    await database.close();
  });
}

export const WRONG = { refused: "wrong" };
export const THROTTLED = { refused: "throttled" };

/** A door wide enough for all who try at once: what is counted is not what the door holds back. */
export const openDoor = () => new Door(4, 1000);

/** A try at the door from an address. */
export const tryFrom = (address: string, email: unknown, password: unknown = PASSWORD, door?: Door) =>
  checkPassword(database.staff, { email, password, address }, door);

/** Whose session a token opens, and how far it has come. */
export async function opened(token: string): Promise<[string, string] | undefined> {
  const session = await sessionOf(database.staff, token);
  return session && [session.person.personId, session.stage];
}

/** A form as a browser sends it to one of our routes. */
export function sentForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(`http://127.0.0.1:3000${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "x-muhlat-address": "192.0.2.1", ...headers },
  });
}

/** The value of the session's cookie that an answer sets; undefined where it sets none. */
export const tokenOf = (answer: Response): string | undefined =>
  answer.headers
    .getSetCookie()
    .map((line) => /^(?:__Host-)?muhlat-session=([^;]*)/.exec(line)?.[1])
    .find(Boolean);
