import { and, eq } from "drizzle-orm";
import type { Database } from "@/db/client";
import { authenticators, passkeys, recoveryCodes } from "@/db/schema";
import { noteAct } from "../../ledger/write";
import { done, type Outcome, refused } from "../../outcome";
import type { Actor } from "../../staff/rules";
import { type Factor, needsSecondFactor } from "../rules";

/** Says in the history what happened to a factor of the actor's own. */
export async function noteFactor(tx: Database, actor: Actor, verb: "enrol_factor" | "remove_factor", factor: Factor): Promise<void> {
  const change = verb === "enrol_factor" ? { after: { factor } } : { before: { factor } };
  await noteAct(tx, actor, { verb, feature: "people", objectId: actor.personId, countries: actor.countries, ...change });
}

/** What a person has set up as second factors. */
export async function factorsOf(tx: Database, personId: string): Promise<Factor[]> {
  const apps = await tx.$count(authenticators, eq(authenticators.personId, personId));
  const keys = await tx.$count(passkeys, eq(passkeys.personId, personId));
  return [...(apps > 0 ? (["authenticator"] as const) : []), ...(keys > 0 ? (["passkey"] as const) : [])];
}

/**
 * Removes a factor of the actor's own; recovery codes go with the last one.
 * @param credentialId which passkey
 * @returns "not_found", or "last_factor" where the role needs one and no other is left
 */
export async function removeFactor(tx: Database, actor: Actor, factor: Factor, credentialId = ""): Promise<Outcome<null>> {
  const { personId } = actor;
  const gone =
    factor === "authenticator"
      ? await tx.delete(authenticators).where(eq(authenticators.personId, personId)).returning()
      : await tx
          .delete(passkeys)
          .where(and(eq(passkeys.personId, personId), eq(passkeys.credentialId, credentialId)))
          .returning();
  if (gone.length === 0) return refused({ code: "not_found" });
  const left = await factorsOf(tx, personId);
  if (left.length === 0 && needsSecondFactor(actor.role)) return refused({ code: "last_factor" });
  if (left.length === 0) await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  await noteFactor(tx, actor, "remove_factor", factor);
  return done(null);
}

/** Takes every factor and recovery code of a person away. @returns what there was */
export async function endFactorsOf(tx: Database, personId: string): Promise<Factor[]> {
  const had = await factorsOf(tx, personId);
  for (const table of [authenticators, passkeys, recoveryCodes]) await tx.delete(table).where(eq(table.personId, personId));
  return had;
}
