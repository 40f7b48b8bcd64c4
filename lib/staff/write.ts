import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, sessions, setUpLinks, signInAttempts } from "@/db/schema";
import { done, invalid, type Outcome, refused } from "../outcome";
import { fieldsOf } from "../texts";
import { personInput } from "./input";
import { hashPassword, hashToken, isPassword, newToken } from "./passwords";
import { hasAdmin, isSetUpLink, recentAttempts } from "./read";
import { SYSTEM } from "./rules";

/** Failed sign-ins within a quarter of an hour after which no further one is looked at. */
const MOST_ATTEMPTS = { perPersonAndAddress: 10, perAddress: 50 };
const SESSION_HOURS = 12;
const SET_UP_HOURS = 24;

/** Makes the person under whose name the product writes, where it is missing. */
export async function ensureSystem(tx: Database): Promise<void> {
  await tx
    .insert(people)
    .values({ personId: SYSTEM.personId, email: "system@muhlat.invalid", name: "Muhlat", role: "system" })
    .onConflictDoNothing();
}

/**
 * Makes the first central admin; refused as soon as there is one. The lock keeps two browsers with
 * the same link from making two.
 * @param sent unchecked, in the shape of `personInput`
 */
export async function makeFirstAdmin(tx: Database, sent: unknown): Promise<Outcome<string>> {
  const parsed = personInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('muhlat first admin'))`);
  if (await hasAdmin(tx)) return refused({ code: "forbidden" });
  const { email, name, password } = parsed.data;
  const [taken] = await tx.select({ id: people.personId }).from(people).where(eq(people.email, email));
  if (taken) return invalid({ email: "email_taken" });
  const personId = randomUUID();
  await tx.insert(people).values({ personId, email, name, role: "central_admin", passwordHash: await hashPassword(password) });
  return done(personId);
}

/** Makes the first admin through the one-time link, which is used up with it. */
export async function setUpFirstAdmin(tx: Database, token: string, sent: unknown): Promise<Outcome<string>> {
  if (!(await isSetUpLink(tx, token))) return refused({ code: "forbidden" });
  const made = await makeFirstAdmin(tx, sent);
  if (made.ok)
    await tx
      .update(setUpLinks)
      .set({ usedAt: sql`now()` })
      .where(eq(setUpLinks.tokenHash, hashToken(token)));
  return made;
}

/** A new set-up link's token; earlier links stop to hold. */
export async function newSetUpLink(tx: Database): Promise<string> {
  const token = newToken();
  await tx.update(setUpLinks).set({ usedAt: sql`now()` }).where(isNull(setUpLinks.usedAt));
  await tx
    .insert(setUpLinks)
    .values({ tokenHash: hashToken(token), expiresAt: sql`now() + make_interval(hours => ${SET_UP_HOURS})` as unknown as Date });
  return token;
}

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
