import { and, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { mayBeLost } from "@/db/commit";
import { sessions } from "@/db/schema";
import { networkOf } from "../../networks";
import { hashToken, newToken } from "../../staff/passwords";
import { holding } from "../holding";
import { SESSION, type SecondFactor } from "../rules";
import { seal } from "../seal";

/** How somebody signed in, and from where; `provider` where they did with an OpenID provider. */
export type Beginning = {
  method: "password" | "passkey" | "provider";
  secondFactor?: SecondFactor;
  device?: string;
  address?: string;
  provider?: { issuer: string; subject: string; session?: string; idToken: string };
};

/** Begins a session; the token goes into the cookie and is kept nowhere else. */
export async function beginSession(db: Database, personId: string, how: Beginning): Promise<string> {
  const token = newToken();
  await db.insert(sessions).values({
    tokenHash: hashToken(token),
    sessionId: sql`gen_random_uuid()::text` as unknown as string,
    personId,
    expiresAt: sql`now() + make_interval(hours => ${SESSION.hours})` as unknown as Date,
    method: how.method,
    secondFactor: how.secondFactor ?? null,
    device: how.device ?? "",
    network: how.address === undefined ? null : hashToken(networkOf(how.address)),
    issuer: how.provider?.issuer,
    subject: how.provider?.subject,
    providerSession: how.provider?.session,
    sealedIdToken: how.provider && seal("id token", how.provider.idToken),
  });
  return token;
}

/**
 * The session goes on under a new token, now with a second factor: who knew the old one knows nothing.
 * @returns the new token; undefined where the session has ended meanwhile
 */
export async function proveSession(db: Database, token: string, secondFactor: SecondFactor): Promise<string | undefined> {
  const renewed = newToken();
  const moved = await db
    .update(sessions)
    .set({
      tokenHash: hashToken(renewed),
      secondFactor,
      createdAt: sql`now()`,
      lastUsedAt: sql`now()`,
      expiresAt: sql`now() + make_interval(hours => ${SESSION.hours})`,
    })
    .where(and(eq(sessions.tokenHash, hashToken(token)), holding))
    .returning({ sessionId: sessions.sessionId });
  return moved.length > 0 ? renewed : undefined;
}

/** Notes that a session is in use, once a minute at most; never wakes one that has ended. */
export async function touchSession(db: Database, token: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastUsedAt: sql`now()` })
    .where(and(eq(sessions.tokenHash, hashToken(token)), holding, sql`${sessions.lastUsedAt} < now() - interval '1 minute'`, mayBeLost));
}

const end = (db: Database, which: SQL | undefined) =>
  db
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(which, isNull(sessions.endedAt)));

/** Ends the session of a token, at once and for good. */
export async function endSession(db: Database, token: string): Promise<void> {
  await end(db, eq(sessions.tokenHash, hashToken(token)));
}

/** Ends one session of a person by its name; somebody else's is left alone. */
export async function endOneOf(db: Database, personId: string, sessionId: string): Promise<void> {
  await end(db, and(eq(sessions.personId, personId), eq(sessions.sessionId, sessionId)));
}

/** Ends every session of a person, but for the one named. */
export async function endSessionsOf(db: Database, personId: string, butSessionId = ""): Promise<void> {
  await end(db, and(eq(sessions.personId, personId), ne(sessions.sessionId, butSessionId)));
}

/**
 * Ends what a provider says is over: one of its sessions, or all of somebody's. Where it names both, sessions of that
 * person whose name at the provider we were not told end too.
 * @returns how many there were
 */
export async function endProviderSessions(db: Database, issuer: string, of: { session?: string; subject?: string }): Promise<number> {
  const ended = await end(
    db,
    and(
      eq(sessions.issuer, issuer),
      of.session === undefined
        ? undefined
        : or(eq(sessions.providerSession, of.session), of.subject === undefined ? undefined : isNull(sessions.providerSession)),
      of.subject === undefined ? undefined : eq(sessions.subject, of.subject),
    ),
  ).returning({ sessionId: sessions.sessionId });
  return ended.length;
}
