import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { people, setUpLinks } from "@/db/schema";
import { noteAct } from "../../ledger/write";
import { done, invalid, type Outcome, refused } from "../../outcome";
import { bindIdentity } from "../../sign-in/write/identities";
import { fieldsOf } from "../../texts";
import { isEasy } from "../easy-passwords";
import { passwordInput, personInput } from "../input";
import { hashPassword, hashToken, newToken } from "../passwords";
import { hasAdmin, isSetUpLink } from "../read";
import { type Actor, type Role, SYSTEM } from "../rules";

const SET_UP_HOURS = 24;
const INVITATION_HOURS = 72;

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
  if (isEasy(password, [email, name])) return invalid({ password: "password_too_easy" });
  const [taken] = await tx.select({ id: people.personId }).from(people).where(eq(people.email, email));
  if (taken) return invalid({ email: "email_taken" });
  const personId = randomUUID();
  const row = { email, name, role: "central_admin" as const, countries: [] };
  await tx.insert(people).values({ ...row, personId, passwordHash: await hashPassword(password) });
  await noteAct(tx, { personId, ...row }, { verb: "set_up", feature: "people", objectId: personId, after: row });
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

const inHours = (hours: number) => sql`now() + make_interval(hours => ${hours})` as unknown as Date;

/** A new set-up link's token; earlier links for the first admin stop to hold. */
export async function newSetUpLink(tx: Database): Promise<string> {
  const token = newToken();
  await tx
    .update(setUpLinks)
    .set({ usedAt: sql`now()` })
    .where(and(isNull(setUpLinks.usedAt), isNull(setUpLinks.personId)));
  await tx.insert(setUpLinks).values({ tokenHash: hashToken(token), expiresAt: inHours(SET_UP_HOURS) });
  return token;
}

/** Ends every link of a person that still holds. */
export async function endLinksOf(tx: Database, personId: string): Promise<void> {
  await tx
    .update(setUpLinks)
    .set({ usedAt: sql`now()` })
    .where(and(isNull(setUpLinks.usedAt), eq(setUpLinks.personId, personId)));
}

/** The token of a new link with which a person chooses their password, for 72 hours; earlier ones stop to hold. */
export async function newLinkFor(tx: Database, personId: string): Promise<string> {
  const token = newToken();
  await endLinksOf(tx, personId);
  await tx.insert(setUpLinks).values({ tokenHash: hashToken(token), personId, expiresAt: inHours(INVITATION_HOURS) });
  return token;
}

/** The person whom a link was made for that still holds. */
async function personOfHeldLink(tx: Database, token: string) {
  const [person] = await tx
    .select({ personId: people.personId, role: people.role, countries: people.countries, email: people.email, name: people.name })
    .from(setUpLinks)
    .innerJoin(people, eq(people.personId, setUpLinks.personId))
    .where(
      and(
        eq(setUpLinks.tokenHash, hashToken(token)),
        isNull(setUpLinks.usedAt),
        gt(setUpLinks.expiresAt, sql`now()`),
        eq(people.active, true),
      ),
    );
  return person;
}

/**
 * Sets the password of the person whom a link was made for; the link is used up with it.
 * @param sent unchecked, in the shape of `passwordInput`
 * @returns the person's id; "forbidden" for a link that is used, too old, or of somebody who was deactivated
 */
export async function choosePassword(tx: Database, token: string, sent: unknown): Promise<Outcome<string>> {
  const person = await personOfHeldLink(tx, token);
  if (!person) return refused({ code: "forbidden" });
  const parsed = passwordInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  if (isEasy(parsed.data.password, [person.email, person.name])) return invalid({ password: "password_too_easy" });
  const { personId, countries } = person;
  const passwordHash = await hashPassword(parsed.data.password);
  await tx.update(people).set({ passwordHash }).where(eq(people.personId, personId));
  await endLinksOf(tx, personId);
  const actor = { personId, role: person.role as Role, countries };
  const change = { before: { has_password: false }, after: { has_password: true } };
  await noteAct(tx, actor, { verb: "accept", feature: "people", objectId: personId, countries, ...change });
  return done(personId);
}

/**
 * Binds an account at a provider to the person whom a link was made for; the link is used up with it.
 * @returns the person's id; "forbidden" for a link that holds no more, or an account that is bound already
 */
export async function bindByLink(tx: Database, token: string, who: { issuer: string; subject: string }): Promise<Outcome<string>> {
  const person = await personOfHeldLink(tx, token);
  if (!person) return refused({ code: "forbidden" });
  await endLinksOf(tx, person.personId);
  return bindIdentity(tx, person.personId, who);
}

/**
 * Sets another password for somebody who gave the one they had; every session of theirs ends with it (migration 0015).
 * @param sent unchecked, in the shape of `passwordInput`
 */
export async function changePassword(tx: Database, actor: Actor & { email: string; name: string }, sent: unknown): Promise<Outcome<null>> {
  const parsed = passwordInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const { personId, countries, email, name } = actor;
  if (isEasy(parsed.data.password, [email, name])) return invalid({ password: "password_too_easy" });
  await tx
    .update(people)
    .set({ passwordHash: await hashPassword(parsed.data.password) })
    .where(eq(people.personId, personId));
  await noteAct(tx, actor, { verb: "change_password", feature: "people", objectId: personId, countries });
  return done(null);
}
