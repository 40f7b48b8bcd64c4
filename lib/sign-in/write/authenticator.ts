import { and, eq, lt, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authenticators } from "@/db/schema";
import { done, invalid, type Outcome } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { stepOfCode } from "../codes";
import { seal, unseal } from "../seal";
import { noteFactor } from "./factors";

/**
 * Makes an authenticator app somebody's, in the place of one they had, once it has shown a right code.
 * @param code unchecked, as typed
 * @param now milliseconds since 1970
 */
export async function enrolAuthenticator(tx: Database, actor: Actor, secret: string, code: unknown, now: number): Promise<Outcome<null>> {
  const step = stepOfCode(secret, code, now);
  if (step === undefined) return invalid({ code: "wrong_code" });
  const row = { sealedSecret: seal("authenticator", secret), madeAt: sql`now()` as unknown as Date, lastStep: step };
  await tx
    .insert(authenticators)
    .values({ personId: actor.personId, ...row })
    .onConflictDoUpdate({ target: authenticators.personId, set: row });
  await noteFactor(tx, actor, "enrol_factor", "authenticator");
  return done(null);
}

/** Uses a code up. @returns whether it was right and neither it nor a later one was used before */
export async function useAuthenticatorCode(db: Database, personId: string, code: unknown, now: number): Promise<boolean> {
  const [row] = await db.select({ sealed: authenticators.sealedSecret }).from(authenticators).where(eq(authenticators.personId, personId));
  const secret = row && unseal("authenticator", row.sealed);
  const step = secret === undefined ? undefined : stepOfCode(secret, code, now);
  if (step === undefined) return false;
  const used = await db
    .update(authenticators)
    .set({ lastStep: step })
    .where(and(eq(authenticators.personId, personId), lt(authenticators.lastStep, step)))
    .returning({ personId: authenticators.personId });
  return used.length > 0;
}
