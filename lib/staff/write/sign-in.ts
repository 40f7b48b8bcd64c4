import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, sessions, signInAttempts } from "@/db/schema";
import { hashPassword, hashToken, isPassword, newToken } from "../passwords";
import { recentAttempts } from "../read";

/** Failed sign-ins within a quarter of an hour after which no further one is looked at. */
const MOST_ATTEMPTS = { perPersonAndAddress: 10, perAddress: 50 };
const SESSION_HOURS = 12;

// Verified against when the e-mail is unknown, so that the answer takes as long as for a known one.
let decoy: Promise<string> | undefined;

/**
 * Checks e-mail and password. Throttled before anything is hashed: by network address, and by
 * e-mail from that address, so that nobody can lock another out from elsewhere.
 * @returns the person's id; "throttled" or "wrong" say no more than that
 */
export async function checkPassword(
  db: Database,
  sent: { email: unknown; password: unknown; address: string },
): Promise<{ personId: string } | "throttled" | "wrong"> {
  // PostgreSQL refuses U+0000 in a text; nobody's address has one.
  const email = typeof sent.email === "string" && !sent.email.includes("\0") ? sent.email.trim().toLowerCase().slice(0, 254) : "";
  const password = typeof sent.password === "string" ? sent.password.slice(0, 200) : "";
  const pair = hashToken(`${email} from ${sent.address}`);
  const address = hashToken(sent.address);
  if ((await recentAttempts(db, pair)) >= MOST_ATTEMPTS.perPersonAndAddress) return "throttled";
  if ((await recentAttempts(db, address)) >= MOST_ATTEMPTS.perAddress) return "throttled";
  const [person] = await db
    .select({ personId: people.personId, hash: people.passwordHash })
    .from(people)
    .where(and(eq(people.email, email), eq(people.active, true)));
  decoy ??= hashPassword(newToken());
  const right = await isPassword(person?.hash ?? (await decoy), password);
  if (person?.hash && right) {
    await db.delete(signInAttempts).where(eq(signInAttempts.key, pair));
    return { personId: person.personId };
  }
  await db.insert(signInAttempts).values([{ key: pair }, { key: address }]);
  await db.delete(signInAttempts).where(lt(signInAttempts.at, sql`now() - interval '1 day'`));
  return "wrong";
}

/** Begins a session; the token goes into the cookie and is kept nowhere else. */
export async function beginSession(db: Database, personId: string): Promise<string> {
  const token = newToken();
  await db
    .insert(sessions)
    .values({ tokenHash: hashToken(token), personId, expiresAt: sql`now() + make_interval(hours => ${SESSION_HOURS})` as unknown as Date });
  return token;
}

/** Ends the session of a token, at once and for good. */
export async function endSession(db: Database, token: string): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.tokenHash, hashToken(token)), isNull(sessions.endedAt)));
}

/** Ends every session of a person. */
export async function endSessionsOf(db: Database, personId: string): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.personId, personId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)));
}

/** Sets the language in which a person works. */
export async function chooseLanguage(db: Database, personId: string, language: string): Promise<void> {
  await db.update(people).set({ language }).where(eq(people.personId, personId));
}
