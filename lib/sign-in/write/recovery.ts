import { randomBytes } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, recoveryCodes } from "@/db/schema";
import { noteAct } from "../../ledger/write";
import { hashCode } from "../../staff/passwords";
import type { Actor, Role } from "../../staff/rules";

const CODES = 10;
const LENGTH = 10;
/** Letters and digits of which none is taken for another (no 0, 1, i, o); 32 of them, so that a byte chooses evenly. */
const LETTERS = "abcdefghjklmnpqrstuvwxyz23456789";

/** A new code: ten letters and digits, 50 random bits, in two halves. */
function newCode(): string {
  const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join("");
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

const plain = (code: unknown): string => (typeof code === "string" ? code.toLowerCase().replaceAll(/[^a-z0-9]/g, "") : "");

/**
 * Makes ten recovery codes in the place of those there were.
 * @returns the codes; they are kept nowhere and cannot be shown again
 */
export async function makeRecoveryCodes(tx: Database, actor: Actor): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  const salt = randomBytes(16).toString("hex");
  const hashes = await Promise.all(codes.map((code) => hashCode(plain(code), salt, true)));
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, actor.personId));
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ personId: actor.personId, codeHash, salt })));
  await noteAct(tx, actor, { verb: "new_codes", feature: "people", objectId: actor.personId, countries: actor.countries });
  return codes;
}

/**
 * Uses a recovery code up and says so in the history. One hash a try, since the codes of one making share a salt.
 * @throws Busy
 */
export async function useRecoveryCode(db: Database, personId: string, code: unknown): Promise<boolean> {
  const [any] = await db.select({ salt: recoveryCodes.salt }).from(recoveryCodes).where(eq(recoveryCodes.personId, personId)).limit(1);
  if (!any || plain(code).length !== LENGTH) return false;
  const codeHash = await hashCode(plain(code), any.salt);
  return db.transaction(async (tx) => {
    const used = await tx
      .update(recoveryCodes)
      .set({ usedAt: sql`now()` })
      .where(and(eq(recoveryCodes.personId, personId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
      .returning({ personId: recoveryCodes.personId });
    if (used.length === 0) return false;
    const [person] = await tx.select({ role: people.role, countries: people.countries }).from(people).where(eq(people.personId, personId));
    const actor = { personId, role: person?.role as Role, countries: person?.countries ?? [] };
    const act = { verb: "recovery_code", feature: "people", objectId: personId, countries: actor.countries } as const;
    await noteAct(tx as unknown as Database, actor, act);
    return true;
  });
}
