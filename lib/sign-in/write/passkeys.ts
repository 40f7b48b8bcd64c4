import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { passkeys, people } from "@/db/schema";
import { done, invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { SESSION } from "../rules";
import { noteFactor } from "./factors";
import { useOnce } from "./used-once";

/** Whom passkeys are for: the origin that browsers see, and the name of its host. */
export type Site = { origin: string; id: string };

/** What a browser answered to a challenge of ours; `answer` is unchecked, as it was sent. */
export type Answered = { answer: unknown; challenge: string; site: Site };

/** What was sent as an object; undefined for everything else. */
function objectIn(sent: unknown): object | undefined {
  if (typeof sent !== "string" || sent.length > 20_000) return undefined;
  try {
    const parsed: unknown = JSON.parse(sent);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Anything that is wrong with an answer makes it no answer: the library says so by throwing. */
async function unlessWrong<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/**
 * Makes a passkey the actor's own. Whose it is was asked of them when it was made (user verification), which counts
 * as two factors: something they have, and what only they know or are.
 * @param device where it was made
 */
export async function enrolPasskey(tx: Database, actor: Actor, sent: Answered, device: string): Promise<Outcome<null>> {
  const response = objectIn(sent.answer) as RegistrationResponseJSON | undefined;
  const verified = await unlessWrong(async () =>
    response === undefined
      ? undefined
      : verifyRegistrationResponse({
          response,
          expectedChallenge: sent.challenge,
          expectedOrigin: sent.site.origin,
          expectedRPID: sent.site.id,
          requireUserVerification: true,
        }),
  );
  if (!verified?.verified || !(await useOnce(tx, sent.challenge, SESSION.halfMinutes))) return invalid({ passkey: "wrong_passkey" });
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  const row = { personId: actor.personId, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [], device };
  const made = await tx
    .insert(passkeys)
    .values({ credentialId: id, ...row })
    .onConflictDoNothing()
    .returning({ id: passkeys.credentialId });
  if (made.length === 0) return invalid({ passkey: "wrong_passkey" });
  await noteFactor(tx, actor, "enrol_factor", "passkey");
  return done(null);
}

/**
 * Takes the answer of a passkey to a challenge; each challenge counts once, and what a passkey counts only rises.
 * @param personId whose it must be, where somebody gave their password before
 * @returns the person's id; undefined for every answer that is not right
 */
export async function usePasskey(db: Database, sent: Answered, personId?: string): Promise<string | undefined> {
  const response = objectIn(sent.answer) as AuthenticationResponseJSON | undefined;
  if (typeof response?.id !== "string" || response.id.includes("\0")) return undefined;
  const [key] = await db
    .select({ personId: people.personId, publicKey: passkeys.publicKey, counter: passkeys.counter })
    .from(passkeys)
    .innerJoin(people, eq(people.personId, passkeys.personId))
    .where(and(eq(passkeys.credentialId, response.id), eq(people.active, true)));
  if (!key || (personId !== undefined && key.personId !== personId)) return undefined;
  const verified = await unlessWrong(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: sent.challenge,
      expectedOrigin: sent.site.origin,
      expectedRPID: sent.site.id,
      credential: { id: response.id, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified || !(await useOnce(db, sent.challenge, SESSION.halfMinutes))) return undefined;
  await db
    .update(passkeys)
    .set({ counter: sql`greatest(counter, ${verified.authenticationInfo.newCounter}::bigint)`, usedAt: sql`now()` })
    .where(eq(passkeys.credentialId, response.id));
  return key.personId;
}
