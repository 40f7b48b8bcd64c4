import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people } from "@/db/schema";
import { networkOf } from "../../networks";
import { done, invalid, type Outcome } from "../../outcome";
import { hashPassword, hashToken, isPassword, newToken } from "../../staff/passwords";
import { type Door, hashingDoor, isBusy } from "../hashing";
import { forgiveTries, type Limit, takeTries } from "./tries";

/** What a try at a password came to. "wrong" says no more than that; `until` is when one may try again. */
export type Checked = { personId: string } | { refused: "wrong" } | { refused: "busy" } | { refused: "throttled"; until: Date };

const MINUTES = 15;
/** No password can be longer (lib/staff/input.ts). */
const MOST_LETTERS = 200;

/** From one network: fifty tries in a quarter of an hour, at whomever. */
const fromNetwork = (network: string): Limit => ({ on: `sign-in from ${network}`, most: 50, minutes: MINUTES });
/** At one account from one network: ten. */
const atAccountFrom = (email: string, network: string): Limit => ({ on: `sign-in ${email} from ${network}`, most: 10, minutes: MINUTES });
/** At one account from all networks together: fifty, but for those from which this person signed in lately. */
const atAccount = (email: string): Limit => ({ on: `sign-in ${email}`, most: 50, minutes: MINUTES });

// Verified against where there is no password, so that the answer takes as long as for one that is there.
let decoy: Promise<string> | undefined;

/**
 * Checks e-mail and password. Counted before anything is hashed, and alike for accounts that are there and that are
 * not: by network, by account from that network, and by account from everywhere. The last does not count where the
 * person signed in during the last 90 days, so that nobody can lock an official out of their own office.
 *
 * Rows of tries are made only by those whom the door lets through, and live for a quarter of an hour: made-up accounts
 * fill no more than what can be hashed in that time.
 */
export async function checkPassword(
  db: Database,
  sent: { email: unknown; password: unknown; address: string },
  door: Door = hashingDoor,
): Promise<Checked> {
  // PostgreSQL refuses U+0000 in a text; nobody's address has one.
  const email = typeof sent.email === "string" && !sent.email.includes("\0") ? sent.email.trim().toLowerCase().slice(0, 254) : "";
  // As it was typed: one that is longer than any can be is no password, and is not cut until it is one.
  const password = typeof sent.password === "string" && sent.password.length <= MOST_LETTERS ? sent.password : "";
  decoy ??= hashPassword(newToken());
  const unknown = await decoy;
  try {
    const network = networkOf(sent.address);
    return await door.through(() => check(db, { email, password, network }, unknown), false, network);
  } catch (error) {
    if (isBusy(error)) return { refused: "busy" };
    throw error;
  }
}

async function check(db: Database, sent: { email: string; password: string; network: string }, unknown: string): Promise<Checked> {
  const [person] = await db
    .select({
      personId: people.personId,
      hash: people.passwordHash,
      knownHere: sql<boolean>`exists (select 1 from staff.sessions s where s.person_id = ${people.personId}
        and s.network = ${hashToken(sent.network)} and s.created_at > now() - interval '90 days')`,
    })
    .from(people)
    .where(and(eq(people.email, sent.email), eq(people.active, true)));
  const own = atAccountFrom(sent.email, sent.network);
  const wider = [fromNetwork(sent.network), ...(person?.knownHere ? [] : [atAccount(sent.email)])];
  const taken = await takeTries(db, [...wider, own]);
  if (!taken.ok) return { refused: "throttled", until: taken.until };
  const right = await isPassword(person?.hash ?? unknown, sent.password);
  if (!person?.hash || !right) return { refused: "wrong" };
  await forgiveTries(db, own, wider);
  return { personId: person.personId };
}

/** Checks the password of somebody who is signed in, with the same limits as at the door: a stolen session guesses no password. */
export async function checkOwnPassword(db: Database, email: string, password: unknown, address: string): Promise<Outcome<null>> {
  const checked = await checkPassword(db, { email, password, address });
  if ("personId" in checked) return done(null);
  if (checked.refused === "wrong") return invalid({ current: "wrong_password" });
  return invalid({ current: "too_many_tries" });
}
